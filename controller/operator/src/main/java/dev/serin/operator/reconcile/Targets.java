package dev.serin.operator.reconcile;

import dev.serin.judge.Arm;
import dev.serin.operator.source.PodTarget;
import dev.serin.operator.workload.FleetPod;
import dev.serin.operator.workload.WorkloadSnapshot;
import dev.serin.rollout.Revision;
import dev.serin.signature.ContainerTrouble;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which containers' logs and exits are evidence for which arm. The arm follows from the template that a pod runs, not from its
/// owner: while promoting, the user's own Deployment has pods of both.
final class Targets {

  private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";
  /// How a kubelet and containerd call the end of a container that they lost sight of, as when a node starts again. Its code is made up.
  private static final Set<String> LOST = Set.of("ContainerStatusUnknown", "Unknown");

  private Targets() {}

  static Set<PodTarget> of(WorkloadSnapshot workload, Revision stable, Revision candidate,
      Optional<String> container) {
    return Stream.concat(workload.stablePods().stream(), workload.canaryPods().stream())
        .filter(pod -> !pod.terminating() && pod.readySince().isPresent())
        .flatMap(pod -> arm(pod, stable, candidate)
            .flatMap(arm -> target(pod.pod(), arm, container)).stream())
        .collect(Collectors.toSet());
  }

  private static Optional<Arm> arm(FleetPod pod, Revision stable, Revision candidate) {
    if (pod.revision().equals(candidate)) {
      return Optional.of(Arm.CANARY);
    }
    return pod.revision().equals(stable) ? Optional.of(Arm.BASELINE) : Optional.empty();
  }

  private static Optional<PodTarget> target(Pod pod, Arm arm, Optional<String> asked) {
    String name = asked.orElseGet(() -> defaultContainer(pod));
    return pod.getStatus().getContainerStatuses().stream().filter(status -> status.getName().equals(name)).findFirst()
        .flatMap(Targets::startedAt).map(started -> new PodTarget(pod.getMetadata().getNamespace(),
            pod.getMetadata().getName(), pod.getMetadata().getUid(), name, arm, started, exits(pod)));
  }

  private static String defaultContainer(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    String marked = annotations == null ? null : annotations.get(DEFAULT_CONTAINER);
    return marked != null
        ? marked
        : pod.getSpec().getContainers().stream().map(Container::getName).findFirst().orElse("");
  }

  /// Of the pod's own containers: those that prepare it end before it serves.
  private static List<PodTarget.Exit> exits(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream().flatMap(status -> exit(status).stream()).toList();
  }

  private static Optional<PodTarget.Exit> exit(ContainerStatus status) {
    return Optional.ofNullable(status.getLastState()).map(ContainerState::getTerminated).filter(Targets::isTrouble)
        .map(end -> new PodTarget.Exit(
            new ContainerTrouble.Exited(status.getName(), Objects.requireNonNullElse(end.getReason(), ""),
                end.getExitCode()),
            status.getRestartCount(), Instant.parse(end.getStartedAt()), Instant.parse(end.getFinishedAt())));
  }

  /// A container that completes is no trouble, also where its probe failed and it was told to end.
  private static boolean isTrouble(ContainerStateTerminated end) {
    boolean known = end.getStartedAt() != null && end.getFinishedAt() != null
        && (end.getReason() == null || !LOST.contains(end.getReason()));
    return known && !(end.getExitCode() == 0 && "Completed".equals(end.getReason()));
  }

  private static Optional<Instant> startedAt(ContainerStatus status) {
    return Optional.ofNullable(status.getState()).map(state -> state.getRunning())
        .map(running -> running.getStartedAt()).map(Instant::parse);
  }
}
