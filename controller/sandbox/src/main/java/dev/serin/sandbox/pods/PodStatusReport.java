package dev.serin.sandbox.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The status of a pod as its kubelet reports it.
///
/// @param startTime
///          when the kubelet took the pod
/// @param state
///          of all its containers
/// @param restarts
///          how often the container was started again
/// @param lastExit
///          how the container last ended, or null
record PodStatusReport(Instant startTime, String podIp, State state, int restarts, @Nullable Exit lastExit) {

  /// How a container ended.
  record Exit(String reason, int code, Instant startedAt, Instant at) {}

  sealed interface State {
    /// @param since
    ///          when the state began
    record Waiting(String reason, String message, Instant since) implements State {}

    record Running(boolean ready, Instant startedAt, Instant since) implements State {}
  }

  PodStatus of(Pod pod) {
    boolean ready = state instanceof State.Running running && running.ready();
    Instant since = switch (state) {
      case State.Waiting waiting -> waiting.since();
      case State.Running running -> running.since();
    };
    List<Container> containers = pod.getSpec().getContainers();
    return new PodStatusBuilder()
        .withPhase(state instanceof State.Running || lastExit != null ? "Running" : "Pending")
        .withHostIP("127.0.0.1").addNewHostIP().withIp("127.0.0.1").endHostIP()
        .withPodIP(podIp).addNewPodIP().withIp(podIp).endPodIP()
        .withStartTime(text(startTime))
        .withConditions(condition("PodScheduled", true, startTime), condition("Initialized", true, startTime),
            condition("ContainersReady", ready, since), condition("Ready", ready, since))
        .withContainerStatuses(containers.stream().map(container -> status(container, ready)).toList())
        .build();
  }

  private ContainerStatus status(Container container, boolean ready) {
    return new ContainerStatusBuilder().withName(container.getName()).withImage(container.getImage())
        .withImageID("sandbox/" + container.getImage()).withReady(ready).withRestartCount(restarts)
        .withStarted(state instanceof State.Running).withState(current())
        .withLastState(lastExit == null ? new ContainerState() : ended(lastExit)).build();
  }

  private ContainerState current() {
    return switch (state) {
      case State.Waiting(var reason, var message, _) ->
        new ContainerStateBuilder().withNewWaiting(message, reason).build();
      case State.Running(_, var startedAt, _) -> new ContainerStateBuilder().withNewRunning(text(startedAt)).build();
    };
  }

  private static ContainerState ended(Exit exit) {
    return new ContainerStateBuilder().withNewTerminated().withExitCode(exit.code()).withReason(exit.reason())
        .withStartedAt(text(exit.startedAt())).withFinishedAt(text(exit.at())).endTerminated().build();
  }

  private static PodCondition condition(String type, boolean holds, Instant since) {
    return new PodConditionBuilder().withType(type).withStatus(holds ? "True" : "False")
        .withReason(holds || !type.endsWith("Ready") ? null : "ContainersNotReady").withLastTransitionTime(text(since))
        .build();
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
