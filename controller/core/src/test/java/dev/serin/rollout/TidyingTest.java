package dev.serin.rollout;

import static dev.serin.rollout.Decisions.BAD;
import static dev.serin.rollout.Decisions.STAY;
import static dev.serin.rollout.Decisions.apply;
import static dev.serin.rollout.Decisions.record;
import static dev.serin.rollout.Decisions.refusal;
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

import dev.serin.rollout.Observation.Leftovers;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.RolloutRecord.Veto;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What is done when nothing more important is to be done.
class TidyingTest {

  private static final RolloutState IDLE = new RolloutState.Idle(RUNNING);
  private static final Veto VETO = new Veto(CANDIDATE, Reason.SignatureRegressed, "63 of 9,120 requests", NOON);

  @Test
  @DisplayName("Without a canary, and when none is to come, the finalizer goes")
  void unguards() {
    assertThat(idle().guarded().next(IDLE)).isEqualTo(apply(new Action.Unguard()));
    assertThat(held().guarded().next(Seen.recorded(new RolloutState.Vetoed(RUNNING, TRIED), VETO)))
        .isEqualTo(apply(new Action.Unguard()));
    assertThat(held().guarded().ruling(STAY).canary(new Canary.Foreign("x-canary"))
        .next(new RolloutState.Starting(RUNNING, TRIED))).isInstanceOf(Decision.Wait.class);
    assertThat(waits(idle().guarded().canary(new Canary.Present(CANDIDATE, 0, 1, 0, false, null, null)).next(IDLE))
        .reason()).isEqualTo(Reason.RemovingCanary);
  }

  @Nested
  class Surplus {

    private final Seen surplus = idle().kept(STABLE, CANDIDATE, THIRD).leftovers(new Leftovers(null, "app-bbbbbbbbbb"));

    @Test
    @DisplayName("When idle, templates that nothing needs are dropped one by one, then old Analyses")
    void drops() {
      assertThat(surplus.next(IDLE)).isEqualTo(apply(new Action.DropTemplate(CANDIDATE)));
      assertThat(surplus.kept(STABLE, THIRD).next(IDLE)).isEqualTo(apply(new Action.DropTemplate(THIRD)));
      assertThat(surplus.kept(STABLE).next(IDLE)).isEqualTo(apply(new Action.DropAnalysis("app-bbbbbbbbbb")));
    }

    @Test
    @DisplayName("What was stable before stays kept: a return to it needs its template")
    void keepsHistory() {
      var record = new RolloutRecord(7, Seen.UID, List.of(), List.of(new StableRevision(CANDIDATE, NOON)),
          Requests.NONE, IDLE);
      assertThat(surplus.next(record)).isEqualTo(apply(new Action.DropTemplate(THIRD)));
    }

    @Test
    @DisplayName("While anything is under way no template is dropped, and none beside a veto, whose Analyses are")
    void onlyWhenIdle() {
      var restoring = new RolloutState.Restoring(RUNNING, TRIED, NOON, 7, null);
      assertThat(surplus.hold(false, 7).fleet(10, Set.of(STABLE, CANDIDATE), false).next(restoring))
          .isInstanceOf(Decision.Wait.class);
      var vetoed = Seen.recorded(new RolloutState.Vetoed(RUNNING, TRIED), VETO);
      assertThat(held().kept(STABLE, THIRD).next(vetoed)).isInstanceOf(Decision.Wait.class);
      assertThat(held().kept(STABLE, THIRD).leftovers(new Leftovers(null, "app-dddddddddd")).next(vetoed))
          .isEqualTo(apply(new Action.DropAnalysis("app-dddddddddd")));
    }

    @Test
    @DisplayName("Surplus Analyses go before the next one is made: where every version is superseded nothing ever rests")
    void beforeTheNext() {
      var starting = new RolloutState.Starting(RUNNING, TRIED);
      assertThat(held().leftovers(new Leftovers(null, "app-dddddddddd")).next(starting))
          .isEqualTo(apply(new Action.DropAnalysis("app-dddddddddd")));
      assertThat(held().next(starting)).isInstanceOfSatisfying(Decision.Apply.class,
          apply -> assertThat(apply.action()).isInstanceOf(Action.OpenAnalysis.class));
    }
  }

  @Nested
  class Requested {

    @Test
    @DisplayName("An approval with nothing to approve is refused once, with what to write instead")
    void staleApproval() {
      var decision = idle().approved(CANDIDATE, 0).next(IDLE);
      assertThat(refusal(decision)).isEqualTo("serin.dev/approve=bbbbbbbbbb/1 approves no step that is under way or to "
          + "come, so it was ignored: write <revision>/<step> as status.message asks for it.");
      assertThat(record(decision).state()).isEqualTo(IDLE);
      assertThat(record(decision).consumed()).isEqualTo(new Requests("bbbbbbbbbb/1", null));
      assertThat(idle().approved(CANDIDATE, 0).next(record(decision))).isInstanceOf(Decision.Wait.class);
    }

    @Test
    @DisplayName("A retry of a revision without a veto is refused once, with where the vetoes stand")
    void staleRetry() {
      var decision = idle().asked(null, "bbbbbbbbbb").next(IDLE);
      assertThat(refusal(decision)).isEqualTo(
          "serin.dev/retry=bbbbbbbbbb names no vetoed revision, so it was ignored: status.vetoes lists them.");
      assertThat(record(decision).consumed()).isEqualTo(new Requests(null, "bbbbbbbbbb"));
      assertThat(idle().asked(null, "bbbbbbbbbb").next(record(decision))).isInstanceOf(Decision.Wait.class);
    }

    @Test
    @DisplayName("An approval of this step or a later one waits for its time")
    void earlyApproval() {
      var stepping = new RolloutState.Stepping(RUNNING, TRIED, 0, NOON);
      var serving = held().canary(CANDIDATE, 1, 1).ruling(STAY);
      assertThat(serving.approved(CANDIDATE, 0).next(stepping)).isInstanceOf(Decision.Wait.class);
      assertThat(serving.approved(CANDIDATE, 1).next(stepping)).isInstanceOf(Decision.Wait.class);
      assertThat(refusal(serving.approved(THIRD, 1).next(stepping))).contains("cccccccccc/2");
      assertThat(refusal(serving.asked("yes please", null).next(stepping))).contains("serin.dev/approve=yes please");
    }

    @Test
    @DisplayName("A retry of a vetoed revision waits until it is pushed")
    void earlyRetry() {
      assertThat(idle().asked(null, "bbbbbbbbbb").next(Seen.recorded(IDLE, VETO))).isInstanceOf(Decision.Wait.class);
    }

    @Test
    @DisplayName("A retry asked for while the refused canary is still going is not refused: its veto is to come")
    void retryBeforeVeto() {
      var ending = held().ruling(BAD).canary(new Canary.Present(CANDIDATE, 0, 1, 0, false, null, null));
      assertThat(waits(ending.asked(null, "bbbbbbbbbb").next(new RolloutState.Stepping(RUNNING, TRIED, 0, NOON)))
          .message()).isEqualTo("63 of 9,120 requests");
    }

    @Test
    @DisplayName("Taken away, a request is forgotten without a word, and asked for again it acts again")
    void takenAway() {
      var consumed = new RolloutRecord(7, Seen.UID, List.of(), List.of(), new Requests("bbbbbbbbbb/1", "cccccccccc"),
          IDLE);
      var decision = idle().next(consumed);
      assertThat(refusal(decision)).isNull();
      assertThat(record(decision).consumed()).isEqualTo(Requests.NONE);
    }

    @Test
    @DisplayName("Requests are settled without a Deployment, too")
    void withoutWorkload() {
      Observation seen = held().approved(CANDIDATE, 0).observation();
      var decision = RolloutMachine.next(Seen.recorded(new RolloutState.Stepping(RUNNING, TRIED, 0, NOON)),
          new Observation(new Workload.Missing("app"), new Canary.Absent(), seen.attempt(), seen.wish(),
              seen.requests(), seen.tenure(), seen.leftovers()),
          NOON);
      assertThat(refusal(decision)).contains("bbbbbbbbbb/1");
    }
  }
}
