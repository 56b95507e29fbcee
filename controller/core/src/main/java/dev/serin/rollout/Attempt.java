package dev.serin.rollout;

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
}
