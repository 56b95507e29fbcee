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
    return terminating()
        ? Optional.empty()
        : condition("Ready").filter(ready -> "True".equals(ready.getStatus()))
            .map(PodCondition::getLastTransitionTime).map(Instant::parse);
  }

  /// Since when a pod that is not ready has not been: since its creation, if it never was.
  Instant unreadySince() {
    return condition("Ready").map(PodCondition::getLastTransitionTime).map(Instant::parse)
        .orElseGet(() -> Instant.parse(pod.getMetadata().getCreationTimestamp()));
  }

  /// Why a pod that is not ready is not, as far as its status tells.
  String unreadyBecause() {
    return waitingReason().orElseGet(() -> {
      if (condition("PodScheduled").filter(scheduled -> "False".equals(scheduled.getStatus())).isPresent()) {
        return "no node takes it";
      }
      return containers().map(ContainerStatus::getState).anyMatch(state -> state != null && state.getRunning() != null)
          ? "running, but its readiness check fails"
          : "none of its containers runs";
    });
  }

  private Optional<PodCondition> condition(String type) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream().filter(condition -> type.equals(condition.getType())).findFirst();
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
