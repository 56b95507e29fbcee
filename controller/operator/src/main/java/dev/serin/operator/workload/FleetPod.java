package dev.serin.operator.workload;

import dev.serin.rollout.Revision;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// A pod of the user's Deployment or of the canary.
///
/// @param pod
///          the object read
/// @param revision
///          of its ReplicaSet's template: says which version it runs, whoever owns it
public record FleetPod(Pod pod, Revision revision) {

  public String name() {
    return pod.getMetadata().getName();
  }

  public boolean terminating() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /// Since when the pod is ready; empty if it is not, or is ending.
  public Optional<Instant> readySince() {
    if (terminating() || pod.getStatus() == null) {
      return Optional.empty();
    }
    return pod.getStatus().getConditions().stream()
        .filter(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus())).findFirst()
        .map(PodCondition::getLastTransitionTime).map(Instant::parse);
  }

  /// The most restarts of one of its containers.
  public int restarts() {
    return containers().mapToInt(container -> container.getRestartCount() == null ? 0 : container.getRestartCount())
        .max().orElse(0);
  }

  /// Why a container waits, such as `ImagePullBackOff`.
  public Optional<String> waitingReason() {
    return containers().map(ContainerStatus::getState).filter(state -> state != null && state.getWaiting() != null)
        .map(state -> state.getWaiting().getReason()).filter(reason -> reason != null).findFirst();
  }

  private Stream<ContainerStatus> containers() {
    return pod.getStatus() == null
        ? Stream.empty()
        : Stream.concat(pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream());
  }
}
