package dev.serin.rollout.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.RolloutMachine;
import dev.serin.rollout.model.Cluster.Shield;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The machine against the model of its surroundings.
///
/// A long run: `-Dserin.model.events=3 -Dserin.model.states=3000000` with a heap of 8 GiB.
class RolloutMachineModelTest {

  private static final int DEFAULT_EVENTS = 2;
  private static final int EVENTS = Integer.getInteger("serin.model.events", DEFAULT_EVENTS);
  private static final int STATES = Integer.getInteger("serin.model.states", 300_000);

  /// A policy holds templates and a person approves; or the Deployment is kept paused, after an earlier Rollout.
  static Stream<Setting> settings() {
    return Stream.of(new Setting(Shield.POLICY, Setting.APPROVED, 0, EVENTS, 1),
        new Setting(Shield.KEPT_PAUSED, List.of(), 1, EVENTS, 1));
  }

  @ParameterizedTest
  @MethodSource("settings")
  @DisplayName("No order of looks, late writes, pods, verdicts and people's hands breaks a rule")
  void keepsEveryRule(Setting setting) {
    long begin = System.nanoTime();
    var outcome = Search.everything(setting, RolloutMachine::next).upTo(STATES);

    System.out.printf("figure: held by %s: %,d states, %,d moves, depth %d, %s, %.1f s%n", setting.shield(),
        outcome.states(), outcome.moves(), outcome.depth(), outcome.exhausted() ? "all of them" : "cut off",
        (System.nanoTime() - begin) / 1e9);
    assertThat(outcome.broken().map(broken -> broken.rule() + "\n" + broken.trace())).isEmpty();
    assertThat(outcome.states()).as("states").isGreaterThanOrEqualTo(100_000);
    assertThat(outcome.exhausted() || EVENTS > DEFAULT_EVENTS).as("nothing is left out").isTrue();
  }
}
