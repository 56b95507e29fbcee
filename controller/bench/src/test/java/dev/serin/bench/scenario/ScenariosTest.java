package dev.serin.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serin.bench.draw.Draws;
import dev.serin.bench.scenario.Reach.Arms;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Seed 5. Bounds are wide enough for a correct generator to fail with a probability below 1e-9: each is at least seven
/// standard errors of the mean that it checks, clusters and outages included.
class ScenariosTest {

  private static final int THREE_HOURS = 180 * Course.PER_MINUTE;

  /// Sums over the runs of a scenario from minute 0 to 180.
  private record Sums(double canaryRequests, double canaryEvents, double stableRequests, double stableEvents,
      double novel, double faults) {

    double canaryRate() {
      return canaryEvents / canaryRequests;
    }

    double stableRate() {
      return stableEvents / stableRequests;
    }
  }

  @Test
  @DisplayName("Names are unique, and every scenario of the design is there")
  void names() {
    assertThat(Scenarios.all()).extracting(Scenario::id).doesNotHaveDuplicates().contains("A1", "A2", "A2b", "A2c",
        "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "A13", "A14", "A15", "A16", "B1", "B2", "B2s",
        "B3", "B3b", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "B11");
    assertThatThrownBy(() -> Scenarios.named(List.of("A99"))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no scenario is named A99; there are A1, A2,");
  }

  @ParameterizedTest
  @CsvSource({"A1,.001,.03", "A2,.001,.08", "A2b,.001,.08", "A2c,.001,.17", "A4,.00267,.03", "A7,.00133,.03",
      "A8,.001,.1", "A9,.00133,.08", "A10,.001,.08", "A10k4,.001,.08", "A10s,.001,.2", "A12,.0048,.5", "A13,.301,.01",
      "A14,.001,.03", "A16,.001,.15"})
  @DisplayName("Both arms of a good version have the same rate, the one that the scenario says")
  void goodVersions(String id, double rate, double bound) {
    var sums = sums(id, 60);

    // The canary has a twentieth of the requests: its error is larger by the root of 19.
    assertThat(sums.stableRate()).isCloseTo(rate, within(bound * rate));
    assertThat(sums.canaryRate()).isCloseTo(rate, within(4.4 * bound * rate));
    assertThat(sums.faults()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"B1,2", "B2,5", "B2k2,5", "B2k4,5", "B5,3", "B8,5", "B8n,5", "B11,4.1667"})
  @DisplayName("A bad version fails as many times more often as the scenario says, and the excess is counted as fault")
  void badVersions(String id, double factor) {
    var sums = sums(id, 60);

    assertThat(sums.canaryRate() / sums.stableRate()).isCloseTo(factor, within(0.12 * factor));
    assertThat(sums.faults() / sums.canaryRequests()).isCloseTo((factor - 1) * 1e-3, within(0.17 * factor * 1e-3));
  }

  @ParameterizedTest
  @CsvSource({"B3,5e-4", "B3b,1e-4", "B9,1.6667e-4"})
  @DisplayName("A novel signature is on the canary alone, as often as the scenario says")
  void novel(String id, double rate) {
    var sums = sums(id, 60);

    assertThat(sums.novel()).isEqualTo(sums.faults());
    assertThat(sums.novel() / sums.canaryRequests()).isCloseTo(rate, within(0.25 * rate));
  }

  @Test
  @DisplayName("Everything that the canary fails beyond 30 % of its requests is its fault")
  void frequent() {
    var sums = sums("B10", 4);

    assertThat(sums.canaryRate()).isCloseTo(0.401, within(0.006));
    assertThat(sums.stableRate()).isCloseTo(0.301, within(0.002));
    assertThat(sums.faults() / sums.canaryRequests()).isCloseTo(0.1, within(0.004));
  }

  @Test
  @DisplayName("One pod of twenty is bad in a twentieth of the runs, and only then the canary is worse")
  void badPod() {
    int worse = 0;
    for (int run = 0; run < 400; run++) {
      var sums = run("A6x", run);
      worse += sums.canaryRate() > 10 * sums.stableRate() ? 1 : 0;
    }

    // Binomial(400, .05): mean 20, standard deviation 4.4.
    assertThat(worse).isBetween(1, 50);
  }

  @Test
  @DisplayName("The weight follows its steps, the traffic its sine; before the canary, stable has everything")
  void traffic() {
    var course = scenario("A3").course(Draws.of(5, "A3", 0));
    var weights = new TreeMap<Integer, Double>();
    for (int window = -Course.BURN_IN; window < THREE_HOURS; window++) {
      var counts = course.next();
      double canary = Arms.CANARY.requests(counts);
      weights.put(course.window(), canary / (canary + Arms.STABLE.requests(counts)));
    }

    assertThat(weights.get(-1)).isZero();
    for (var expected : Map.of(0, 0.01, 40, 0.05, 100, 0.25, 170, 0.5).entrySet()) {
      assertThat(weights.get(expected.getKey() * Course.PER_MINUTE)).isCloseTo(expected.getValue(), within(0.005));
    }
  }

  @Test
  @DisplayName("Metrics are lost in about a seventh of the time, on each arm as often as on the other")
  void lostMetrics() {
    int canary = 0;
    int baseline = 0;
    for (int run = 0; run < 60; run++) {
      var course = scenario("A15").course(Draws.of(5, "A15", run));
      for (int window = -Course.BURN_IN; window < THREE_HOURS; window++) {
        var counts = course.next();
        canary += counts.canaryMissing() ? 1 : 0;
        baseline += counts.baselineMissing() ? 1 : 0;
      }
    }
    double windows = 60.0 * (THREE_HOURS + Course.BURN_IN);

    assertThat(canary / windows).isBetween(0.05, 0.16);
    assertThat(baseline / windows).isBetween(0.05, 0.16);
  }

  @Test
  @DisplayName("Retries of a pod stay on it: later windows of the same pod are correlated, those of other pods are not")
  void retriesStayOnTheirPod() {
    // Pairs of windows (t, t + 1) in which a pod has errors, against what independence would give.
    double same = 0;
    double other = 0;
    for (int run = 0; run < 20; run++) {
      var course = scenario("A10s").course(Draws.of(5, "A10s", run));
      int first = 0;
      int second = 0;
      for (int window = -Course.BURN_IN; window < THREE_HOURS; window++) {
        var counts = course.next();
        same += first > 0 && counts.total(1) > 0 ? 1 : 0;
        other += second > 0 && counts.total(1) > 0 ? 1 : 0;
        first = counts.total(1);
        second = counts.total(2);
      }
    }

    assertThat(same).isGreaterThan(4 * other);
  }

  @Test
  @DisplayName("No pod fails in more than nine of ten requests, whatever a burst brings: retries are requests too")
  void burstsRaiseTheRequests() {
    for (int run = 0; run < 40; run++) {
      var course = scenario("A2c").course(Draws.of(5, "A2c", run));
      for (int window = -Course.BURN_IN; window < THREE_HOURS; window++) {
        var counts = course.next();
        for (int pod = 0; pod < counts.pods(); pod++) {
          assertThat(counts.total(pod)).isLessThanOrEqualTo((int) (0.9 * counts.requests(pod)));
        }
      }
    }
  }

  private static Sums sums(String id, int runs) {
    Sums all = new Sums(0, 0, 0, 0, 0, 0);
    for (int run = 0; run < runs; run++) {
      var one = run(id, run);
      all = new Sums(all.canaryRequests() + one.canaryRequests(), all.canaryEvents() + one.canaryEvents(),
          all.stableRequests() + one.stableRequests(), all.stableEvents() + one.stableEvents(),
          all.novel() + one.novel(), all.faults() + one.faults());
    }
    return all;
  }

  private static Sums run(String id, int run) {
    var course = scenario(id).course(Draws.of(5, id, run));
    var sums = new double[6];
    for (int window = -Course.BURN_IN; window < THREE_HOURS; window++) {
      var counts = course.next();
      if (course.window() < 0) {
        continue;
      }
      for (int pod = 0; pod < counts.pods(); pod++) {
        int arm = pod < counts.canaryPods() ? 0 : 2;
        sums[arm] += counts.requests(pod);
        sums[arm + 1] += counts.total(pod);
        sums[4] += counts.events(pod, WindowCounts.NOVEL);
      }
      sums[5] += counts.faultEvents();
    }
    return new Sums(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
  }

  private static Scenario scenario(String id) {
    return Scenarios.named(List.of(id)).getFirst();
  }
}
