package dev.serin.operator.reconcile;

import dev.serin.judge.Arm;
import dev.serin.operator.source.PodTarget;
import dev.serin.operator.workload.FleetPod;
import dev.serin.operator.workload.WorkloadSnapshot;
import dev.serin.rollout.Revision;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which containers' logs are evidence for which arm. The arm follows from the template that a pod runs, not from its
/// owner: while promoting, the user's own Deployment has pods of both.
final class Targets {

  private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

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
            pod.getMetadata().getName(), pod.getMetadata().getUid(), name, arm, started));
  }

  private static String defaultContainer(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    String marked = annotations == null ? null : annotations.get(DEFAULT_CONTAINER);
    return marked != null
        ? marked
        : pod.getSpec().getContainers().stream().map(Container::getName).findFirst().orElse("");
  }

  private static Optional<Instant> startedAt(ContainerStatus status) {
    return Optional.ofNullable(status.getState()).map(state -> state.getRunning())
        .map(running -> running.getStartedAt()).map(Instant::parse);
  }
}
