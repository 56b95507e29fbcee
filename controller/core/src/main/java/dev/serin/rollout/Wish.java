package dev.serin.rollout;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps that a Rollout's spec asks for; used when a candidate starts, frozen then.
///
/// @param explicit
///          the steps written down; empty means the default ones
/// @param minDuration
///          of default steps
/// @param maxDuration
///          of default steps
/// @param refusal
///          why the traffic cannot be split so, as a sentence that says what to change
public record Wish(List<PlannedStep> explicit, Duration minDuration, Duration maxDuration, @Nullable String refusal) {

  public Wish {
    explicit = List.copyOf(explicit);
  }

  /// The plan for `stable` desired pods, at least 1.
  List<PlannedStep> steps(int stable) {
    return explicit.isEmpty() ? ReplicaRatio.defaultSteps(stable, minDuration, maxDuration) : explicit;
  }
}
