package dev.serin.rollout;

import static dev.serin.rollout.Seen.CANDIDATE;
import static dev.serin.rollout.Seen.NOON;
import static dev.serin.rollout.Seen.RUNNING;
import static dev.serin.rollout.Seen.STABLE;
import static dev.serin.rollout.Seen.TRIED;
import static dev.serin.rollout.Seen.held;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.rollout.Workload.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Somebody else scales the Deployment while a candidate is under way.
class ScaledTest {

  private static final Attempt.Ruling STAY = new Attempt.Stay(Reason.Collecting, "12 of 500 requests.");
  private static final RolloutState STARTING = new RolloutState.Starting(RUNNING, TRIED);

  private static Fleet pods(int desired, int ready) {
    return new Fleet(desired, ready, ready, ready, ready == 0 ? Set.of() : Set.of(STABLE), Fleet.Roll.UNDER_WAY, false,
        Duration.ofMinutes(10));
  }

  private static RolloutState raising(Instant since) {
    return new RolloutState.Raising(RUNNING, TRIED, 1, since);
  }

  private static Decision scaled(int from, int to) {
    return new Decision.Apply(new Action.ScaleCanary(from, to));
  }

  @Nested
  class Starting {

    @Test
    @DisplayName("Without stable pods no plan is frozen: default steps for one pod would be wrong for forty")
    void waitsForPods() {
      var decision = held().fleet(pods(0, 0)).next(STARTING);

      assertThat(decision).isInstanceOfSatisfying(Decision.Wait.class, wait -> {
        assertThat(wait.report().reason()).isEqualTo(Reason.NothingToCompare);
        assertThat(wait.report().message()).contains("scaled to 0 pods");
      });
    }

    @Test
    @DisplayName("With stable pods asked for but none ready, the canary is not raised yet, and the message says why")
    void waitsForReadyPods() {
      var decision = held().fleet(pods(3, 0)).canary(CANDIDATE, 0, 0).ruling(STAY).next(STARTING);

      assertThat(decision).isInstanceOfSatisfying(Decision.Wait.class, wait -> {
        assertThat(wait.report().reason()).isEqualTo(Reason.WaitingForStable);
        assertThat(wait.report().message()).contains("None of the 3 stable pods is ready");
      });
    }
  }

  @Nested
  class Raising {

    @Test
    @DisplayName("Scaled to zero, the canary loses its pods, then the raise waits")
    void waitsAtZero() {
      var seen = held().fleet(pods(0, 0)).ruling(STAY);

      assertThat(seen.canary(CANDIDATE, 5, 5).next(raising(NOON))).isEqualTo(scaled(5, 0));
      assertThat(seen.canary(CANDIDATE, 0, 0).next(raising(NOON))).isInstanceOfSatisfying(Decision.Wait.class,
          waits -> assertThat(waits.report().reason()).isEqualTo(Reason.NothingToCompare));
    }

    @Test
    @DisplayName("A canary that must not have pods is not late: an hour at zero condemns nobody")
    void isNotLate() {
      var seen = held().fleet(pods(0, 0)).canary(CANDIDATE, 0, 0).ruling(STAY);

      assertThat(seen.next(raising(NOON.minusSeconds(3600)))).isInstanceOf(Decision.Wait.class);
    }

    @Test
    @DisplayName("A step does not begin with an empty canary because stable's pods are not ready")
    void doesNotStepEmpty() {
      var seen = held().fleet(pods(3, 0)).canary(CANDIDATE, 0, 0).ruling(STAY);

      assertThat(seen.next(raising(NOON))).isInstanceOfSatisfying(Decision.Wait.class,
          waits -> assertThat(waits.report().reason()).isEqualTo(Reason.WaitingForStable));
    }
  }

  @Nested
  class Stepping {

    private final RolloutState state = new RolloutState.Stepping(RUNNING, TRIED, 1, Seen.STARTED);

    @Test
    @DisplayName("Stable pods that are about to end do not count: the canary shrinks with what is asked for")
    void shrinksAtOnce() {
      assertThat(held().fleet(pods(2, 6)).canary(CANDIDATE, 6, 6).ruling(STAY).next(state)).isEqualTo(scaled(6, 2));
    }

    @Test
    @DisplayName("At zero the canary has no pods, and gets them again with the first ready stable pod")
    void followsToZeroAndBack() {
      assertThat(held().fleet(pods(0, 2)).canary(CANDIDATE, 2, 2).ruling(STAY).next(state)).isEqualTo(scaled(2, 0));
      assertThat(held().fleet(pods(3, 0)).canary(CANDIDATE, 0, 0).ruling(STAY).next(state))
          .isInstanceOf(Decision.Wait.class);
      assertThat(
          held().fleet(new Fleet(3, 1, 0, 0, Set.of(STABLE), Fleet.Roll.UNDER_WAY, false, Duration.ofMinutes(10)))
              .canary(CANDIDATE, 0, 0).ruling(STAY).next(state))
          .isEqualTo(scaled(0, 1));
    }
  }

  @Nested
  class Promoting {

    private final RolloutState state = new RolloutState.Promoting(RUNNING, TRIED, NOON, 8);
    private final Seen rolling = held().hold(false, 8).ruling(STAY);

    @Test
    @DisplayName("The canary shrinks with a Deployment that is scaled down, and never grows")
    void shrinks() {
      assertThat(rolling.fleet(pods(2, 6)).canary(CANDIDATE, 6, 6).next(state)).isEqualTo(scaled(6, 2));
      assertThat(rolling.fleet(pods(6, 6)).canary(CANDIDATE, 3, 3).next(state)).isInstanceOf(Decision.Wait.class);
    }

    @Test
    @DisplayName("Pods that are briefly missing while Kubernetes rolls do not cost the canary a pod")
    void keepsItsShare() {
      assertThat(rolling.fleet(pods(6, 4)).canary(CANDIDATE, 6, 6).next(state)).isInstanceOf(Decision.Wait.class);
    }

    @Test
    @DisplayName("Scaled to zero the canary goes to zero first, then the promotion is complete")
    void endsAtZero() {
      var empty = rolling.fleet(new Fleet(0, 0, 0, 0, Set.of(), Fleet.Roll.COMPLETE, false, Duration.ofMinutes(10)))
          .kept(STABLE, CANDIDATE);

      assertThat(empty.canary(CANDIDATE, 6, 6).next(state)).isEqualTo(scaled(6, 0));
      assertThat(empty.canary(CANDIDATE, 0, 6).next(state)).isInstanceOfSatisfying(Decision.Transition.class,
          recorded -> assertThat(recorded.record().state()).isInstanceOf(RolloutState.Idle.class));
    }
  }
}
