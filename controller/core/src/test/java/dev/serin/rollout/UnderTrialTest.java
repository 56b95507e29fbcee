package dev.serin.rollout;

import static dev.serin.rollout.Decisions.BAD;
import static dev.serin.rollout.Decisions.GOOD;
import static dev.serin.rollout.Decisions.STAY;
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
import static dev.serin.rollout.Seen.TRIED;
import static dev.serin.rollout.Seen.held;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.Workload.Fleet;
import dev.serin.rollout.Workload.Protection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The states in which a canary tries the candidate.
class UnderTrialTest {

  private static final Canary ENDING = new Canary.Present(CANDIDATE, 0, 1, 0, false, null, null);
  private static final Canary TERMINATING = new Canary.Present(CANDIDATE, 1, 1, 1, true, null, null);

  private static Fleet fleet(int desired, int ready, int settled) {
    return new Fleet(desired, ready, settled, settled, desired == 0 ? Set.of() : Set.of(STABLE), Fleet.Roll.UNDER_WAY,
        false,
        Duration.ofMinutes(10));
  }

  @Nested
  class Starting {

    private final RolloutState state = new RolloutState.Starting(RUNNING, TRIED);

    @Test
    @DisplayName("First the Analysis with its plan frozen, our finalizer, the canary with no pods; then the step recorded")
    void order() {
      assertThat(held().next(state))
          .isEqualTo(apply(new Action.OpenAnalysis(RUNNING, TRIED, List.of(Seen.TEN, Seen.HALF))));
      assertThat(held().ruling(STAY).next(state)).isEqualTo(apply(new Action.Guard()));
      assertThat(held().ruling(STAY).guarded().next(state)).isEqualTo(apply(new Action.CreateCanary(TRIED)));
      assertThat(recorded(held().ruling(STAY).canary(CANDIDATE, 0, 0).next(state)))
          .isEqualTo(new RolloutState.Raising(RUNNING, TRIED, 0, NOON));
    }

    @Test
    @DisplayName("The canary of an earlier candidate is removed first, one that is being deleted is waited for")
    void removesStale() {
      assertThat(held().ruling(STAY).canary(THIRD, 1, 1).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(waits(held().ruling(STAY).canary(TERMINATING).next(state)).reason()).isEqualTo(Reason.RemovingCanary);
    }

    @Test
    @DisplayName("A Deployment with the canary's name that is not ours stalls")
    void nameConflict() {
      var report = waits(held().ruling(STAY).canary(new Canary.Foreign("x-canary")).next(state));
      assertThat(report).isEqualTo(new Report(Report.Kind.STALLED, Reason.NameConflict,
          "Deployment x-canary exists and was not made by Serin: rename it, the canary needs this name."));
    }

    @Test
    @DisplayName("Other revisions with pods end the trial before it begins: stable is made whole first")
    void besides() {
      var mixed = held().ruling(STAY).fleet(10, Set.of(STABLE, THIRD), false).kept(STABLE, CANDIDATE);
      assertThat(recorded(mixed.next(state)))
          .isEqualTo(new RolloutState.Restoring(RUNNING, new Candidate(THIRD, NOON), NOON, 8, CANDIDATE));
    }
  }

  /// A pod that has not been ready for so many seconds.
  private static Canary.Unready unready(long seconds) {
    return new Canary.Unready("pod x-1: ImagePullBackOff", NOON.minusSeconds(seconds));
  }

  @Nested
  class Raising {

    private final RolloutState state = new RolloutState.Raising(RUNNING, TRIED, 0, NOON.minusSeconds(20));
    private final RolloutState late = new RolloutState.Raising(RUNNING, TRIED, 0, NOON.minusSeconds(600));

    @Test
    @DisplayName("The canary is scaled to the approved share, and the step starts when all its pods are ready")
    void raises() {
      assertThat(held().ruling(STAY).canary(CANDIDATE, 0, 0).next(state))
          .isEqualTo(apply(new Action.ScaleCanary(0, 1)));
      assertThat(waits(held().ruling(STAY).canary(CANDIDATE, 1, 0).next(state)).message()).isEqualTo(
          "0 of 1 canary pods are ready; rolled back if they are not by 2026-11-24T12:09:40Z.");
      assertThat(recorded(held().ruling(STAY).canary(CANDIDATE, 1, 1).next(state)))
          .isEqualTo(new RolloutState.Stepping(RUNNING, TRIED, 0, NOON));
    }

    @Test
    @DisplayName("Pods not ready at the deadline condemn the candidate with the pod's reason")
    void deadline() {
      var seen = held().ruling(STAY)
          .canary(new Canary.Present(CANDIDATE, 1, 1, 0, false, null, unready(0)));
      assertThat(seen.next(late)).isEqualTo(apply(new Action.Condemn(new Attempt.RollBack(Reason.CanaryNotReady,
          "Rolled back: 0 of 1 canary pods were ready after 600 s (progressDeadlineSeconds): pod x-1: ImagePullBackOff."
              + " Traffic is back on stable."))));
    }

    @Test
    @DisplayName("A crash loop condemns the candidate at once")
    void crashLoop() {
      var seen = held().ruling(STAY).canary(new Canary.Present(CANDIDATE, 1, 1, 0, false, "3 restarts", null));
      assertThat(seen.next(state))
          .isEqualTo(apply(new Action.Condemn(new Attempt.RollBack(Reason.CrashLoop, "3 restarts"))));
    }

    @Test
    @DisplayName("Without a ready stable pod no canary pod is added, no step starts, and nobody is condemned for it")
    void noStablePod() {
      var seen = held().ruling(STAY).canary(CANDIDATE, 0, 0).fleet(fleet(10, 0, 0));
      for (RolloutState raising : List.of(state, late)) {
        assertThat(waits(seen.next(raising))).isEqualTo(new Report(Report.Kind.RECONCILING, Reason.WaitingForStable,
            "None of the 10 stable pods is ready, so there is nothing to compare with: the canary starts when one is."));
      }
    }

    @Test
    @DisplayName("Scaled to zero, the canary follows and waits; back again, its pods get their full time")
    void scaledToZeroAndBack() {
      var zero = held().ruling(STAY).fleet(fleet(0, 0, 0));
      assertThat(zero.canary(CANDIDATE, 1, 1).next(late)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(waits(zero.canary(CANDIDATE, 0, 0).next(late)).message()).isEqualTo("The Deployment is scaled to 0 "
          + "pods: the canary has none either, and judging goes on when there are pods again.");
      assertThat(recorded(held().ruling(STAY).canary(CANDIDATE, 0, 0).next(late)))
          .isEqualTo(new RolloutState.Raising(RUNNING, TRIED, 0, NOON));
    }

    @Test
    @DisplayName("A verdict is recorded only when the canary is gone, so that no raise decided earlier finds it")
    void verdictAfterCanary() {
      var condemned = held().ruling(BAD);
      assertThat(condemned.canary(CANDIDATE, 0, 0).next(state)).isEqualTo(apply(new Action.DeleteCanary()));
      assertThat(waits(condemned.canary(ENDING).next(state)))
          .isEqualTo(new Report(Report.Kind.RECONCILING, Reason.RemovingCanary, "63 of 9,120 requests"));
      assertThat(recorded(condemned.canary(new Canary.Absent()).next(state)))
          .isEqualTo(new RolloutState.Vetoed(RUNNING, TRIED));
    }

    @Test
    @DisplayName("Released before it had pods, the canary goes first: nobody raises it beside the roll")
    void released() {
      var seen = held().ruling(STAY).hold(false, 0);
      assertThat(seen.canary(CANDIDATE, 0, 0).next(state)).isEqualTo(apply(new Action.DeleteCanary()));
      assertThat(recorded(seen.canary(new Canary.Absent()).next(state)))
          .isEqualTo(new RolloutState.Overridden(RUNNING, TRIED));
    }
  }

  @Nested
  class Stepping {

    private final RolloutState state = new RolloutState.Stepping(RUNNING, TRIED, 0, NOON.minusSeconds(20));
    private final RolloutState last = new RolloutState.Stepping(RUNNING, TRIED, 1, NOON.minusSeconds(20));
    private final Seen serving = held().canary(CANDIDATE, 1, 1);
    private final Seen half = held().canary(CANDIDATE, 10, 10)
        .ruling(new Attempt.Advance(1, Seen.STARTED, "No regression in 20,000 requests."));

    @Test
    @DisplayName("Without a ruling for this very step it stays")
    void stays() {
      assertThat(waits(serving.ruling(STAY).next(state)).message()).isEqualTo("12 of 500 requests.");
      assertThat(waits(serving.ruling(new Attempt.Advance(1, Seen.STARTED, "")).next(state)).reason())
          .isEqualTo(Reason.Collecting);
    }

    @Test
    @DisplayName("A ruling for the same step begun earlier means nothing: its evidence was another canary's")
    void boundToItsStart() {
      var earlier = new Attempt.Advance(0, Seen.STARTED.minusSeconds(300), "No regression.");
      assertThat(waits(serving.ruling(earlier).next(state)).message())
          .isEqualTo("Step 1 of 2 at 10%: 1 canary pods serve and evidence is collected.");
    }

    @Test
    @DisplayName("A step is not left while a canary pod is not ready: nothing of what it does was judged")
    void notWhole() {
      var unready = held().canary(CANDIDATE, 2, 1).fleet(20, Set.of(STABLE), true).ruling(GOOD);
      assertThat(waits(unready.next(state)).message())
          .isEqualTo(
              "No regression in 9,120 requests. Only 1 of 2 canary pods are ready: the step is left when all are.");
    }

    @Test
    @DisplayName("A pod that is not ready again for as long as a new one may take condemns the version, unless stable's are not all ready either")
    void unreadyAgain() {
      Seen seen = held().fleet(20, Set.of(STABLE), true).ruling(GOOD);
      var justNow = new Canary.Present(CANDIDATE, 2, 2, 1, false, null, unready(599));
      var forLong = new Canary.Present(CANDIDATE, 2, 2, 1, false, null, unready(600));
      assertThat(waits(seen.canary(justNow).next(state)).reason()).isEqualTo(Reason.CanaryStarting);
      assertThat(seen.canary(forLong).next(state)).isEqualTo(apply(new Action.Condemn(new Attempt.RollBack(
          Reason.CanaryNotReady, "Rolled back: 1 of 2 canary pods are ready, and one has not been for 600 s "
              + "(progressDeadlineSeconds) while all 20 stable pods are: pod x-1: ImagePullBackOff. Traffic is back on "
              + "stable."))));
      assertThat(waits(seen.fleet(fleet(20, 19, 19)).canary(forLong).next(state)).reason())
          .isEqualTo(Reason.CanaryStarting);
    }

    @Test
    @DisplayName("A recorded advance approves the next step before any pod is added")
    void advances() {
      assertThat(recorded(serving.ruling(GOOD).next(state)))
          .isEqualTo(new RolloutState.Raising(RUNNING, TRIED, 1, NOON));
    }

    @Test
    @DisplayName("A step with a pause is left only after approval of this revision and step; the last one promotes")
    void approval() {
      assertThat(waits(half.next(last)).message()).isEqualTo("No regression in 20,000 requests. To go on, annotate the "
          + "Rollout with serin.dev/approve=bbbbbbbbbb/2.");
      assertThat(recorded(half.approved(THIRD, 1).next(last))).isEqualTo(last);
      assertThat(recorded(half.approved(CANDIDATE, 0).next(last))).isEqualTo(last);
      var decision = half.approved(CANDIDATE, 1).next(last);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Promoting(RUNNING, TRIED, NOON, 8));
      assertThat(record(decision).consumed()).isEqualTo(new Requests("bbbbbbbbbb/2", null));
    }

    @Test
    @DisplayName("A Deployment that a person paused is not rolled when the last step is passed, and people are told how it is")
    void pausedByPerson() {
      assertThat(waits(half.approved(CANDIDATE, 1).pausedByPerson(0).next(last))).isEqualTo(new Report(
          Report.Kind.RECONCILING, Reason.PausedByPerson,
          "No regression in 20,000 requests. Revision bbbbbbbbbb would roll "
              + "out now, but a person paused the Deployment: run kubectl rollout resume to roll it."));
    }

    @Test
    @DisplayName("An approval acts once: the same annotation does not approve the same step of another attempt")
    void approvalActsOnce() {
      var again = new RolloutRecord(9, Seen.UID, List.of(), List.of(), new Requests("bbbbbbbbbb/2", null), last);
      assertThat(waits(half.approved(CANDIDATE, 1).next(again)).reason()).isEqualTo(Reason.PausedUntilApproved);
    }

    @Test
    @DisplayName("The number of a resume is above what an earlier Rollout left on the Deployment")
    void ordersAboveEarlierRollouts() {
      assertThat(recorded(half.hold(true, 57).approved(CANDIDATE, 1).next(last)))
          .isEqualTo(new RolloutState.Promoting(RUNNING, TRIED, NOON, 58));
    }

    @Test
    @DisplayName("Without a hold that is guaranteed the canary stays and no step is left upwards")
    void notHeld() {
      var unproven = serving.protection(new Protection.Unproven("Install the policy."), false);
      assertThat(waits(unproven.ruling(GOOD).next(state)))
          .isEqualTo(new Report(Report.Kind.STALLED, Reason.HoldNotGuaranteed, "Install the policy."));
      assertThat(waits(unproven.ruling(STAY).next(state)).reason()).isEqualTo(Reason.HoldNotGuaranteed);
    }

    @Test
    @DisplayName("A roll back takes the traffic away, then the canary, and is recorded with its veto")
    void rollsBack() {
      assertThat(serving.ruling(BAD).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(serving.ruling(BAD).canary(CANDIDATE, 0, 0).next(state)).isEqualTo(apply(new Action.DeleteCanary()));
      var decision = held().ruling(BAD).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Vetoed(RUNNING, TRIED));
      assertThat(record(decision).veto(CANDIDATE))
          .contains(new Veto(CANDIDATE, Reason.SignatureRegressed, "63 of 9,120 requests", NOON));
    }

    @Test
    @DisplayName("The verdict comes before a template that was pushed meanwhile, and before a person's resume")
    void verdictFirst() {
      for (Seen seen : List.of(held().live(THIRD), held().live(STABLE), held().hold(false, 0))) {
        var decision = seen.ruling(BAD).next(state);
        assertThat(recorded(decision)).isEqualTo(new RolloutState.Vetoed(RUNNING, TRIED));
        assertThat(record(decision).veto(CANDIDATE)).isPresent();
      }
    }

    @Test
    @DisplayName("A return to stable ends the trial without a verdict, when the canary is gone")
    void returned() {
      assertThat(serving.ruling(STAY).live(STABLE).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(serving.ruling(STAY).live(STABLE).canary(CANDIDATE, 0, 0).next(state))
          .isEqualTo(apply(new Action.DeleteCanary()));
      var decision = held().ruling(STAY).live(STABLE).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
      assertThat(record(decision).vetoes()).isEmpty();
      assertThat(told(decision).message())
          .isEqualTo("The template is that of stable aaaaaaaaaa again: the trial ends without a verdict.");
    }

    @Test
    @DisplayName("A newer template ends the trial: old canary away, then a trial of its own")
    void superseded() {
      assertThat(serving.ruling(STAY).live(THIRD).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(waits(serving.ruling(STAY).live(THIRD).canary(ENDING).next(state)).message())
          .isEqualTo("Revision cccccccccc was pushed: the canary of bbbbbbbbbb is removed first.");
      assertThat(serving.ruling(STAY).live(THIRD).canary(CANDIDATE, 0, 0).next(state))
          .isEqualTo(apply(new Action.DeleteCanary()));
      var decision = serving.ruling(STAY).live(THIRD).canary(new Canary.Absent()).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Starting(RUNNING, new Candidate(THIRD, NOON)));
      assertThat(told(decision).message()).isEqualTo("Revision cccccccccc supersedes bbbbbbbbbb, whose canary is gone; "
          + "its own trial begins at the first step.");
    }

    @Test
    @DisplayName("A template that was stable before replaces the candidate at once: no canary, no waiting")
    void knownGood() {
      var record = new RolloutRecord(7, Seen.UID, List.of(),
          List.of(new StableRevision(THIRD, NOON.minusSeconds(9000))),
          Requests.NONE, state);
      var pushed = serving.ruling(STAY).live(THIRD);
      assertThat(pushed.next(record)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(waits(pushed.canary(new Canary.Present(CANDIDATE, 0, 1, 0, 1, false, null, null, CANDIDATE))
          .next(record)).reason()).as("its pod does not end yet").isEqualTo(Reason.RemovingCanary);
      assertThat(pushed.canary(ENDING).next(record)).as("nobody waits until the pod has ended")
          .isEqualTo(apply(new Action.DeleteCanary()));
      var decision = held().ruling(STAY).live(THIRD).next(record);
      assertThat(recorded(decision))
          .isEqualTo(new RolloutState.Promoting(RUNNING, new Candidate(THIRD, NOON), NOON, 8));
      assertThat(told(decision).message()).isEqualTo(
          "Revision cccccccccc was stable before: it replaces aaaaaaaaaa at once, without a canary.");
    }

    @Test
    @DisplayName("A person who resumes is followed, and the serving canary stays beside the roll until it is over")
    void released() {
      assertThat(recorded(serving.ruling(STAY).hold(false, 0).next(state)))
          .isEqualTo(new RolloutState.Overridden(RUNNING, TRIED));
    }

    @Test
    @DisplayName("Resumed and paused again, the candidate is followed too: it serves from stable's pods already")
    void stoppedMidway() {
      var midway = held().ruling(STAY).fleet(10, Set.of(STABLE, CANDIDATE), false);
      assertThat(midway.canary(CANDIDATE, 1, 1).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(recorded(midway.next(state))).isEqualTo(new RolloutState.Overridden(RUNNING, TRIED));
    }

    @Test
    @DisplayName("The canary follows stable: down at once, up when the new stable pods have settled")
    void followsStable() {
      var state = new RolloutState.Stepping(RUNNING, TRIED, 1, NOON);
      var equal = held().ruling(STAY).canary(CANDIDATE, 10, 10);
      assertThat(equal.fleet(fleet(6, 6, 6)).next(state)).isEqualTo(apply(new Action.ScaleCanary(10, 6)));
      assertThat(equal.fleet(fleet(14, 14, 10)).next(state)).isInstanceOf(Decision.Wait.class);
      assertThat(equal.fleet(fleet(14, 14, 14)).next(state)).isEqualTo(apply(new Action.ScaleCanary(10, 14)));
    }

    @Test
    @DisplayName("Scaled to zero mid-trial nothing is judged; with settled stable pods the canary comes back to its share")
    void scaledToZeroAndBack() {
      var zero = held().fleet(fleet(0, 0, 0)).ruling(GOOD);
      assertThat(zero.canary(CANDIDATE, 1, 1).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(waits(zero.canary(CANDIDATE, 0, 0).next(state)).reason()).isEqualTo(Reason.NothingToCompare);
      assertThat(waits(held().fleet(fleet(10, 0, 0)).ruling(GOOD).canary(CANDIDATE, 0, 0).next(state)).reason())
          .isEqualTo(Reason.WaitingForStable);
      assertThat(held().ruling(GOOD).canary(CANDIDATE, 0, 0).next(state))
          .isEqualTo(apply(new Action.ScaleCanary(0, 1)));
    }

    @Test
    @DisplayName("A canary that vanished, or that somebody deletes, starts the trial again at the first step")
    void vanished() {
      assertThat(recorded(serving.ruling(STAY).canary(new Canary.Absent()).next(state)))
          .isEqualTo(new RolloutState.Starting(RUNNING, TRIED));
      assertThat(waits(serving.ruling(STAY).canary(TERMINATING).next(state)).reason())
          .as("not before it is gone").isEqualTo(Reason.CandidateFound);
    }

    @Test
    @DisplayName("A crash loop condemns the candidate while it serves, too")
    void crashLoop() {
      var seen = held().ruling(STAY).canary(new Canary.Present(CANDIDATE, 1, 1, 0, false, "3 restarts", null));
      assertThat(seen.next(state))
          .isEqualTo(apply(new Action.Condemn(new Attempt.RollBack(Reason.CrashLoop, "3 restarts"))));
    }
  }
}
