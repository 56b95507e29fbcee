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
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The states in which Kubernetes rolls the Deployment.
class RollingTest {

  private static final Protection KEPT_PAUSED = new Protection.KeptPaused();
  private static final Set<Revision> BOTH = Set.of(STABLE, CANDIDATE);
  private static final Fleet OVERDUE = new Fleet(10, 8, 8, 8, BOTH, Fleet.Roll.UNDER_WAY, true, Duration.ofMinutes(10));
  private static final Veto VETO = new Veto(CANDIDATE, Reason.SignatureRegressed, "63 of 9,120 requests", NOON);

  private static RolloutRecord trusting(Revision former, RolloutState state) {
    return new RolloutRecord(7, Seen.UID, List.of(), List.of(new StableRevision(former, NOON.minusSeconds(9000))),
        Requests.NONE, state);
  }

  @Nested
  class Promoting {

    private final RolloutState state = new RolloutState.Promoting(RUNNING, TRIED, NOON.minusSeconds(20), 7);
    private final Seen ordered = held().canary(CANDIDATE, 10, 10).ruling(GOOD);
    private final Seen rolling = ordered.hold(false, 7).fleet(10, BOTH, false);

    @Test
    @DisplayName("The Deployment is resumed once; a later pause is a person's and is left alone")
    void resumesOnce() {
      assertThat(rolling.hold(true, 3).next(state)).isEqualTo(apply(new Action.Resume(7, CANDIDATE)));
      assertThat(waits(rolling.next(state)).message()).isEqualTo("Kubernetes rolls revision bbbbbbbbbb out.");
      assertThat(waits(rolling.pausedByPerson(7).next(state)).message()).isEqualTo(
          "The Deployment was paused while revision bbbbbbbbbb rolled; run kubectl rollout resume to go on.");
    }

    @Test
    @DisplayName("A Deployment that a person paused before our resume stays paused")
    void pausedBefore() {
      assertThat(waits(rolling.pausedByPerson(0).next(state)).reason()).isEqualTo(Reason.PausedByPerson);
    }

    @Test
    @DisplayName("Held again by the policy on the way, because its template changed and came back, it goes on by a new order after ten seconds")
    void heldAgain() {
      assertThat(recorded(rolling.hold(true, 7).next(state)))
          .isEqualTo(new RolloutState.Promoting(RUNNING, TRIED, NOON, 8));
      var ordered = new RolloutState.Promoting(RUNNING, TRIED, NOON.minusSeconds(4), 7);
      assertThat(rolling.hold(true, 7).next(ordered)).isInstanceOfSatisfying(Decision.Wait.class,
          wait -> assertThat(wait.lookAgain()).isEqualTo(Duration.ofSeconds(6)));
    }

    @Test
    @DisplayName("No progress counts also where the number of our resume is lost: it is unpaused, so it rolls")
    void overdueWithoutNumber() {
      assertThat(ordered.hold(false, 0).fleet(OVERDUE).next(state)).isInstanceOfSatisfying(Decision.Apply.class,
          decision -> assertThat(decision.action()).isInstanceOf(Action.Condemn.class));
    }

    @Test
    @DisplayName("When complete, the template is kept and the candidate recorded as stable; the former one is history")
    void completes() {
      var complete = rolling.fleet(10, Set.of(CANDIDATE), true);
      assertThat(complete.next(state)).isEqualTo(apply(new Action.KeepTemplate(CANDIDATE)));
      var decision = complete.kept(STABLE, CANDIDATE).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Idle(new StableRevision(CANDIDATE, NOON)));
      assertThat(record(decision).history()).containsExactly(RUNNING);
    }

    @Test
    @DisplayName("Rolled out at once it is not stable at once: half of its pods must have been judged warm")
    void watchesWhatWasRolled() {
      Fleet fresh = new Fleet(10, 10, 10, 4, Set.of(CANDIDATE), Fleet.Roll.COMPLETE, false, Duration.ofMinutes(10));
      assertThat(waits(rolling.fleet(fresh).kept(STABLE, CANDIDATE).next(state)).message())
          .isEqualTo("Revision bbbbbbbbbb "
              + "runs on all pods; it is stable when half of them have been ready for analysis.warmup and three windows, so that "
              + "they were judged too.");
      Fleet seen = new Fleet(10, 10, 10, 5, Set.of(CANDIDATE), Fleet.Roll.COMPLETE, false, Duration.ofMinutes(10));
      assertThat(recorded(rolling.fleet(seen).kept(STABLE, CANDIDATE).next(state)))
          .isInstanceOf(RolloutState.Idle.class);
    }

    @Test
    @DisplayName("A Deployment that is to stay paused is paused again before its new stable revision is recorded")
    void pausesFirst() {
      var complete = rolling.fleet(10, Set.of(CANDIDATE), true).kept(STABLE, CANDIDATE);
      assertThat(complete.protection(KEPT_PAUSED, false).next(state)).isEqualTo(apply(new Action.KeepPaused()));
      assertThat(recorded(complete.hold(true, 7).protection(KEPT_PAUSED, true).next(state)))
          .isEqualTo(new RolloutState.Idle(new StableRevision(CANDIDATE, NOON)));
    }

    @Test
    @DisplayName("A roll back on the way takes the traffic away, records the veto and restores stable")
    void rollsBack() {
      assertThat(rolling.ruling(BAD).next(state)).isEqualTo(apply(new Action.ScaleCanary(10, 0)));
      var decision = rolling.canary(CANDIDATE, 0, 0).ruling(BAD).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
      assertThat(record(decision).veto(CANDIDATE)).contains(VETO);
      assertThat(told(decision).message()).isEqualTo("63 of 9,120 requests");
    }

    @Test
    @DisplayName("Refused before it was resumed, the template changes first: a resume that is on its way then fails")
    void refusedBeforeResume() {
      var refused = ordered.hold(true, 3).ruling(BAD);
      assertThat(refused.next(state)).isEqualTo(apply(new Action.ScaleCanary(10, 0)));
      assertThat(refused.canary(CANDIDATE, 0, 0).next(state)).isEqualTo(apply(new Action.RestoreTemplate(STABLE)));
      var decision = refused.canary(CANDIDATE, 0, 0).live(STABLE).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
      assertThat(record(decision).veto(CANDIDATE)).contains(VETO);
    }

    @Test
    @DisplayName("No progress within the deadline, or a deleted canary, condemns the candidate in its Analysis")
    void stops() {
      assertThat(rolling.fleet(OVERDUE).next(state)).isEqualTo(
          apply(new Action.Condemn(new Attempt.RollBack(Reason.ProgressDeadlineExceeded, "Rolled back: the promoted "
              + "Deployment made no progress for 600 s (progressDeadlineSeconds), 8 of 10 pods are ready. The stable "
              + "template is restored."))));
      assertThat(rolling.canary(new Canary.Absent()).next(state)).isEqualTo(
          apply(new Action.Condemn(new Attempt.RollBack(Reason.CanaryVanished, "Rolled back: the canary of bbbbbbbbbb "
              + "was deleted while it was promoting, which stops the promotion. The stable template is restored."))));
    }

    @Test
    @DisplayName("A promotion without a trial has no Analysis: without progress its veto is recorded at once")
    void stopsWithoutAnalysis() {
      var decision = held().hold(false, 7).fleet(OVERDUE).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
      assertThat(record(decision).vetoes()).extracting(Veto::reason).containsExactly(Reason.ProgressDeadlineExceeded);
    }

    @Test
    @DisplayName("The condition of the roll before the resume stops nothing")
    void overdueBefore() {
      assertThat(ordered.hold(true, 3).fleet(OVERDUE).next(state)).isEqualTo(apply(new Action.Resume(7, CANDIDATE)));
    }

    @Test
    @DisplayName("The stable template pushed on the way ends the promotion without a verdict")
    void returned() {
      assertThat(rolling.live(STABLE).next(state)).isEqualTo(apply(new Action.ScaleCanary(10, 0)));
      var decision = rolling.live(STABLE).canary(CANDIDATE, 0, 0).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
      assertThat(record(decision).vetoes()).isEmpty();
    }

    @Test
    @DisplayName("A third template: the canary is withdrawn, the template kept, then stable restored with it as next")
    void third() {
      var pushed = rolling.live(THIRD).hold(true, 7);
      assertThat(pushed.next(state)).isEqualTo(apply(new Action.ScaleCanary(10, 0)));
      assertThat(pushed.canary(CANDIDATE, 0, 0).next(state)).isEqualTo(apply(new Action.KeepTemplate(THIRD)));
      var decision = pushed.canary(CANDIDATE, 0, 0).kept(STABLE, THIRD).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, THIRD));
      assertThat(told(decision).message())
          .isEqualTo("Template cccccccccc was pushed while bbbbbbbbbb was rolling: it is "
              + "kept, stable is restored first, then its trial begins.");
    }

    @Test
    @DisplayName("The verdict comes before a third template, which is still tried afterwards")
    void verdictBeforeThird() {
      var pushed = rolling.live(THIRD).hold(true, 7).canary(CANDIDATE, 0, 0).ruling(BAD);
      assertThat(pushed.next(state)).isEqualTo(apply(new Action.KeepTemplate(THIRD)));
      var decision = pushed.kept(STABLE, THIRD).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, THIRD));
      assertThat(record(decision).veto(CANDIDATE)).contains(VETO);
    }

    @Test
    @DisplayName("A third template that was stable before is promoted at once, without a way back")
    void thirdKnownGood() {
      var pushed = rolling.live(THIRD).hold(true, 7);
      assertThat(pushed.next(trusting(THIRD, state))).isEqualTo(apply(new Action.ScaleCanary(10, 0)));
      assertThat(recorded(pushed.canary(CANDIDATE, 0, 0).next(trusting(THIRD, state))))
          .isEqualTo(new RolloutState.Promoting(RUNNING, new Candidate(THIRD, NOON), NOON, 8));
    }

    @Test
    @DisplayName("A third template after the roll was over undoes nothing: the candidate is recorded as stable first")
    void thirdAfterCompletion() {
      var over = rolling.live(THIRD).hold(true, 7).fleet(10, Set.of(CANDIDATE), false).kept(STABLE, CANDIDATE);
      assertThat(recorded(over.next(state))).isEqualTo(new RolloutState.Idle(new StableRevision(CANDIDATE, NOON)));
    }

    @Test
    @DisplayName("A third template that somebody released is followed")
    void thirdReleased() {
      var released = rolling.live(THIRD).canary(CANDIDATE, 0, 0);
      assertThat(recorded(released.next(state)))
          .isEqualTo(new RolloutState.Overridden(RUNNING, new Candidate(THIRD, NOON)));
    }

    @Test
    @DisplayName("Where only our pausing holds templates, one pushed while we roll is stopped, and one resumed followed")
    void thirdUnheld() {
      var pushed = rolling.live(THIRD).canary(CANDIDATE, 0, 0);
      assertThat(pushed.protection(KEPT_PAUSED, false).next(state)).isEqualTo(apply(new Action.KeepPaused()));
      assertThat(recorded(pushed.protection(KEPT_PAUSED, true).next(state)))
          .isEqualTo(new RolloutState.Overridden(RUNNING, new Candidate(THIRD, NOON)));
    }

    @Test
    @DisplayName("With zero pods it is complete as soon as it is resumed")
    void withoutPods() {
      var empty = held().fleet(0, Set.of(), true).kept(STABLE, CANDIDATE);
      assertThat(empty.hold(true, 3).next(state)).isEqualTo(apply(new Action.Resume(7, CANDIDATE)));
      assertThat(recorded(empty.hold(false, 7).next(state)))
          .isEqualTo(new RolloutState.Idle(new StableRevision(CANDIDATE, NOON)));
    }
  }

  @Nested
  class Restoring {

    private final RolloutState state = restoring(NOON.minusSeconds(20), null);
    private final Seen half = held().hold(false, 5).canary(CANDIDATE, 10, 10).ruling(BAD).fleet(10, BOTH, false);

    private static RolloutState restoring(Instant since, @Nullable Revision next) {
      return new RolloutState.Restoring(RUNNING, TRIED, since, 7, next);
    }

    @Test
    @DisplayName("The stable template is written, resumed once, waited for; the canary goes last")
    void restores() {
      assertThat(half.next(state)).isEqualTo(apply(new Action.RestoreTemplate(STABLE)));
      assertThat(half.live(STABLE).hold(true, 5).next(state)).isEqualTo(apply(new Action.Resume(7, STABLE)));
      assertThat(waits(half.live(STABLE).hold(false, 7).next(state)).message())
          .isEqualTo("The Deployment goes back to stable aaaaaaaaaa.");
      assertThat(recorded(half.live(STABLE).hold(false, 7).fleet(10, Set.of(STABLE), true).next(state)))
          .isEqualTo(new RolloutState.Idle(RUNNING));
    }

    @Test
    @DisplayName("Stable is back when all pods run it, ready or not; a way back that makes no progress says so")
    void backWhenPlaced() {
      var placed = new Fleet(10, 9, 9, 9, Set.of(STABLE), Fleet.Roll.PLACED, true, Duration.ofMinutes(10));
      assertThat(recorded(half.live(STABLE).hold(false, 7).fleet(placed).next(state)))
          .isEqualTo(new RolloutState.Idle(RUNNING));
      assertThat(
          half.live(STABLE).hold(false, 7).fleet(placed).kept(STABLE, THIRD).protection(new Protection.Policy(), false)
              .next(restoring(NOON, THIRD)))
          .isEqualTo(apply(new Action.RestoreTemplate(THIRD)));
      assertThat(waits(half.live(STABLE).hold(false, 7).fleet(OVERDUE).next(state))).isEqualTo(new Report(
          Report.Kind.STALLED, Reason.ProgressDeadlineExceeded,
          "The way back to stable aaaaaaaaaa made no progress for "
              + "600 s (progressDeadlineSeconds): 8 of 10 pods are ready. Look at the Deployment's pods; Serin goes on "
              + "when all of them run stable."));
    }

    @Test
    @DisplayName("Paused by a person after the resume, it waits and says so; meanwhile people read the verdict")
    void reports() {
      assertThat(waits(half.live(STABLE).pausedByPerson(7).next(state)).reason()).isEqualTo(Reason.PausedByPerson);
      assertThat(waits(half.live(STABLE).hold(false, 7).next(Seen.recorded(state, VETO))))
          .isEqualTo(new Report(Report.Kind.RECONCILING, Reason.SignatureRegressed, "63 of 9,120 requests"));
    }

    @Test
    @DisplayName("Held again by the policy, because the refused template came and went, the way back goes on by a new order after ten seconds")
    void heldAgain() {
      var heldAgain = half.live(STABLE).hold(true, 7);
      assertThat(recorded(heldAgain.next(state))).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
      assertThat(recorded(heldAgain.next(restoring(NOON.minusSeconds(60), THIRD))))
          .isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, THIRD));
      assertThat(heldAgain.next(restoring(NOON.minusSeconds(4), null))).isInstanceOfSatisfying(Decision.Wait.class,
          wait -> assertThat(wait.lookAgain()).isEqualTo(Duration.ofSeconds(6)));
    }

    @Test
    @DisplayName("The refused template applied again after the resume is answered once in ten seconds")
    void reapplied() {
      assertThat(recorded(half.hold(true, 7).next(state)))
          .isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
      assertThat(half.hold(true, 7).next(restoring(NOON.minusSeconds(4), null))).isInstanceOfSatisfying(
          Decision.Wait.class, wait -> assertThat(wait.lookAgain()).isEqualTo(Duration.ofSeconds(6)));
    }

    @Test
    @DisplayName("The refused template released by a person after the resume is followed")
    void released() {
      var decision = half.hold(false, 7).canary(new Canary.Absent()).next(Seen.recorded(state, VETO));
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Overridden(RUNNING, new Candidate(CANDIDATE, NOON)));
      assertThat(record(decision).vetoes()).isEmpty();
    }

    @Test
    @DisplayName("Where only our pausing holds templates, the refused one pushed while stable rolls back is stopped")
    void unheld() {
      var pushed = half.hold(false, 7).canary(new Canary.Absent());
      assertThat(pushed.protection(KEPT_PAUSED, false).next(Seen.recorded(state, VETO)))
          .isEqualTo(apply(new Action.KeepPaused()));
    }

    @Test
    @DisplayName("A template pushed before anything was resumed is an ordinary candidate")
    void pushedAgain() {
      assertThat(recorded(held().live(THIRD).next(state)))
          .isEqualTo(new RolloutState.Starting(RUNNING, new Candidate(THIRD, NOON)));
    }

    @Test
    @DisplayName("A third template is kept and comes next; a fourth one takes its place")
    void third() {
      var pushed = half.live(THIRD).hold(true, 5).canary(CANDIDATE, 0, 0);
      assertThat(pushed.next(state)).isEqualTo(apply(new Action.KeepTemplate(THIRD)));
      assertThat(recorded(pushed.kept(STABLE, THIRD).next(state)))
          .isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, THIRD));
      var fourth = new Revision("dddddddddd");
      assertThat(recorded(pushed.live(fourth).kept(STABLE, THIRD, fourth).next(restoring(NOON, THIRD))))
          .isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, fourth));
    }

    @Test
    @DisplayName("When stable is whole, the next template is written back and tried")
    void next() {
      var whole = half.live(STABLE).hold(false, 7).fleet(10, Set.of(STABLE), true).kept(STABLE, THIRD);
      assertThat(whole.next(restoring(NOON, THIRD))).isEqualTo(apply(new Action.RestoreTemplate(THIRD)));
      assertThat(recorded(held().live(THIRD).kept(STABLE, THIRD).next(restoring(NOON, THIRD))))
          .isEqualTo(new RolloutState.Starting(RUNNING, new Candidate(THIRD, NOON)));
    }

    @Test
    @DisplayName("Where no policy holds it, the Deployment is paused before the next template is written")
    void nextIsHeld() {
      var whole = half.live(STABLE).hold(false, 7).fleet(10, Set.of(STABLE), true).kept(STABLE, THIRD);
      for (Protection protection : List.of(KEPT_PAUSED, new Protection.Unproven("Install the policy."))) {
        var unpaused = whole.protection(protection, false);
        assertThat(unpaused.next(restoring(NOON, THIRD))).isEqualTo(apply(new Action.KeepPaused()));
        assertThat(unpaused.hold(true, 7).next(restoring(NOON, THIRD)))
            .isEqualTo(apply(new Action.RestoreTemplate(THIRD)));
      }
    }

    @Test
    @DisplayName("A next template that somebody released is followed, not taken back")
    void nextReleased() {
      var released = half.live(THIRD).hold(false, 5).kept(STABLE, THIRD).canary(new Canary.Absent());
      assertThat(recorded(released.next(restoring(NOON, THIRD))))
          .isEqualTo(new RolloutState.Overridden(RUNNING, new Candidate(THIRD, NOON)));
    }

    @Test
    @DisplayName("A Deployment that is to stay paused is paused again before rest is recorded")
    void pausesFirst() {
      var whole = half.live(STABLE).hold(false, 7).fleet(10, Set.of(STABLE), true);
      assertThat(whole.protection(KEPT_PAUSED, false).next(state)).isEqualTo(apply(new Action.KeepPaused()));
      assertThat(recorded(whole.hold(true, 7).protection(KEPT_PAUSED, true).next(state)))
          .isEqualTo(new RolloutState.Idle(RUNNING));
    }
  }

  @Nested
  class Overridden {

    private final RolloutState state = new RolloutState.Overridden(RUNNING, TRIED);
    private final Seen rolling = held().hold(false, 0).fleet(10, BOTH, false);

    @Test
    @DisplayName("Kubernetes finishes, then the revision is stable and the canary goes")
    void follows() {
      assertThat(waits(rolling.next(state)).reason()).isEqualTo(Reason.Overridden);
      assertThat(recorded(rolling.kept(STABLE, CANDIDATE).fleet(10, Set.of(CANDIDATE), true).next(state)))
          .isEqualTo(new RolloutState.Idle(new StableRevision(CANDIDATE, NOON)));
    }

    @Test
    @DisplayName("Stopped on the way, nobody meets the version's canary any more; scaled down, the canary shrinks")
    void canaryFollows() {
      var rolling = held().hold(false, 0).canary(CANDIDATE, 4, 4).ruling(STAY);
      assertThat(rolling.hold(true, 0).next(state)).isEqualTo(apply(new Action.ScaleCanary(4, 0)));
      assertThat(rolling.fleet(1, Set.of(STABLE, CANDIDATE), false).next(state))
          .isEqualTo(apply(new Action.ScaleCanary(4, 1)));
    }

    @Test
    @DisplayName("Paused on the way, it waits for that person")
    void paused() {
      assertThat(waits(rolling.hold(true, 0).next(state)).reason()).isEqualTo(Reason.PausedByPerson);
    }

    @Test
    @DisplayName("The stable template ends it, traffic first")
    void returned() {
      assertThat(rolling.live(STABLE).canary(CANDIDATE, 1, 1).next(state))
          .isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(recorded(rolling.live(STABLE).next(state)))
          .isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
    }

    @Test
    @DisplayName("A third template is held: traffic first, kept, then stable restored with it as next")
    void third() {
      var pushed = rolling.live(THIRD).hold(true, 0);
      assertThat(pushed.canary(CANDIDATE, 1, 1).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(pushed.next(state)).isEqualTo(apply(new Action.KeepTemplate(THIRD)));
      assertThat(recorded(pushed.kept(STABLE, THIRD).next(state)))
          .isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, THIRD));
    }

    @Test
    @DisplayName("A third template after the roll was over is an ordinary candidate beside a new stable revision")
    void thirdAfterCompletion() {
      var over = rolling.live(THIRD).hold(true, 0).fleet(10, Set.of(CANDIDATE), false).kept(STABLE, CANDIDATE);
      assertThat(recorded(over.next(state))).isEqualTo(new RolloutState.Idle(new StableRevision(CANDIDATE, NOON)));
    }
  }
}
