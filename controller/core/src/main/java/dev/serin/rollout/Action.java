package dev.serin.rollout;

import java.util.List;

/// One write to the cluster. Every action may be applied again after a crash.
public sealed interface Action {

  /// Put our label on the Deployment, so that template changes are held.
  record LabelWorkload() implements Action {}

  /// Keep the template of `revision`, so that it can be restored.
  record KeepTemplate(Revision revision) implements Action {}

  /// Read the stable version's past and open the candidate's Analysis with a frozen plan.
  record OpenAnalysis(StableRevision stable, Candidate candidate, List<PlannedStep> steps) implements Action {

    public OpenAnalysis {
      steps = List.copyOf(steps);
    }
  }

  /// Record in the Analysis that the candidate is to be rolled back.
  record Condemn(Ruling.RollBack ruling) implements Action {}

  /// Create the canary Deployment with no pods.
  record CreateCanary(Candidate candidate) implements Action {}

  /// Change the canary's replicas.
  ///
  /// @param from
  ///          what was seen; a raise is refused if it is no longer so
  record ScaleCanary(int from, int to) implements Action {

    /// Whether this raises exposure.
    public boolean raises() {
      return to > from;
    }
  }

  /// Delete the canary Deployment, whose pods are gone.
  record DeleteCanary() implements Action {}

  /// Resume the Deployment, once.
  ///
  /// @param order
  ///          number of this resume
  /// @param expected
  ///          revision that the live template must have
  record Resume(long order, Revision expected) implements Action {}

  /// Write the kept template of `revision` to the Deployment.
  record RestoreTemplate(Revision revision) implements Action {}
}
