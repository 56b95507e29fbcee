package dev.serin.rollout;

import org.jspecify.annotations.Nullable;

/// What is seen at one moment.
///
/// @param workload
///          the user's Deployment
/// @param canary
///          the canary Deployment
/// @param attempt
///          the Analysis of the current candidate
/// @param wish
///          what the Rollout's spec asks for
/// @param approval
///          the step that a person approved last, if any
public record Observation(Workload workload, Canary canary, Attempt attempt, Wish wish, @Nullable Approval approval) {

  /// A person's word that a step may be left.
  ///
  /// @param revision
  ///          the candidate meant
  /// @param step
  ///          index in the plan, from 0
  public record Approval(Revision revision, int step) {}
}
