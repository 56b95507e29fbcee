package dev.serin.rollout;

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
import dev.serin.rollout.Workload.Hold;
import dev.serin.rollout.Workload.Protection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What changes around a trial while it is under way.
class LifecycleTest {

  private static final RolloutState LAST_STEP = new RolloutState.Stepping(RUNNING, TRIED, 1, Seen.STARTED);
  private static final Attempt.Ruling PASSED = new Attempt.Advance(1, Seen.STARTED, "No regression.");

  @Test
  @DisplayName("A strategy that became unsafe during the trial keeps the version from being promoted")
  void unsafeLate() {
    var seen = held().canary(CANDIDATE, 10, 10).ruling(PASSED).approved(CANDIDATE, 1);
    assertThat(seen.next(LAST_STEP)).isInstanceOf(Decision.Transition.class);
    assertThat(seen.unsafe("Deployment shop has the strategy Recreate.").next(LAST_STEP)).isEqualTo(new Decision.Wait(
        Report.stalled(Reason.UnsafeStrategy, "Deployment shop has the strategy Recreate."), RolloutMachine.RELOOK));
  }

  @Test
  @DisplayName("A canary that was deleted begins the trial again, and what was approved in it stays approved")
  void approvedBefore() {
    var record = new RolloutRecord(7, Seen.UID, List.of(), List.of(), new Requests("bbbbbbbbbb/1", "dddddddddd"),
        LAST_STEP);
    assertThat(held().ruling(PASSED).asked("bbbbbbbbbb/1", null).next(record))
        .isInstanceOfSatisfying(Decision.Transition.class, again -> {
          assertThat(again.record().state()).isEqualTo(new RolloutState.Starting(RUNNING, TRIED));
          assertThat(again.record().consumed()).isEqualTo(new Requests(null, "dddddddddd"));
        });
  }

  @Test
  @DisplayName("An approval of an earlier trial approves nothing in a later one, and the message says what to do")
  void approvedInAnotherTrial() {
    var record = new RolloutRecord(7, Seen.UID, List.of(), List.of(), new Requests("bbbbbbbbbb/2", null), LAST_STEP);
    var seen = held().canary(CANDIDATE, 10, 10).ruling(PASSED).approved(CANDIDATE, 1);
    assertThat(seen.next(record)).isInstanceOfSatisfying(Decision.Wait.class, wait -> {
      assertThat(wait.report().reason()).isEqualTo(Reason.PausedUntilApproved);
      assertThat(wait.report().message()).contains("serin.dev/approve=bbbbbbbbbb/2 was used in an earlier trial",
          "take it away");
    });
  }

  @Nested
  class StatusWipedWhileOurRollIsUnderWay {

    private final Seen rolling = held().hold(false, 9).fleet(10, Set.of(STABLE, CANDIDATE), false)
        .kept(STABLE, THIRD);

    @Test
    @DisplayName("Nobody judges the roll any more: after the canary's traffic, the kept stable template comes back")
    void restored() {
      assertThat(rolling.guarded().canary(CANDIDATE, 10, 10).next(RolloutRecord.initial()))
          .isEqualTo(new Decision.Apply(new Action.ScaleCanary(10, 0)));
      assertThat(rolling.guarded().next(RolloutRecord.initial())).isInstanceOfSatisfying(Decision.Transition.class,
          back -> {
            assertThat(back.record().state()).isEqualTo(new RolloutState.Restoring(new StableRevision(STABLE, NOON),
                new Candidate(CANDIDATE, NOON), NOON, 10, null));
            assertThat(back.report().message()).contains("wiped").contains("stable aaaaaaaaaa is restored");
          });
    }

    @Test
    @DisplayName("A roll that a person released, or that was never ours, goes on")
    void notOurs() {
      var released = rolling.guarded().hold(new Hold(false, false, 9, false, "ann", new Protection.Policy()));
      assertThat(released.next(RolloutRecord.initial())).isEqualTo(new Decision.Apply(new Action.Unguard()));
      assertThat(rolling.guarded().hold(false, 0).next(RolloutRecord.initial()))
          .isEqualTo(new Decision.Apply(new Action.Unguard()));
      assertThat(rolling.next(RolloutRecord.initial())).isInstanceOfSatisfying(Decision.Wait.class,
          wait -> assertThat(wait.report().reason()).isEqualTo(Reason.WaitingForStable));
    }

    @Test
    @DisplayName("The way back to stable is not turned round: a kept template that rolls is one that we wrote back")
    void wayBack() {
      assertThat(rolling.guarded().live(STABLE).kept(STABLE, CANDIDATE).next(RolloutRecord.initial()))
          .isEqualTo(new Decision.Apply(new Action.Unguard()));
    }
  }
}
