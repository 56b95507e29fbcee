package dev.serin.rollout.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.RolloutMachine;
import dev.serin.rollout.model.Cluster.Shield;
import dev.serin.rollout.model.Setting.Past;
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

  /// A policy holds templates and a person approves; or the Deployment is kept paused, after an earlier Rollout. Rollouts
  /// with a past come to what takes a new one more hands than the search allows.
  static Stream<Setting> settings() {
    return Stream.of(new Setting(Shield.POLICY, Past.NONE, Setting.APPROVED, EVENTS, 1),
        new Setting(Shield.KEPT_PAUSED, Past.EARLIER_ROLLOUT, List.of(), EVENTS, 1),
        new Setting(Shield.POLICY, Past.PROMOTED, Setting.APPROVED, EVENTS, 1),
        new Setting(Shield.POLICY, Past.ROLLED_BACK, Setting.APPROVED, EVENTS, 1));
  }

  @ParameterizedTest
  @MethodSource("settings")
  @DisplayName("No order of looks, late writes, pods, verdicts and people's hands breaks a rule")
  void keepsEveryRule(Setting setting) {
    long begin = System.nanoTime();
    var outcome = Search.everything(setting, RolloutMachine::next).upTo(STATES);

    System.out.printf("figure: held by %s after %s: %,d states, %,d moves, depth %d, %s, %.1f s%n", setting.shield(),
        setting.past(), outcome.states(), outcome.moves(), outcome.depth(),
        outcome.exhausted() ? "all of them" : "cut off", (System.nanoTime() - begin) / 1e9);
    assertThat(outcome.broken().map(broken -> broken.rule() + "\n" + broken.trace())).isEmpty();
    assertThat(outcome.states()).as("states").isGreaterThanOrEqualTo(setting.fromTheBeginning() ? 100_000 : 50_000);
    assertThat(outcome.exhausted() || EVENTS > DEFAULT_EVENTS).as("nothing is left out").isTrue();
  }
}
