package dev.serin.rollout;

import static dev.serin.rollout.Seen.CANDIDATE;
import static dev.serin.rollout.Seen.RUNNING;
import static dev.serin.rollout.Seen.STABLE;
import static dev.serin.rollout.Seen.TRIED;
import static dev.serin.rollout.Seen.held;
import static dev.serin.rollout.Seen.idle;
import static dev.serin.rollout.Seen.recorded;
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
  private static final Fleet ROLLING = new Fleet(10, 10, 10, 10, Set.of(STABLE, CANDIDATE), Fleet.Roll.UNDER_WAY, false,
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
          .isEqualTo(new Report(Report.Kind.STALLED, Reason.HoldNotGuaranteed, "Install the hold policy. Revision "
              + "bbbbbbbbbb rolls because of that, and nobody judges it."));
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

  private static final RolloutRecord.Veto VETO = new RolloutRecord.Veto(CANDIDATE, Reason.SignatureRegressed, "harm",
      Seen.NOON);

  @Test
  @DisplayName("A refused revision that rolls while nothing holds templates was released by nobody: its veto stays, and stable is restored")
  void refusedRolls() {
    var rolling = held().hold(false, 0).fleet(ROLLING).protection(NOTHING, false);
    var everywhere = held().fleet(10, Set.of(CANDIDATE), true).protection(NOTHING, false);

    var applied = Seen.NOON.minusSeconds(60);
    for (RolloutState state : Set.of(new RolloutState.Idle(RUNNING), new RolloutState.Vetoed(RUNNING, TRIED),
        new RolloutState.Restoring(RUNNING, TRIED, applied, 0, null))) {
      for (Seen seen : Set.of(rolling, everywhere.hold(false, 0))) {
        Decision decision = seen.next(recorded(state, VETO));
        assertThat(Decisions.recorded(decision)).isInstanceOfSatisfying(RolloutState.Restoring.class, back -> {
          assertThat(back.stable()).isEqualTo(RUNNING);
          assertThat(back.next()).isNull();
        });
        assertThat(Decisions.record(decision).vetoes()).containsExactly(VETO);
        assertThat(report(decision).reason()).isEqualTo(Reason.HoldNotGuaranteed);
        assertThat(report(decision).message()).contains("bbbbbbbbbb, which is vetoed", "aaaaaaaaaa is restored");
      }
    }
  }

  @Test
  @DisplayName("A hold that is lost is said also while a refused revision is held")
  void lostWhileRefused() {
    var state = new RolloutState.Vetoed(RUNNING, TRIED);

    assertThat(report(held().protection(NOTHING, false).next(recorded(state, VETO))))
        .isEqualTo(new Report(Report.Kind.STALLED, Reason.HoldNotGuaranteed, "Install the hold policy."));
    assertThat(report(held().next(recorded(state, VETO))).reason()).isEqualTo(Reason.SignatureRegressed);
  }

  @Test
  @DisplayName("Where the policy holds templates, a refused revision that rolls was released by a person")
  void refusedReleased() {
    Decision decision = held().hold(false, 0).fleet(ROLLING)
        .next(recorded(new RolloutState.Vetoed(RUNNING, TRIED), VETO));

    assertThat(Decisions.recorded(decision))
        .isEqualTo(new RolloutState.Overridden(RUNNING, new Candidate(CANDIDATE, Seen.NOON)));
  }

  @Test
  @DisplayName("A refused revision that runs alone under a newer template, because nothing held it, does not become stable")
  void refusedRunsAlone() {
    var seen = held().live(Seen.THIRD).fleet(10, Set.of(CANDIDATE), false).kept(STABLE, Seen.THIRD);

    assertThat(Decisions.recorded(seen.protection(NOTHING, false).next(recorded(new RolloutState.Idle(RUNNING), VETO))))
        .isInstanceOfSatisfying(RolloutState.Restoring.class, back -> assertThat(back.next()).isEqualTo(Seen.THIRD));
    assertThat(Decisions.recorded(seen.next(recorded(new RolloutState.Idle(RUNNING), VETO))))
        .isEqualTo(new RolloutState.Adopting());
  }
}
