package dev.serin.plan;

import java.time.Duration;

/// One rung of the plan.
///
/// @param weight
///          the canary's share at this step
/// @param minDuration
///          shortest time here, not above `maxDuration`
/// @param maxDuration
///          when it passes without a clear verdict, `onInconclusive` decides
/// @param untilApproved
///          whether a person must approve leaving this step
public record PlannedStep(Weight weight, Duration minDuration, Duration maxDuration, boolean untilApproved) {

  public PlannedStep {
    if (minDuration.isNegative() || minDuration.compareTo(maxDuration) > 0) {
      throw new IllegalArgumentException(
          "needs 0 <= minDuration <= maxDuration, was " + minDuration + " and " + maxDuration);
    }
  }
}
