package dev.serin.rollout;

import static dev.serin.rollout.Decisions.BAD;
import static dev.serin.rollout.Decisions.GOOD;
import static dev.serin.rollout.Decisions.STAY;
import static dev.serin.rollout.Decisions.apply;
import static dev.serin.rollout.Decisions.record;
import static dev.serin.rollout.Decisions.recorded;
import static dev.serin.rollout.Decisions.waits;
import static dev.serin.rollout.Seen.CANDIDATE;
import static dev.serin.rollout.Seen.NOON;
import static dev.serin.rollout.Seen.RUNNING;
import static dev.serin.rollout.Seen.STABLE;
import static dev.serin.rollout.Seen.THIRD;
import static dev.serin.rollout.Seen.TRIED;
import static dev.serin.rollout.Seen.held;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.Workload.Fleet;
import dev.serin.rollout.Workload.Protection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A Rollout that is being deleted.
class LeavingTest {

  private static final Set<Revision> BOTH = Set.of(STABLE, CANDIDATE);

  private static Fleet overdue(Set<Revision> running) {
    return new Fleet(10, 8, 8, 8, running, Fleet.Roll.UNDER_WAY, true, Duration.ofMinutes(10));
  }

  private static Seen released(Seen seen) {
    return seen.unlabelled();
  }

  @Test
  @DisplayName("Idle: our marks go, the Deployment is resumed where we kept it paused, then the finalizer goes")
  void idle() {
    var state = new RolloutState.Idle(RUNNING);
    var leaving = Seen.idle().guarded().leaving();
    assertThat(leaving.next(state)).isEqualTo(apply(new Action.ReleaseWorkload(false)));
    assertThat(leaving.hold(true, 3).protection(new Protection.KeptPaused(), true).next(state))
        .isEqualTo(apply(new Action.ReleaseWorkload(true)));
    assertThat(released(leaving).next(state)).isEqualTo(apply(new Action.Unguard()));
  }

  @Test
  @DisplayName("What a person paused stays paused when our marks go")
  void pausedByPerson() {
    var paused = Seen.idle().guarded().leaving();
    assertThat(paused.hold(true, 7).next(new RolloutState.Idle(RUNNING)))
        .isEqualTo(apply(new Action.ReleaseWorkload(true)));
    assertThat(paused.pausedByPerson(7).next(new RolloutState.Idle(RUNNING)))
        .isEqualTo(apply(new Action.ReleaseWorkload(false)));
  }

  @Test
  @DisplayName("Without our finalizer nothing is left to be done")
  void unguarded() {
    assertThat(waits(released(Seen.idle()).leaving().next(new RolloutState.Idle(RUNNING))).reason())
        .isEqualTo(Reason.Leaving);
  }

  @Test
  @DisplayName("A mark of ours on a Deployment that lost our label is taken off too")
  void marked() {
    var marked = released(Seen.idle().hold(true, 3).protection(new Protection.KeptPaused(), true)).leaving();
    assertThat(marked.next(new RolloutState.Idle(RUNNING))).isEqualTo(apply(new Action.ReleaseWorkload(true)));
  }

  @Test
  @DisplayName("In a trial the canary goes and the Deployment stays held with the candidate")
  void trial() {
    for (RolloutState state : List.of(new RolloutState.Starting(RUNNING, TRIED),
        new RolloutState.Raising(RUNNING, TRIED, 0, NOON), new RolloutState.Stepping(RUNNING, TRIED, 0, NOON),
        new RolloutState.Vetoed(RUNNING, TRIED))) {
      var leaving = held().ruling(STAY).guarded().leaving();
      assertThat(leaving.canary(CANDIDATE, 1, 1).next(state)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(waits(leaving.canary(new Canary.Present(CANDIDATE, 0, 1, 0, false, null, null)).next(state)).message())
          .isEqualTo("The Rollout is being deleted: the canary is withdrawn, 1 of its pods are left.");
      assertThat(leaving.canary(CANDIDATE, 0, 0).next(state)).isEqualTo(apply(new Action.DeleteCanary()));
      assertThat(leaving.next(state)).isEqualTo(apply(new Action.ReleaseWorkload(false)));
      assertThat(released(leaving).next(state)).isEqualTo(apply(new Action.Unguard()));
    }
  }

  @Test
  @DisplayName("Without its Deployment the canary goes, and then the finalizer")
  void withoutWorkload() {
    Observation seen = held().canary(CANDIDATE, 1, 1).guarded().leaving().observation();
    for (Workload workload : List.of(new Workload.Missing("app"), new Workload.Taken("app", "older"))) {
      var record = Seen.recorded(new RolloutState.Stepping(RUNNING, TRIED, 0, NOON));
      assertThat(RolloutMachine.next(record, new Observation(workload, seen.canary(), seen.attempt(), seen.wish(),
          seen.requests(), seen.tenure(), seen.leftovers()), NOON)).isEqualTo(apply(new Action.ScaleCanary(1, 0)));
      assertThat(RolloutMachine.next(record, new Observation(workload, new Canary.Absent(), seen.attempt(), seen.wish(),
          seen.requests(), seen.tenure(), seen.leftovers()), NOON)).isEqualTo(apply(new Action.Unguard()));
    }
  }

  @Nested
  class Promoting {

    private final RolloutState state = new RolloutState.Promoting(RUNNING, TRIED, NOON.minusSeconds(20), 7);
    private final Seen leaving = held().canary(CANDIDATE, 10, 10).ruling(GOOD).guarded().leaving();

    @Test
    @DisplayName("Not resumed yet, it never will be: the canary goes, the Deployment stays held")
    void unresumed() {
      assertThat(leaving.next(state)).isEqualTo(apply(new Action.ScaleCanary(10, 0)));
      assertThat(leaving.canary(new Canary.Absent()).next(state)).isEqualTo(apply(new Action.ReleaseWorkload(false)));
    }

    @Test
    @DisplayName("Resumed, Kubernetes finishes first; the canary keeps its share until then")
    void resumed() {
      var rolling = leaving.hold(false, 7).fleet(10, BOTH, false);
      assertThat(waits(rolling.next(state)).message()).isEqualTo("The Rollout is being deleted: Kubernetes finishes "
          + "rolling bbbbbbbbbb, 10 of 10 pods are ready.");
      assertThat(rolling.fleet(10, Set.of(CANDIDATE), true).next(state))
          .isEqualTo(apply(new Action.ScaleCanary(10, 0)));
    }

    @Test
    @DisplayName("Without progress nothing is waited for")
    void withoutProgress() {
      assertThat(leaving.hold(false, 7).fleet(overdue(BOTH)).next(state))
          .isEqualTo(apply(new Action.ScaleCanary(10, 0)));
      assertThat(leaving.canary(new Canary.Absent()).hold(false, 7).fleet(overdue(BOTH)).next(state))
          .isEqualTo(apply(new Action.ReleaseWorkload(false)));
    }

    @Test
    @DisplayName("Refused by the judge, the candidate does not finish: stable is restored before the Rollout goes")
    void refused() {
      var rolling = leaving.hold(false, 7).fleet(10, BOTH, false).ruling(BAD);
      assertThat(rolling.next(state)).isEqualTo(apply(new Action.ScaleCanary(10, 0)));
      var decision = rolling.canary(CANDIDATE, 0, 0).next(state);
      assertThat(recorded(decision)).isEqualTo(new RolloutState.Restoring(RUNNING, TRIED, NOON, 8, null));
      assertThat(record(decision).veto(CANDIDATE)).isPresent();
    }
  }

  @Nested
  class Restoring {

    private final RolloutState state = new RolloutState.Restoring(RUNNING, TRIED, NOON.minusSeconds(20), 7, null);
    private final RolloutState withNext = new RolloutState.Restoring(RUNNING, TRIED, NOON.minusSeconds(20), 7, THIRD);
    private final Seen leaving = held().kept(STABLE, THIRD).guarded().leaving();

    @Test
    @DisplayName("Stable is made whole before the Rollout goes")
    void finishes() {
      var half = leaving.hold(false, 5).fleet(10, BOTH, false);
      assertThat(half.next(state)).isEqualTo(apply(new Action.RestoreTemplate(STABLE)));
      assertThat(half.live(STABLE).hold(true, 5).next(state)).isEqualTo(apply(new Action.Resume(7, STABLE)));
      assertThat(half.live(STABLE).hold(false, 7).next(state)).isInstanceOf(Decision.Wait.class);
      assertThat(half.live(STABLE).hold(false, 7).fleet(10, Set.of(STABLE), true).next(state))
          .isEqualTo(apply(new Action.ReleaseWorkload(false)));
    }

    @Test
    @DisplayName("The next template is written back and stays held")
    void givesBackNext() {
      var whole = leaving.live(STABLE).hold(false, 7).fleet(10, Set.of(STABLE), true);
      assertThat(whole.next(withNext)).isEqualTo(apply(new Action.RestoreTemplate(THIRD)));
      assertThat(leaving.live(THIRD).hold(true, 7).next(withNext))
          .isEqualTo(apply(new Action.ReleaseWorkload(false)));
    }

    @Test
    @DisplayName("Whatever does not go on by itself is not waited for: paused by a person, or without progress")
    void givesUp() {
      var half = leaving.live(STABLE).fleet(10, BOTH, false);
      assertThat(half.pausedByPerson(7).next(state)).isEqualTo(apply(new Action.ReleaseWorkload(false)));
      assertThat(half.hold(false, 7).fleet(overdue(BOTH)).next(state))
          .isEqualTo(apply(new Action.ReleaseWorkload(false)));
    }

    @Test
    @DisplayName("Held again by the policy on its way, stable is resumed again: users are not left on what was refused")
    void heldAgain() {
      assertThat(recorded(leaving.live(STABLE).fleet(10, BOTH, false).hold(true, 7).next(state)))
          .isInstanceOf(RolloutState.Restoring.class);
    }

    @Test
    @DisplayName("Whatever else is held when stable is whole was pushed since: the Rollout goes, and leaves it held, also where nothing is proven to hold it")
    void pushedSince() {
      var pushed = leaving.live(new Revision("dddddddddd")).fleet(10, Set.of(STABLE), false).hold(true, 7);
      for (Seen seen : List.of(pushed, pushed.live(CANDIDATE),
          pushed.protection(new Protection.Unproven("Install the policy."), false))) {
        assertThat(seen.next(withNext)).isEqualTo(apply(new Action.ReleaseWorkload(false)));
      }
    }

    @Test
    @DisplayName("A Deployment that is no longer ours, or another one of that name, is left alone")
    void notOurs() {
      var half = leaving.hold(false, 5).fleet(10, BOTH, false);
      assertThat(released(half).next(state)).isEqualTo(apply(new Action.Unguard()));
      assertThat(half.uid("uid-2").next(state)).isEqualTo(apply(new Action.ReleaseWorkload(false)));
    }
  }

  @Test
  @DisplayName("A roll that a person released is finished first")
  void overridden() {
    var state = new RolloutState.Overridden(RUNNING, TRIED);
    var rolling = held().hold(false, 0).fleet(10, BOTH, false).guarded().leaving();
    assertThat(waits(rolling.next(state)).reason()).isEqualTo(Reason.Leaving);
    assertThat(rolling.fleet(10, Set.of(CANDIDATE), true).next(state))
        .isEqualTo(apply(new Action.ReleaseWorkload(false)));
  }
}
