package dev.serin.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InformationTest {

  @ParameterizedTest
  @CsvSource({"B2,.01,1252", "B2,.001,1878", "B1,.01,12715", "B1,.001,19073", "B3,.01,3075", "B3,.001,4612",
      "B3b,.01,15381", "B3b,.001,23072"})
  @DisplayName("Canary requests of the best possible test are those of the design's table")
  void table(String id, double alpha, double expected) {
    // Exact to the rounding of the table and the .3 % between one Bernoulli and twenty rare signatures.
    assertThat(Information.canaryRequests(scenario(id), alpha)).isCloseTo(expected, within(0.003 * expected + 1));
  }

  @Test
  @DisplayName("A late or intermittent fault gives nothing while it is away, clusters give less than their events")
  void shapes() {
    double alpha = 0.01;

    assertThat(Information.canaryRequests(scenario("B7"), alpha))
        .isCloseTo(Information.canaryRequests(scenario("B2"), alpha), within(1.0));
    assertThat(Information.canaryRequests(scenario("B8"), alpha))
        .isCloseTo(5 * Information.canaryRequests(scenario("B2"), alpha), within(30.0));
    // Twenty times as often: the first burst of 200 requests is enough.
    assertThat(Information.canaryRequests(scenario("B11"), alpha)).isBetween(100.0, 200.0);
    // 30 against 40 %: KL of two frequent Bernoullis.
    assertThat(Information.canaryRequests(scenario("B10"), alpha)).isBetween(200.0, 230.0);
    assertThat(Information.canaryRequests(scenario("A1"), alpha)).isInfinite();
  }

  @Test
  @DisplayName("Guilty is what the canary shows more often at any time")
  void guilty() {
    assertThat(scenario("B1").guilty()).hasSize(20).doesNotContain(WindowCounts.NOVEL);
    assertThat(scenario("B2s").guilty()).containsExactly(4);
    assertThat(scenario("B9").guilty()).containsExactly(WindowCounts.NOVEL);
    assertThat(scenario("B10").guilty()).containsExactly(0);
    assertThat(Scenarios.all()).filteredOn(scenario -> scenario.family() == Scenario.Family.GOOD)
        .allSatisfy(scenario -> assertThat(scenario.guilty()).as(scenario.id()).isEmpty());
  }

  private static Scenario scenario(String id) {
    return Scenarios.named(List.of(id)).getFirst();
  }
}
