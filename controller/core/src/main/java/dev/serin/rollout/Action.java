package dev.serin.rollout;

import dev.serin.plan.PlannedStep;
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
  record Condemn(Attempt.RollBack ruling) implements Action {}

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

  /// Resume the Deployment, once, and in the same write take away the mark of one that we keep paused: with the mark, an
  /// unpaused Deployment was resumed by somebody else.
  ///
  /// @param order
  ///          number of this resume
  /// @param expected
  ///          revision that the live template must have
  record Resume(long order, Revision expected) implements Action {}

  /// Write the kept template of `revision` to the Deployment.
  record RestoreTemplate(Revision revision) implements Action {}

  /// Pause the Deployment and mark it as one that we keep paused.
  record KeepPaused() implements Action {}

  /// Take that mark away and resume the Deployment, whose template is the stable one.
  record EndKeepingPaused() implements Action {}

  /// Take our marks off the Deployment, because its Rollout goes.
  ///
  /// @param resume
  ///          whether it is resumed too; otherwise it stays held, and an event on it names the command
  record ReleaseWorkload(boolean resume) implements Action {}

  /// Put our finalizer on the Rollout: from now on a canary may exist.
  record Guard() implements Action {}

  /// Take our finalizer off the Rollout: there is no canary.
  record Unguard() implements Action {}

  /// Scale a ReplicaSet of an orphaned canary to zero.
  record EmptyStray(String name) implements Action {}

  /// Delete a ReplicaSet of an orphaned canary, which has no pods.
  record DeleteStray(String name) implements Action {}

  /// Drop a kept template that nothing needs any more.
  record DropTemplate(Revision revision) implements Action {}

  /// Drop an old Analysis.
  record DropAnalysis(String name) implements Action {}
}
