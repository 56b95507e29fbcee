package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.record.AnalysisSight;
import dev.serin.operator.workload.WorkloadSnapshot;
import dev.serin.operator.workload.WorkloadSnapshot.CanarySnapshot;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Observation;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that one reconcile read live.
///
/// @param rollout
///          the Rollout
/// @param record
///          the machine's memory, from its status
/// @param workload
///          absent if the Deployment does not exist, or belongs to an older Rollout
/// @param canary
///          the Deployment with the canary's name, whatever became of the user's
/// @param analysis
///          the candidate's Analysis, if there is one
/// @param seen
///          what all this means to the machine
record Gathered(Rollout rollout, RolloutRecord record, @Nullable WorkloadSnapshot workload,
    Optional<CanarySnapshot> canary, @Nullable AnalysisSight analysis, Observation seen) {

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

  /// Images of the serving container by revision, as far as templates are left.
  Map<Revision, String> images() {
    return workload == null
        ? Map.of()
        : workload.templates().entrySet().stream().filter(entry -> entry.getValue().image().isPresent())
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().image().orElseThrow()));
  }

  /// Whether the attempt is to be rolled back already.
  boolean condemned() {
    return seen.attempt() instanceof Attempt.Open(var _, Attempt.RollBack _);
  }

  /// The same, with another ruling of the attempt.
  Gathered ruled(Attempt.Ruling ruling) {
    return seen.attempt() instanceof Attempt.Open(var steps, var _)
        ? new Gathered(rollout, record, workload, canary, analysis, new Observation(seen.workload(), seen.canary(),
            new Attempt.Open(steps, ruling), seen.wish(), seen.requests(), seen.tenure(), seen.leftovers()))
        : this;
  }
}
