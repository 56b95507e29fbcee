package dev.serin.rollout;

import static dev.serin.rollout.Seen.CANDIDATE;
import static dev.serin.rollout.Seen.RUNNING;
import static dev.serin.rollout.Seen.STABLE;
import static dev.serin.rollout.Seen.TRIED;
import static dev.serin.rollout.Seen.held;
import static dev.serin.rollout.Seen.idle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Workload.Fleet;
import dev.serin.rollout.Workload.Protection;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is said while nothing, or only our own pausing, keeps a changed template from rolling.
class HeldTest {

  private static final Protection NOTHING = new Protection.Unproven("Install the hold policy.");
  private static final Protection ALWAYS = new Protection.KeptPaused();
  private static final Fleet ROLLING = new Fleet(10, 10, 10, Set.of(STABLE, CANDIDATE), false, false,
      Duration.ofMinutes(10));

  private static Report report(Decision decision) {
    return switch (decision) {
      case Decision.Wait(var report, var _) -> report;
      case Decision.Transition(var _, var report, var _) -> report;
      case Decision.Apply(var action) -> throw new AssertionError("nothing is said with " + action);
    };
  }

  @Test
  @DisplayName("A template that rolls because nothing holds it was released by nobody: the Rollout says what is missing")
  void rollsUnheld() {
    var seen = held().hold(false, 0).fleet(ROLLING).protection(NOTHING, false);

    for (RolloutState state : Set.of(new RolloutState.Idle(RUNNING), new RolloutState.Overridden(RUNNING, TRIED))) {
      assertThat(report(seen.next(state)))
          .isEqualTo(new Report(Report.Kind.STALLED, Reason.HoldNotGuaranteed, "Install the hold policy."));
    }
  }

  @Test
  @DisplayName("Adopting a Deployment that nothing holds never says Ready")
  void adoptsUnheld() {
    assertThat(report(idle().protection(NOTHING, false).next(new RolloutState.Adopting())).reason())
        .isEqualTo(Reason.HoldNotGuaranteed);
  }

  @Test
  @DisplayName("A protection that is lost in the middle of a step stalls at once, not only when the step could be left")
  void lostMidway() {
    var state = new RolloutState.Stepping(RUNNING, TRIED, 0, Seen.STARTED);
    var seen = held().canary(CANDIDATE, 1, 1).ruling(new Attempt.Stay(Reason.Collecting, "12 of 500 requests."));

    assertThat(report(seen.protection(NOTHING, false).next(state)).reason()).isEqualTo(Reason.HoldNotGuaranteed);
    assertThat(report(seen.next(state)).reason()).isEqualTo(Reason.Collecting);
  }

  @Test
  @DisplayName("With hold: Always nobody is told Ready before the Deployment is paused: who waits for it pushes at once")
  void readyOncePaused() {
    var promoted = held().hold(false, 8).fleet(10, Set.of(CANDIDATE), true).kept(STABLE, CANDIDATE)
        .protection(ALWAYS, true);

    assertThat(promoted.next(new RolloutState.Promoting(RUNNING, TRIED, Seen.NOON, 8)))
        .isEqualTo(new Decision.Apply(new Action.KeepPaused()));
    assertThat(idle().protection(ALWAYS, true).next(new RolloutState.Idle(RUNNING)))
        .isEqualTo(new Decision.Apply(new Action.KeepPaused()));
    assertThat(report(idle().hold(true, 8).protection(ALWAYS, true).next(new RolloutState.Idle(RUNNING))).reason())
        .isEqualTo(Reason.Stable);
  }
}
