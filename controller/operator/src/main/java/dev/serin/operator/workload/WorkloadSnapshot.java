package dev.serin.operator.workload;

import dev.serin.rollout.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that was read live about one Rollout's workload.
///
/// @param stable
///          the user's Deployment
/// @param templates
///          templates of its ReplicaSets by revision
/// @param stablePods
///          pods of the user's Deployment
/// @param canary
///          the Deployment with the canary's name, if there is one
/// @param canaryPods
///          pods of the canary
/// @param kept
///          revisions whose templates are kept
public record WorkloadSnapshot(DeploymentView stable, Map<Revision, PodTemplate> templates, List<FleetPod> stablePods,
    Optional<DeploymentView> canary, List<FleetPod> canaryPods, Set<Revision> kept) {

  public WorkloadSnapshot {
    templates = Map.copyOf(templates);
    stablePods = List.copyOf(stablePods);
    canaryPods = List.copyOf(canaryPods);
    kept = Set.copyOf(kept);
  }

  /// The revision that the user's Deployment asks for.
  public Revision live() {
    return PodTemplate.of(stable.json()).revision();
  }
}
