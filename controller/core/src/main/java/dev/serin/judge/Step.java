package dev.serin.judge;

import java.time.Duration;
import java.time.Instant;

/// One rung of the rollout, as the judge needs it.
///
/// @param index
///          its place, from 0
/// @param startedAt
///          when its weight was reached; durations are measured from here to the end of a window
/// @param minDuration
///          shortest stay, at least 0
/// @param maxDuration
///          longest stay without a clear verdict, not below minDuration
public record Step(int index, Instant startedAt, Duration minDuration, Duration maxDuration) {

  public Step {
    if (index < 0) {
      throw new IllegalArgumentException("step index must be at least 0, was " + index);
    }
    if (minDuration.isNegative()) {
      throw new IllegalArgumentException("minDuration must not be negative, was " + minDuration);
    }
    if (maxDuration.compareTo(minDuration) < 0) {
      throw new IllegalArgumentException(
          "maxDuration " + maxDuration + " must not be shorter than minDuration " + minDuration);
    }
  }
}
