package dev.serin.rollout;

import static dev.serin.rollout.Decisions.apply;
import static dev.serin.rollout.Decisions.record;
import static dev.serin.rollout.Decisions.recorded;
import static dev.serin.rollout.Decisions.told;
import static dev.serin.rollout.Decisions.waits;
import static dev.serin.rollout.Seen.CANDIDATE;
import static dev.serin.rollout.Seen.NOON;
import static dev.serin.rollout.Seen.RUNNING;
import static dev.serin.rollout.Seen.STABLE;
import static dev.serin.rollout.Seen.THIRD;
import static dev.serin.rollout.Seen.held;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.Workload.Protection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A template other than stable's, while stable runs.
class ArrivingTest {

  private static final Protection KEPT_PAUSED = new Protection.KeptPaused();
  private static final Veto VETO = new Veto(CANDIDATE, Reason.SignatureRegressed, "63 of 9,120 requests", NOON);

  private final RolloutState state = new RolloutState.Idle(RUNNING);

  @Test
  @DisplayName("A held template starts a trial")
  void starts() {
    var decision = held().next(state);
    assertThat(recorded(decision)).isEqualTo(new RolloutState.Starting(RUNNING, new Candidate(CANDIDATE, NOON)));
    assertThat(told(decision).message()).isEqualTo("Revision bbbbbbbbbb is held; Serin reads the recent logs of stable "
        + "aaaaaaaaaa and prepares the canary.");
  }

  @Test
  @DisplayName("The canary of an earlier candidate is removed before the trial is recorded")
  void removesOlderCanary() {
    assertThat(held().canary(THIRD, 2, 2).next(state)).isEqualTo(apply(new Action.ScaleCanary(2, 0)));
    assertThat(held().canary(THIRD, 0, 0).next(state)).isEqualTo(apply(new Action.DeleteCanary()));
  }

  @Test
  @DisplayName("A vetoed template stays held, with the veto's own words")
  void refusesVetoed() {
    var decision = held().next(Seen.recorded(state, VETO));
    assertThat(recorded(decision)).isEqualTo(new RolloutState.Vetoed(RUNNING, new Candidate(CANDIDATE, NOON)));
    assertThat(told(decision))
        .isEqualTo(new Report(Report.Kind.STALLED, Reason.SignatureRegressed, "63 of 9,120 requests"));
  }

  @Test
  @DisplayName("A weight that pods cannot reach stalls and leaves the Deployment held")
  void unreachable() {
    var report = waits(held().fleet(3, Set.of(STABLE), false).next(state));
    assertThat(report.reason()).isEqualTo(Reason.WeightNotReachable);
    assertThat(report.message()).contains("10%").contains("at least 9 pods");
  }

  @Test
  @DisplayName("A strategy that ends all stable pods at once, or no guaranteed hold, starts no trial")
  void startsNothingUnsafe() {
    assertThat(waits(held().unsafe("Set spec.strategy.type to RollingUpdate.").next(state))).isEqualTo(
        new Report(Report.Kind.STALLED, Reason.UnsafeStrategy, "Set spec.strategy.type to RollingUpdate."));
    assertThat(waits(held().protection(new Protection.Unproven("Install the policy."), false).next(state)))
        .isEqualTo(new Report(Report.Kind.STALLED, Reason.HoldNotGuaranteed, "Install the policy."));
  }

  @Test
  @DisplayName("With zero stable pods there is nothing to compare: the candidate is promoted")
  void nothingToCompare() {
    var decision = held().fleet(0, Set.of(), false).next(state);
    assertThat(recorded(decision))
        .isEqualTo(new RolloutState.Promoting(RUNNING, new Candidate(CANDIDATE, NOON), NOON, 8));
    assertThat(told(decision).message()).isEqualTo(
        "The Deployment has 0 pods, so there is nothing to compare: revision bbbbbbbbbb is promoted.");
  }

  @Test
  @DisplayName("A candidate that nobody held is followed, not judged")
  void notHeld() {
    assertThat(recorded(held().hold(false, 0).next(state)))
        .isEqualTo(new RolloutState.Overridden(RUNNING, new Candidate(CANDIDATE, NOON)));
  }

  @Test
  @DisplayName("Whoever turns away from a version by hand is not left with its canary")
  void turnsAway() {
    var undone = held().hold(false, 0).canary(STABLE, 10, 10);
    assertThat(undone.next(state)).isEqualTo(apply(new Action.ScaleCanary(10, 0)));
    assertThat(recorded(undone.canary(STABLE, 0, 0).next(state))).isInstanceOf(RolloutState.Overridden.class);
  }

  @Test
  @DisplayName("A template that was stable before is promoted at once, unless a veto speaks against it")
  void knownGood() {
    var former = List.of(new StableRevision(CANDIDATE, NOON.minusSeconds(9000)));
    var trusting = new RolloutRecord(7, Seen.UID, List.of(), former, Requests.NONE, state);
    assertThat(recorded(held().next(trusting)))
        .isEqualTo(new RolloutState.Promoting(RUNNING, new Candidate(CANDIDATE, NOON), NOON, 8));
    var vetoed = new RolloutRecord(7, Seen.UID, List.of(VETO), former, Requests.NONE, state);
    assertThat(recorded(held().next(vetoed))).isInstanceOf(RolloutState.Vetoed.class);
  }

  @Test
  @DisplayName("A template that runs on all pods already is stable: its trial would compare it with itself")
  void alreadyRunning() {
    var running = held().fleet(10, Set.of(CANDIDATE), true);
    assertThat(running.next(state)).isEqualTo(apply(new Action.KeepTemplate(CANDIDATE)));
    var decision = running.kept(STABLE, CANDIDATE).next(Seen.recorded(state, VETO));
    assertThat(recorded(decision)).isEqualTo(new RolloutState.Idle(new StableRevision(CANDIDATE, NOON)));
    assertThat(record(decision).vetoes()).isEmpty();
    assertThat(record(decision).history()).containsExactly(RUNNING);
    assertThat(told(decision).message()).isEqualTo(
        "Revision bbbbbbbbbb runs on all pods already: it is stable; the next template change is held.");
  }

  @Test
  @DisplayName("Pods that run neither stable nor the template were rolled while nobody looked: adopted anew")
  void stableReplaced() {
    var decision = held().fleet(10, Set.of(THIRD), false).next(state);
    assertThat(recorded(decision)).isEqualTo(new RolloutState.Adopting());
    assertThat(record(decision).history()).containsExactly(RUNNING);
    assertThat(told(decision).message())
        .isEqualTo("The pods do not run stable aaaaaaaaaa any more: what they run becomes stable.");
  }

  @Test
  @DisplayName("Beside a roll that was stopped midway, the template is kept and stable restored first")
  void besidesStoppedRoll() {
    var mixed = held().fleet(10, Set.of(STABLE, THIRD), false);
    assertThat(mixed.canary(THIRD, 2, 2).kept(STABLE, CANDIDATE).next(state))
        .isEqualTo(apply(new Action.ScaleCanary(2, 0)));
    assertThat(mixed.next(state)).isEqualTo(apply(new Action.KeepTemplate(CANDIDATE)));
    var decision = mixed.kept(STABLE, CANDIDATE).next(state);
    assertThat(recorded(decision))
        .isEqualTo(new RolloutState.Restoring(RUNNING, new Candidate(THIRD, NOON), NOON, 8, CANDIDATE));
    assertThat(told(decision).reason()).isEqualTo(Reason.TemplateChanged);
  }

  @Test
  @DisplayName("A roll of the template itself that somebody began and paused is theirs to go on with")
  void stoppedByPerson() {
    var midway = held().fleet(10, Set.of(STABLE, CANDIDATE), false);
    assertThat(recorded(midway.next(state)))
        .isEqualTo(new RolloutState.Overridden(RUNNING, new Candidate(CANDIDATE, NOON)));
  }

  @Test
  @DisplayName("Where only our pausing holds templates, one that slipped through is stopped, undone, and tried")
  void slippedThrough() {
    assertThat(held().hold(false, 5).protection(KEPT_PAUSED, false).next(Seen.recorded(state, VETO)))
        .isEqualTo(apply(new Action.KeepPaused()));
    var stopped = held().hold(true, 5).protection(KEPT_PAUSED, true).fleet(10, Set.of(STABLE, CANDIDATE), false);
    assertThat(stopped.next(state)).isEqualTo(apply(new Action.KeepTemplate(CANDIDATE)));
    assertThat(recorded(stopped.kept(STABLE, CANDIDATE).next(state))).isEqualTo(
        new RolloutState.Restoring(RUNNING, new Candidate(CANDIDATE, NOON), NOON, 8, CANDIDATE));
  }

  @Test
  @DisplayName("Where only our pausing holds templates, one that a person resumed carries our mark, and is followed")
  void resumedByPerson() {
    assertThat(recorded(held().hold(false, 5).protection(KEPT_PAUSED, true).next(state)))
        .isEqualTo(new RolloutState.Overridden(RUNNING, new Candidate(CANDIDATE, NOON)));
  }
}
