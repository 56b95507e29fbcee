package dev.serin.rollout;

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
import static dev.serin.rollout.Seen.idle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation.Leftovers;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.Observation.Stray;
import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.Workload.Fleet;
import dev.serin.rollout.Workload.Hold;
import dev.serin.rollout.Workload.Protection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What comes before the states, and the states in which nothing is under way.
class RolloutMachineTest {

  private static final Protection KEPT_PAUSED = new Protection.KeptPaused();
  private static final Protection UNPROVEN = new Protection.Unproven("Install the chart with hold.policy=true.");

  @Nested
  class AnyState {

    private final Workload missing = new Workload.Missing("community-api");
    private final Workload taken = new Workload.Taken("community-api", "older");

    private Decision with(Workload workload, Canary canary) {
      Observation seen = held().ruling(STAY).observation();
      return RolloutMachine.next(Seen.recorded(new RolloutState.Stepping(RUNNING, TRIED, 0, NOON)),
          new Observation(workload, canary, seen.attempt(), seen.wish(), seen.requests(), seen.tenure(),
              seen.leftovers()),
          NOON);
    }

    @Test
    @DisplayName("A missing Deployment stalls with what to do and changes nothing recorded")
    void missing() {
      var report = waits(with(missing, new Canary.Absent()));
      assertThat(report.reason()).isEqualTo(Reason.WorkloadNotFound);
      assertThat(report.message()).contains("community-api").contains("spec.workloadRef");
    }

    @Test
    @DisplayName("A Deployment of an older Rollout stalls with the name of that Rollout")
    void taken() {
      var report = waits(with(taken, new Canary.Absent()));
      assertThat(report.kind()).isEqualTo(Report.Kind.STALLED);
      assertThat(report.message()).isEqualTo(
          "Deployment community-api already belongs to Rollout older, which is older: delete one of the two Rollouts.");
    }

    @Test
    @DisplayName("Without its Deployment a canary is taken away, and the report still names what is missing")
    void canaryWithoutWorkload() {
      for (Workload workload : List.of(missing, taken)) {
        assertThat(with(workload, present(1, 1))).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
        assertThat(waits(with(workload, present(0, 1))).message()).contains("community-api");
        assertThat(with(workload, present(0, 0))).isEqualTo(apply(new Action.DeleteCanary()));
      }
    }

    private static Canary present(int replicas, int pods) {
      return new Canary.Present(CANDIDATE, replicas, pods, replicas, false, null, null);
    }

    @Test
    @DisplayName("The label comes before everything else: without it nothing holds the Deployment")
    void labelsFirst() {
      assertThat(held().unlabelled().next(new RolloutState.Adopting())).isEqualTo(apply(new Action.LabelWorkload()));
    }

    @Test
    @DisplayName("A Deployment made anew gets the label first too: while an old canary ends, what is pushed is held")
    void labelsAnewFirst() {
      assertThat(held().uid("uid-2").unlabelled().canary(CANDIDATE, 1, 1)
          .next(new RolloutState.Stepping(RUNNING, TRIED, 0, NOON))).isEqualTo(apply(new Action.LabelWorkload()));
    }

    @Test
    @DisplayName("A Deployment made anew is adopted anew, without the canary; the former stable revision is history")
    void madeAnew() {
      var serving = held().uid("uid-2").canary(CANDIDATE, 1, 1);
      var state = new RolloutState.Stepping(RUNNING, TRIED, 0, NOON);
      assertThat(serving.next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(serving.canary(CANDIDATE, 0, 0).next(state)).isEqualTo(apply(new Action.DeleteCanary()));
      var decision = serving.canary(new Canary.Absent()).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Adopting());
      assertThat(record(decision).workloadUid()).isEqualTo("uid-2");
      assertThat(record(decision).history()).containsExactly(RUNNING);
      assertThat(told(decision).message())
          .isEqualTo("The Deployment was deleted and created again: what runs when it is complete becomes stable.");
    }

    @Test
    @DisplayName("Pods of an orphaned canary are withdrawn before anything else, also without a Deployment")
    void straysFirst() {
      var serving = new Leftovers(new Stray("app-canary-5f6", 2, 2), null);
      var empty = new Leftovers(new Stray("app-canary-5f6", 0, 0), null);
      for (Seen seen : List.of(held().unlabelled(), idle(), held().leaving())) {
        assertThat(seen.leftovers(serving).next(new RolloutState.Idle(RUNNING)))
            .isEqualTo(apply(new Action.EmptyStray("app-canary-5f6")));
        assertThat(seen.leftovers(empty).next(new RolloutState.Idle(RUNNING)))
            .isEqualTo(apply(new Action.DeleteStray("app-canary-5f6")));
      }
      Observation seen = idle().leftovers(serving).observation();
      assertThat(RolloutMachine.next(Seen.recorded(new RolloutState.Idle(RUNNING)), new Observation(missing,
          seen.canary(), seen.attempt(), seen.wish(), seen.requests(), seen.tenure(), seen.leftovers()), NOON))
          .isEqualTo(apply(new Action.EmptyStray("app-canary-5f6")));
    }

    @Test
    @DisplayName("While an orphan's pods end, they are not taken for a roll that somebody began")
    void endingStray() {
      var ending = held().leftovers(new Leftovers(new Stray("app-canary-5f6", 0, 1), null)).fleet(10,
          Set.of(STABLE, CANDIDATE), false);
      assertThat(recorded(ending.next(new RolloutState.Idle(RUNNING)))).isInstanceOf(RolloutState.Starting.class);
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
    @DisplayName("What runs everywhere is stable, whatever was said against it before")
    void closesItsVeto() {
      var veto = new Veto(STABLE, Reason.SignatureRegressed, "63 of 9,120 requests", NOON);
      assertThat(record(idle().next(Seen.recorded(state, veto))).vetoes()).isEmpty();
    }

    @Test
    @DisplayName("A Deployment that is to stay paused is paused before it is adopted")
    void pausesFirst() {
      var kept = idle().protection(KEPT_PAUSED, false);
      assertThat(kept.next(state)).isEqualTo(apply(new Action.KeepPaused()));
      assertThat(recorded(kept.hold(true, 0).protection(KEPT_PAUSED, true).next(state)))
          .isInstanceOf(RolloutState.Idle.class);
    }

    @Test
    @DisplayName("A rolling Deployment is waited for")
    void waitsForRoll() {
      var rolling = idle().fleet(10, Set.of(STABLE, THIRD), false);
      assertThat(waits(rolling.next(state)).reason()).isEqualTo(Reason.WaitingForStable);
    }

    @Test
    @DisplayName("A Deployment that somebody paused midway says so: it does not roll by itself")
    void pausedMidway() {
      var midway = held().fleet(10, Set.of(STABLE, CANDIDATE), false);
      assertThat(waits(midway.pausedByPerson(0).next(state)).reason()).isEqualTo(Reason.PausedByPerson);
      var report = waits(midway.next(state));
      assertThat(report.kind()).isEqualTo(Report.Kind.STALLED);
      assertThat(report.reason()).isEqualTo(Reason.WaitingForStable);
      assertThat(report.message()).isEqualTo("The Deployment is paused while its pods run 2 revisions, so none of them "
          + "is stable: run kubectl rollout resume. Serin begins when one revision runs on all pods.");
    }

    @Test
    @DisplayName("A Deployment paused with another template: what runs is stable, the template is the candidate")
    void adoptsWhatRuns() {
      assertThat(recorded(held().next(state))).isEqualTo(new RolloutState.Idle(new StableRevision(STABLE, NOON)));
    }

    @Test
    @DisplayName("A template held beside pods that are not ready is not rolled, and people are told how it is")
    void heldBesideUnready() {
      for (int ready : List.of(0, 1)) {
        var broken = held().fleet(
            new Fleet(3, ready, ready, ready, Set.of(STABLE), Fleet.Roll.UNDER_WAY, false, Duration.ofMinutes(10)));
        assertThat(waits(broken.next(state))).isEqualTo(new Report(Report.Kind.RECONCILING, Reason.WaitingForStable,
            "The Deployment is paused while " + ready
                + " of 3 pods of the revision that runs are ready. Serin begins when "
                + "all are; to roll what is held at once, run kubectl rollout resume."));
      }
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
      var report = waits(idle().next(state));
      assertThat(report.kind()).isEqualTo(Report.Kind.READY);
      assertThat(report.message()).isEqualTo("Revision aaaaaaaaaa is stable; the next template change is held.");
    }

    @Test
    @DisplayName("A canary left over is scaled to zero, waited for, then deleted")
    void removesCanary() {
      assertThat(idle().canary(CANDIDATE, 3, 3).next(state)).isEqualTo(apply(new Action.ScaleCanary(3, 0)));
      assertThat(waits(idle().canary(new Canary.Present(CANDIDATE, 0, 2, 0, false, null, null)).next(state)))
          .isEqualTo(new Report(Report.Kind.RECONCILING, Reason.RemovingCanary,
              "The canary gets no more traffic; 2 pods are ending."));
      assertThat(idle().canary(CANDIDATE, 0, 0).next(state)).isEqualTo(apply(new Action.DeleteCanary()));
    }

    @Test
    @DisplayName("A kept template that got lost is kept again")
    void keepsAgain() {
      assertThat(idle().kept().next(state)).isEqualTo(apply(new Action.KeepTemplate(STABLE)));
    }

    @Test
    @DisplayName("Where nothing else holds templates, the Deployment is kept paused; afterwards it is resumed again")
    void keepsPaused() {
      assertThat(idle().protection(KEPT_PAUSED, false).next(state)).isEqualTo(apply(new Action.KeepPaused()));
      assertThat(idle().hold(true, 0).protection(KEPT_PAUSED, false).next(state))
          .isEqualTo(apply(new Action.KeepPaused()));
      assertThat(waits(idle().hold(true, 0).protection(KEPT_PAUSED, true).next(state)).kind())
          .isEqualTo(Report.Kind.READY);
      assertThat(idle().hold(true, 0).protection(new Protection.Policy(), true).next(state))
          .isEqualTo(apply(new Action.EndKeepingPaused()));
    }

    @Test
    @DisplayName("Where nothing holds templates at all, the Rollout is stalled with what to change, and stable")
    void notHeld() {
      assertThat(waits(idle().protection(UNPROVEN, false).next(state))).isEqualTo(
          new Report(Report.Kind.STALLED, Reason.HoldNotGuaranteed, "Install the chart with hold.policy=true."));
    }

    @Test
    @DisplayName("A strategy that ends all stable pods at once stalls with what to change")
    void unsafe() {
      assertThat(waits(idle().unsafe("Set spec.strategy.type to RollingUpdate.").next(state))).isEqualTo(
          new Report(Report.Kind.STALLED, Reason.UnsafeStrategy, "Set spec.strategy.type to RollingUpdate."));
    }

    @Test
    @DisplayName("Paused with the stable template while others have pods, it is resumed: nobody is told that all is well")
    void partlyStable() {
      var partly = idle().hold(true, 3).fleet(10, Set.of(STABLE, THIRD), false);
      var decision = partly.next(state);
      assertThat(recorded(decision))
          .isEqualTo(new RolloutState.Restoring(RUNNING, new Candidate(THIRD, NOON), NOON, 8, null));
      assertThat(told(decision).message()).isEqualTo("The Deployment is paused with the template of stable aaaaaaaaaa "
          + "while other revisions have pods: it is resumed.");
      assertThat(waits(partly.hold(false, 3).next(state)).reason()).isEqualTo(Reason.Stable);
    }
  }

  @Nested
  class Vetoed {

    private final Veto veto = new Veto(CANDIDATE, Reason.SignatureRegressed, "63 of 9,120 requests", NOON);
    private final RolloutRecord record = Seen.recorded(new RolloutState.Vetoed(RUNNING, TRIED), veto);

    @Test
    @DisplayName("The canary is removed, then nothing is written any more, however often the template is applied")
    void holds() {
      assertThat(held().canary(CANDIDATE, 1, 1).next(record)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(held().canary(CANDIDATE, 0, 0).next(record)).isEqualTo(apply(new Action.DeleteCanary()));
      assertThat(waits(held().next(record)))
          .isEqualTo(new Report(Report.Kind.STALLED, Reason.SignatureRegressed, "63 of 9,120 requests"));
    }

    @Test
    @DisplayName("Another template is a candidate of its own, the stable one ends the hold")
    void leaves() {
      assertThat(recorded(held().live(THIRD).next(record))).isInstanceOf(RolloutState.Starting.class);
      assertThat(recorded(held().live(STABLE).next(record)))
          .isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
    }

    @Test
    @DisplayName("A person who resumes the vetoed template wins: the veto is closed")
    void overridden() {
      var decision = held().hold(new Hold(false, false, 0, false, "kubectl-rollout", new Protection.Policy()))
          .next(record);
      assertThat(recorded(decision)).isInstanceOf(RolloutState.Overridden.class);
      assertThat(record(decision).vetoes()).isEmpty();
      assertThat(told(decision).message()).isEqualTo("The Deployment was resumed by kubectl-rollout: Kubernetes rolls "
          + "bbbbbbbbbb out, Serin does not judge it.");
    }

    @Test
    @DisplayName("A vetoed template that was resumed and paused midway goes back to stable, and is held again after that")
    void stoppedMidway() {
      var midway = held().fleet(10, Set.of(STABLE, CANDIDATE), false);
      assertThat(midway.next(record)).isEqualTo(apply(new Action.KeepTemplate(CANDIDATE)));
      var decision = midway.kept(STABLE, CANDIDATE).next(record);
      assertThat(recorded(decision)).isEqualTo(
          new RolloutState.Restoring(RUNNING, new Candidate(CANDIDATE, NOON), NOON, 8, CANDIDATE));
      assertThat(record(decision).vetoes()).containsExactly(veto);
      assertThat(told(decision).message()).isEqualTo("Revision bbbbbbbbbb had begun to roll and was stopped: it is "
          + "kept, stable is restored first, then it is held again.");
    }

    @Test
    @DisplayName("A retry closes the veto once: the trial begins anew at the first step")
    void retried() {
      var decision = held().asked(null, "bbbbbbbbbb").next(record);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Starting(RUNNING, new Candidate(CANDIDATE, NOON)));
      assertThat(record(decision).vetoes()).isEmpty();
      assertThat(record(decision).consumed()).isEqualTo(new Requests(null, "bbbbbbbbbb"));
      assertThat(told(decision).message()).isEqualTo(
          "The veto of revision bbbbbbbbbb was closed by serin.dev/retry: it is tried again from the first step.");
      // Vetoed again, the same annotation is not a second retry.
      var again = new RolloutRecord(9, Seen.UID, record.vetoes(), List.of(), record(decision).consumed(),
          record.state());
      assertThat(waits(held().asked(null, "bbbbbbbbbb").next(again)).kind()).isEqualTo(Report.Kind.STALLED);
    }
  }

  @Test
  @DisplayName("Every report that waits says when it looks again at the latest")
  void looksAgain() {
    assertThat(idle().next(new RolloutState.Idle(RUNNING))).isInstanceOfSatisfying(Decision.Wait.class,
        wait -> assertThat(wait.lookAgain()).isEqualTo(Duration.ofMinutes(10)));
    assertThat(held().fleet(10, Set.of(STABLE, THIRD), false).hold(false, 0).next(new RolloutState.Adopting()))
        .isInstanceOfSatisfying(Decision.Wait.class,
            wait -> assertThat(wait.lookAgain()).isEqualTo(Duration.ofSeconds(5)));
  }
}
