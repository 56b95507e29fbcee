package dev.serin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.bench.rule.Rules;
import dev.serin.bench.scenario.Scenario;
import dev.serin.bench.scenario.Scenarios;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Seed 1.
class SimulationTest {

  @Test
  @DisplayName("The outcomes do not depend on the number of threads")
  void threads() throws InterruptedException {
    var simulation = Simulation.of(scenario("B2"), Rules.all(), 30);

    var alone = Runner.play(simulation, 101, 1, 1);

    assertThat(Runner.play(simulation, 101, 1, 3)).isEqualTo(alone);
    assertThat(Runner.play(simulation, 101, 2, 1)).isNotEqualTo(alone);
  }

  @Test
  @DisplayName("A version that fails five times as often is rolled back, named rightly, and its cost is counted")
  void cost() {
    var outcome = Simulation.of(scenario("B2"), Rules.all(), 60).run(1, 0);

    assertThat(outcome.judge().rolledBack()).isTrue();
    assertThat(outcome.judge().canaryRequests()).isEqualTo(outcome.judge().window() * 100L);
    assertThat(outcome.judge().faults()).isPositive().isLessThan(outcome.judge().canaryRequests() / 50);
    assertThat(outcome.blame()).isEqualTo(Outcome.Blame.RIGHT);
    assertThat(outcome.rules()).hasSameSizeAs(Rules.all());
  }

  @Test
  @DisplayName("A rule that never fires is charged the whole run; one that needs a fixed split is left out where it changes")
  void rest() {
    var outcome = Simulation.of(scenario("A3"), Rules.all(), 10).run(1, 0);
    int lindonMalek = Rules.all().stream().map(Rules.Named::name).toList().indexOf("Lindon–Malek");

    assertThat(outcome.judge().rolledBack()).isFalse();
    assertThat(outcome.rules().get(lindonMalek)).isEqualTo(outcome.judge());
    assertThat(outcome.judge().canaryRequests()).isBetween(1200L, 1300L);
  }

  @Test
  @DisplayName("A controller that is killed at random windows comes to the same verdicts and the same bits")
  void kills() {
    for (String id : List.of("A2b", "B1", "A15")) {
      var restarts = Restarts.play(scenario(id), 1, 60, 1);

      assertThat(restarts.kills()).as(id).isPositive();
      assertThat(restarts.different()).as(id).isZero();
    }
  }

  private static Scenario scenario(String id) {
    return Scenarios.named(List.of(id)).getFirst();
  }
}
