package dev.serin.rollout;

import static dev.serin.rollout.Seen.CANDIDATE;
import static dev.serin.rollout.Seen.RUNNING;
import static dev.serin.rollout.Seen.TRIED;
import static dev.serin.rollout.Seen.held;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
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
}
