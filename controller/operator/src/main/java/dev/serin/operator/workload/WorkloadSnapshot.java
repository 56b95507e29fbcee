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
/// @param kept
///          revisions whose templates are kept
/// @param stray
///          a ReplicaSet with a canary's pods that belongs to no canary
public record WorkloadSnapshot(DeploymentView stable, Map<Revision, PodTemplate> templates, List<FleetPod> stablePods,
    Optional<CanarySnapshot> canary, Set<Revision> kept, Optional<StraySet> stray) {

  public WorkloadSnapshot {
    templates = Map.copyOf(templates);
    stablePods = List.copyOf(stablePods);
    kept = Set.copyOf(kept);
  }

  /// The revision that the user's Deployment asks for.
  public Revision live() {
    return PodTemplate.of(stable.json()).revision();
  }

  /// Pods of the canary, none without one.
  public List<FleetPod> canaryPods() {
    return canary.map(CanarySnapshot::pods).orElse(List.of());
  }

  /// The Deployment with the canary's name and its pods.
  ///
  /// @param pods
  ///          of its ReplicaSets, ended ones left out
  public record CanarySnapshot(DeploymentView deployment, List<FleetPod> pods) {

    public CanarySnapshot {
      pods = List.copyOf(pods);
    }
  }

  /// A ReplicaSet of an orphaned canary.
  ///
  /// @param replicas
  ///          asked for
  /// @param pods
  ///          that exist
  public record StraySet(String namespace, String name, String uid, int replicas, int pods) {}
}
