package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.workload.WorkloadSnapshot;
import dev.serin.rollout.Observation;
import dev.serin.rollout.RolloutRecord;
import org.jspecify.annotations.Nullable;

/// Everything that one reconcile read live.
///
/// @param rollout
///          the Rollout
/// @param record
///          the machine's memory, from its status
/// @param workload
///          absent if the Deployment does not exist, or belongs to an older Rollout
/// @param analysis
///          the candidate's Analysis, if there is one
/// @param seen
///          what all this means to the machine
record Gathered(Rollout rollout, RolloutRecord record, @Nullable WorkloadSnapshot workload,
    @Nullable AnalysisSight analysis, Observation seen) {

  /// The workload, for work that cannot be wanted without one.
  WorkloadSnapshot presentWorkload() {
    if (workload == null) {
      throw new IllegalStateException("the Deployment of Rollout " + rollout.getMetadata().getName() + " is missing");
    }
    return workload;
  }

  /// The Analysis, for work that cannot be wanted without one.
  AnalysisSight presentAnalysis() {
    if (analysis == null) {
      throw new IllegalStateException("Rollout " + rollout.getMetadata().getName() + " has no open Analysis");
    }
    return analysis;
  }
}
