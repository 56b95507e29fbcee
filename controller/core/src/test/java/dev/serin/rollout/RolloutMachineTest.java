package dev.serin.rollout;

import static dev.serin.rollout.Seen.CANDIDATE;
import static dev.serin.rollout.Seen.NOON;
import static dev.serin.rollout.Seen.RUNNING;
import static dev.serin.rollout.Seen.STABLE;
import static dev.serin.rollout.Seen.THIRD;
import static dev.serin.rollout.Seen.TRIED;
import static dev.serin.rollout.Seen.held;
import static dev.serin.rollout.Seen.idle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.Workload.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RolloutMachineTest {

  private static final Attempt.Ruling BAD = new Attempt.RollBack(Reason.SignatureRegressed, "63 of 9,120 requests");
  private static final Attempt.Ruling GOOD = new Attempt.Advance(0, Seen.STARTED, "No regression in 9,120 requests.");
  private static final Attempt.Ruling STAY = new Attempt.Stay(Reason.Collecting, "12 of 500 requests.");

  private static Decision apply(Action action) {
    return new Decision.Apply(action);
  }

  private static RolloutState recorded(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Transition.class);
    return ((Decision.Transition) decision).record().state();
  }

  private static Report waits(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Wait.class);
    return ((Decision.Wait) decision).report();
  }

  @Nested
  class AnyState {

    @Test
    @DisplayName("A missing Deployment stalls with what to do and changes nothing recorded")
    void missing() {
      var seen = new Observation(new Workload.Missing("community-api"), new Canary.Absent(), new Attempt.Unopened(),
          new Observation.Wish(List.of(), Duration.ZERO, Duration.ZERO, null), Requests.NONE,
          new Observation.Tenure(false, false), Observation.Leftovers.NONE);
      var decision = RolloutMachine.next(RolloutRecord.initial(), seen, NOON);
      assertThat(waits(decision).reason()).isEqualTo(Reason.WorkloadNotFound);
      assertThat(waits(decision).message()).contains("community-api").contains("spec.workloadRef");
    }

    @Test
    @DisplayName("The label comes before everything else: without it nothing holds the Deployment")
    void labelsFirst() {
      assertThat(held().unlabelled().next(new RolloutState.Adopting())).isEqualTo(apply(new Action.LabelWorkload()));
    }
  }

  @Nested
  class Adopting {

    private final RolloutState state = new RolloutState.Adopting();

    @Test
    @DisplayName("A complete Deployment becomes stable once its template is kept")
    void adopts() {
      assertThat(idle().kept().next(state)).isEqualTo(apply(new Action.KeepTemplate(STABLE)));
      assertThat(recorded(idle().next(state))).isEqualTo(new RolloutState.Idle(new StableRevision(STABLE, NOON)));
    }

    @Test
    @DisplayName("A rolling Deployment is waited for")
    void waitsForRoll() {
      var rolling = idle().fleet(10, Set.of(STABLE, THIRD), false);
      assertThat(waits(rolling.next(state)).reason()).isEqualTo(Reason.WaitingForStable);
    }

    @Test
    @DisplayName("A Deployment paused with another template: what runs is stable, the template is the candidate")
    void adoptsWhatRuns() {
      assertThat(recorded(held().next(state))).isEqualTo(new RolloutState.Idle(new StableRevision(STABLE, NOON)));
    }

    @Test
    @DisplayName("A Deployment with zero pods is adopted as it is")
    void adoptsEmpty() {
      assertThat(recorded(idle().fleet(0, Set.of(), true).next(state))).isInstanceOf(RolloutState.Idle.class);
    }
  }

  @Nested
  class Idle {

    private final RolloutState state = new RolloutState.Idle(RUNNING);

    @Test
    @DisplayName("Nothing changed, nothing is written")
    void quiet() {
      assertThat(waits(idle().next(state)).kind()).isEqualTo(Report.Kind.READY);
    }

    @Test
    @DisplayName("A held template other than stable's starts a trial")
    void starts() {
      assertThat(recorded(held().next(state)))
          .isEqualTo(new RolloutState.Starting(RUNNING, new Candidate(CANDIDATE, NOON)));
    }

    @Test
    @DisplayName("A vetoed template stays held, with the veto's own words")
    void refusesVetoed() {
      var veto = new Veto(CANDIDATE, Reason.SignatureRegressed, "63 of 9,120 requests", NOON);
      var decision = held().next(Seen.recorded(state, veto));
      assertThat(recorded(decision)).isInstanceOf(RolloutState.Vetoed.class);
      assertThat(((Decision.Transition) decision).report().message()).isEqualTo("63 of 9,120 requests");
    }

    @Test
    @DisplayName("A weight that pods cannot reach stalls and leaves the Deployment held")
    void unreachable() {
      var three = held().fleet(3, Set.of(STABLE), false);
      assertThat(waits(three.next(state)).reason()).isEqualTo(Reason.WeightNotReachable);
    }

    @Test
    @DisplayName("With zero stable pods there is nothing to compare: the candidate is promoted")
    void nothingToCompare() {
      assertThat(recorded(held().fleet(0, Set.of(), false).next(state)))
          .isEqualTo(new RolloutState.Promoting(RUNNING, new Candidate(CANDIDATE, NOON), NOON, 8));
    }

    @Test
    @DisplayName("A candidate that nobody held is followed, not judged")
    void notHeld() {
      assertThat(recorded(held().hold(false, 0).next(state))).isInstanceOf(RolloutState.Overridden.class);
    }

    @Test
    @DisplayName("A canary left over is scaled to zero, waited for, then deleted")
    void removesCanary() {
      assertThat(idle().canary(CANDIDATE, 3, 3).next(state)).isEqualTo(apply(new Action.ScaleCanary(3, 0)));
      assertThat(waits(idle().canary(new Canary.Present(CANDIDATE, 0, 2, 0, false, null, null)).next(state)).reason())
          .isEqualTo(Reason.RemovingCanary);
      assertThat(idle().canary(CANDIDATE, 0, 0).next(state)).isEqualTo(apply(new Action.DeleteCanary()));
    }
  }

  @Nested
  class Starting {

    private final RolloutState state = new RolloutState.Starting(RUNNING, TRIED);

    @Test
    @DisplayName("The Analysis is opened with the plan frozen, then the canary created with no pods, then the step recorded")
    void order() {
      assertThat(held().next(state))
          .isEqualTo(apply(new Action.OpenAnalysis(RUNNING, TRIED, List.of(Seen.TEN, Seen.HALF))));
      assertThat(held().ruling(STAY).next(state)).isEqualTo(apply(new Action.Guard()));
      assertThat(held().ruling(STAY).guarded().next(state)).isEqualTo(apply(new Action.CreateCanary(TRIED)));
      assertThat(recorded(held().ruling(STAY).canary(CANDIDATE, 0, 0).next(state)))
          .isEqualTo(new RolloutState.Raising(RUNNING, TRIED, 0, NOON));
    }

    @Test
    @DisplayName("The canary of an earlier candidate is removed first")
    void removesStale() {
      assertThat(held().ruling(STAY).canary(THIRD, 1, 1).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
    }

    @Test
    @DisplayName("A Deployment with the canary's name that is not ours stalls")
    void nameConflict() {
      var foreign = held().ruling(STAY).canary(new Canary.Foreign("x-canary"));
      assertThat(waits(foreign.next(state)).reason()).isEqualTo(Reason.NameConflict);
    }
  }

  @Nested
  class Raising {

    private final RolloutState state = new RolloutState.Raising(RUNNING, TRIED, 0, NOON.minusSeconds(20));

    @Test
    @DisplayName("The canary is scaled to the approved share, and the step starts when all its pods are ready")
    void raises() {
      assertThat(held().ruling(STAY).canary(CANDIDATE, 0, 0).next(state))
          .isEqualTo(apply(new Action.ScaleCanary(0, 1)));
      assertThat(waits(held().ruling(STAY).canary(CANDIDATE, 1, 0).next(state)).reason())
          .isEqualTo(Reason.CanaryStarting);
      assertThat(recorded(held().ruling(STAY).canary(CANDIDATE, 1, 1).next(state)))
          .isEqualTo(new RolloutState.Stepping(RUNNING, TRIED, 0, NOON));
    }

    @Test
    @DisplayName("Pods not ready at the deadline condemn the candidate with the pod's reason")
    void deadline() {
      var late = new RolloutState.Raising(RUNNING, TRIED, 0, NOON.minusSeconds(600));
      var seen = held().ruling(STAY)
          .canary(new Canary.Present(CANDIDATE, 1, 1, 0, false, null, "pod x-1: ImagePullBackOff"));
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
  }

  @Nested
  class Stepping {

    private final RolloutState state = new RolloutState.Stepping(RUNNING, TRIED, 0, NOON.minusSeconds(20));
    private final Seen serving = held().canary(CANDIDATE, 1, 1);

    @Test
    @DisplayName("Without a ruling for this very step it stays")
    void stays() {
      assertThat(waits(serving.ruling(STAY).next(state)).message()).isEqualTo("12 of 500 requests.");
      assertThat(waits(serving.ruling(new Attempt.Advance(1, Seen.STARTED, "")).next(state)).reason())
          .isEqualTo(Reason.Collecting);
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
      var last = new RolloutState.Stepping(RUNNING, TRIED, 1, NOON.minusSeconds(20));
      var seen = held().canary(CANDIDATE, 10, 10).ruling(new Attempt.Advance(1, Seen.STARTED, "Good."));
      assertThat(waits(seen.next(last)).message()).contains("serin.dev/approve=bbbbbbbbbb/2");
      assertThat(recorded(seen.approved(THIRD, 1).next(last))).isEqualTo(last);
      assertThat(recorded(seen.approved(CANDIDATE, 0).next(last))).isEqualTo(last);
      assertThat(recorded(seen.approved(CANDIDATE, 1).next(last)))
          .isEqualTo(new RolloutState.Promoting(RUNNING, TRIED, NOON, 8));
    }

    @Test
    @DisplayName("A roll back takes the traffic away first, then is recorded with its veto")
    void rollsBack() {
      assertThat(serving.ruling(BAD).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      var decision = serving.canary(CANDIDATE, 0, 0).ruling(BAD).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Vetoed(RUNNING, TRIED));
      assertThat(((Decision.Transition) decision).record().veto(CANDIDATE))
          .contains(new Veto(CANDIDATE, Reason.SignatureRegressed, "63 of 9,120 requests", NOON));
    }

    @Test
    @DisplayName("A return to stable ends the trial without a verdict, traffic first")
    void returned() {
      assertThat(serving.ruling(STAY).live(STABLE).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      var decision = serving.ruling(STAY).live(STABLE).canary(CANDIDATE, 0, 0).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
      assertThat(((Decision.Transition) decision).record().vetoes()).isEmpty();
    }

    @Test
    @DisplayName("A newer template ends the trial: old canary away, then a trial of its own")
    void superseded() {
      assertThat(serving.ruling(STAY).live(THIRD).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(serving.ruling(STAY).live(THIRD).canary(CANDIDATE, 0, 0).next(state))
          .isEqualTo(apply(new Action.DeleteCanary()));
      assertThat(recorded(serving.ruling(STAY).live(THIRD).canary(new Canary.Absent()).next(state)))
          .isEqualTo(new RolloutState.Starting(RUNNING, new Candidate(THIRD, NOON)));
    }

    @Test
    @DisplayName("The canary follows stable: down at once, up when the new stable pods have settled")
    void followsStable() {
      var half = new RolloutState.Stepping(RUNNING, TRIED, 1, NOON);
      var shrunk = held().ruling(STAY).canary(CANDIDATE, 10, 10).fleet(6, Set.of(STABLE), false);
      assertThat(shrunk.next(half)).isEqualTo(apply(new Action.ScaleCanary(10, 6)));
      var fresh = new Fleet(14, 14, 10, Set.of(STABLE), false, false, Duration.ofMinutes(10));
      assertThat(held().ruling(STAY).canary(CANDIDATE, 10, 10).fleet(fresh).next(half))
          .isInstanceOf(Decision.Wait.class);
      assertThat(held().ruling(STAY).canary(CANDIDATE, 10, 10).fleet(14, Set.of(STABLE), false).next(half))
          .isEqualTo(apply(new Action.ScaleCanary(10, 14)));
    }

    @Test
    @DisplayName("A canary that vanished starts the trial again at the first step")
    void vanished() {
      assertThat(recorded(serving.ruling(STAY).canary(new Canary.Absent()).next(state)))
          .isEqualTo(new RolloutState.Starting(RUNNING, TRIED));
    }
  }

  @Nested
  class Promoting {

    private final RolloutState state = new RolloutState.Promoting(RUNNING, TRIED, NOON.minusSeconds(20), 7);
    private final Seen rolling = held().canary(CANDIDATE, 10, 10).ruling(GOOD).hold(false, 7).fleet(10,
        Set.of(STABLE, CANDIDATE), false);

    @Test
    @DisplayName("The Deployment is resumed once; a later pause is a person's and is left alone")
    void resumesOnce() {
      assertThat(rolling.hold(true, 3).next(state)).isEqualTo(apply(new Action.Resume(7, CANDIDATE)));
      assertThat(waits(rolling.next(state)).reason()).isEqualTo(Reason.Promoting);
      assertThat(waits(rolling.hold(true, 7).next(state)).reason()).isEqualTo(Reason.PausedByPerson);
    }

    @Test
    @DisplayName("When complete, the template is kept and the candidate recorded as stable; the former one is history")
    void completes() {
      var complete = rolling.fleet(10, Set.of(CANDIDATE), true);
      assertThat(complete.next(state)).isEqualTo(apply(new Action.KeepTemplate(CANDIDATE)));
      var decision = complete.kept(STABLE, CANDIDATE).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Idle(new StableRevision(CANDIDATE, NOON)));
      assertThat(((Decision.Transition) decision).record().history()).containsExactly(RUNNING);
    }

    @Test
    @DisplayName("A roll back on the way records the veto and restores stable")
    void rollsBack() {
      assertThat(rolling.ruling(BAD).next(state)).isEqualTo(apply(new Action.ScaleCanary(10, 0)));
      var decision = rolling.canary(CANDIDATE, 0, 0).ruling(BAD).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
      assertThat(((Decision.Transition) decision).record().veto(CANDIDATE)).isPresent();
    }

    @Test
    @DisplayName("No progress within the deadline, or a deleted canary, restores stable too")
    void stops() {
      var overdue = new Fleet(10, 8, 8, Set.of(STABLE, CANDIDATE), false, true, Duration.ofMinutes(10));
      assertThat(veto(rolling.canary(CANDIDATE, 0, 0).fleet(overdue).next(state)))
          .isEqualTo(Reason.ProgressDeadlineExceeded);
      assertThat(veto(rolling.canary(new Canary.Absent()).next(state))).isEqualTo(Reason.CanaryVanished);
    }

    private static Reason veto(Decision decision) {
      assertThat(recorded(decision)).isInstanceOf(RolloutState.Restoring.class);
      return ((Decision.Transition) decision).record().vetoes().getFirst().reason();
    }
  }

  @Test
  @DisplayName("The number of a resume is above what an earlier Rollout left on the Deployment")
  void ordersAboveEarlierRollouts() {
    var state = new RolloutState.Stepping(RUNNING, TRIED, 1, NOON.minusSeconds(20));
    var seen = held().hold(true, 57).canary(CANDIDATE, 10, 10).ruling(new Attempt.Advance(1, Seen.STARTED, "Good."))
        .approved(CANDIDATE, 1);
    assertThat(recorded(seen.next(state))).isEqualTo(new RolloutState.Promoting(RUNNING, TRIED, NOON, 58));
  }

  @Nested
  class Restoring {

    private final RolloutState state = new RolloutState.Restoring(RUNNING, TRIED, NOON.minusSeconds(20), 7, null);
    private final Seen half = held().hold(false, 5).canary(CANDIDATE, 10, 10).ruling(BAD).fleet(10,
        Set.of(STABLE, CANDIDATE), false);

    @Test
    @DisplayName("The stable template is written, resumed once, waited for; the canary goes last")
    void restores() {
      assertThat(half.next(state)).isEqualTo(apply(new Action.RestoreTemplate(STABLE)));
      assertThat(half.live(STABLE).hold(true, 5).next(state)).isEqualTo(apply(new Action.Resume(7, STABLE)));
      assertThat(half.live(STABLE).hold(false, 7).next(state)).isInstanceOf(Decision.Wait.class);
      assertThat(recorded(half.live(STABLE).hold(false, 7).fleet(10, Set.of(STABLE), true).next(state)))
          .isEqualTo(new RolloutState.Idle(RUNNING));
    }

    @Test
    @DisplayName("The refused template re-applied after the resume gets a restore with a resume of its own")
    void reapplied() {
      assertThat(recorded(half.hold(true, 7).next(state)))
          .isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
    }

    @Test
    @DisplayName("A template pushed before anything was resumed is an ordinary candidate")
    void pushedAgain() {
      assertThat(recorded(held().live(THIRD).next(state)))
          .isEqualTo(new RolloutState.Starting(RUNNING, new Candidate(THIRD, NOON)));
    }
  }

  @Nested
  class Vetoed {

    private final RolloutState state = new RolloutState.Vetoed(RUNNING, TRIED);
    private final RolloutRecord record = Seen.recorded(state,
        new Veto(CANDIDATE, Reason.SignatureRegressed, "63 of 9,120 requests", NOON));

    @Test
    @DisplayName("The canary is removed, then nothing is written any more")
    void holds() {
      assertThat(held().canary(CANDIDATE, 0, 0).next(record)).isEqualTo(apply(new Action.DeleteCanary()));
      assertThat(waits(held().next(record)))
          .isEqualTo(new Report(Report.Kind.STALLED, Reason.SignatureRegressed, "63 of 9,120 requests"));
    }

    @Test
    @DisplayName("Another template is a candidate of its own, the stable one ends the hold")
    void leaves() {
      assertThat(recorded(held().live(THIRD).next(record))).isInstanceOf(RolloutState.Starting.class);
      assertThat(recorded(held().live(STABLE).next(record))).isInstanceOf(RolloutState.Restoring.class);
    }

    @Test
    @DisplayName("A person who resumes the vetoed template wins: the veto is closed")
    void overridden() {
      var decision = held().hold(false, 0).next(record);
      assertThat(recorded(decision)).isInstanceOf(RolloutState.Overridden.class);
      assertThat(((Decision.Transition) decision).record().vetoes()).isEmpty();
    }
  }

  @Nested
  class Overridden {

    private final RolloutState state = new RolloutState.Overridden(RUNNING, TRIED);

    @Test
    @DisplayName("Kubernetes finishes, then the revision is stable and the canary goes")
    void follows() {
      var rolling = held().hold(false, 0).fleet(10, Set.of(STABLE, CANDIDATE), false);
      assertThat(waits(rolling.next(state)).reason()).isEqualTo(Reason.Overridden);
      assertThat(recorded(rolling.kept(STABLE, CANDIDATE).fleet(10, Set.of(CANDIDATE), true).next(state)))
          .isEqualTo(new RolloutState.Idle(new StableRevision(CANDIDATE, NOON)));
    }
  }
}
