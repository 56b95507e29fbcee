package dev.serin.rollout;

import dev.serin.plan.PlannedStep;
import java.time.Instant;
import java.util.List;

/// The Analysis of the current candidate.
public sealed interface Attempt {

  /// There is none yet.
  record Unopened() implements Attempt {}

  /// It exists; its plan is frozen.
  ///
  /// @param steps
  ///          at least one
  /// @param ruling
  ///          what it recorded last
  record Open(List<PlannedStep> steps, Ruling ruling) implements Attempt {

    public Open {
      steps = List.copyOf(steps);
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("a plan has at least one step");
      }
    }
  }

  /// What the recorded evidence allows: the judge's verdict as far as the machine needs it.
  sealed interface Ruling {

    /// One sentence with the numbers.
    String message();
  }

  /// Not enough is known: stay at this step.
  ///
  /// @param reason
  ///          what is missing
  record Stay(Reason reason, String message) implements Ruling {}

  /// The step may be left upwards.
  ///
  /// @param step
  ///          index of the step that this allows to leave
  /// @param startedAt
  ///          when that step started; for another step, or the same one begun anew, the word means nothing
  record Advance(int step, Instant startedAt, String message) implements Ruling {}

  /// The candidate does harm.
  ///
  /// @param reason
  ///          what was found
  record RollBack(Reason reason, String message) implements Ruling {}
}
