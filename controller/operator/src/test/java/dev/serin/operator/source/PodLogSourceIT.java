package dev.serin.operator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.judge.Arm;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.PodCounts;
import dev.serin.sandbox.SandboxNodes;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.gateway.Gateway;
import dev.serin.sandbox.load.Load;
import dev.serin.sandbox.load.LoadPlan;
import dev.serin.signature.RecordRules;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@RealControlPlane
@DisplayName("Logs through a real API server")
class PodLogSourceIT {

  private static final String IMAGE = "community-api:v1";
  private static final SourcePolicy POLICY = new SourcePolicy(Duration.ofSeconds(2), Duration.ZERO,
      new RecordRules(List.of(), Optional.empty()), List.of(), Optional.empty(), List.of(), Set.of());
  private static final WindowGrid GRID = new WindowGrid(POLICY.window());

  private final ControlPlane cluster;
  private final List<ClosedWindow> windows = new ArrayList<>();
  private String namespace;
  private KubernetesClient client;
  private SandboxNodes nodes;
  private Gateway gateway;
  private PodLogSource source;
  private WindowCollector collector;
  private Set<PodTarget> targets;

  PodLogSourceIT(ControlPlane cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void deploy() throws Exception {
    namespace = cluster.newNamespace("logs");
    client = cluster.client(Actor.ADMIN);
    nodes = SandboxNodes.start(cluster.kubeconfigText(Actor.KUBELET), List.of(AppVersion.healthy(IMAGE)),
        Clock.systemUTC(), 42);
    cluster.applyYaml(namespace, """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: community-api}
        spec:
          replicas: 2
          selector: {matchLabels: {app: community-api}}
          template:
            metadata: {labels: {app: community-api}}
            spec: {containers: [{name: app, image: "%s"}]}
        """.formatted(IMAGE));
    cluster.applyYaml(namespace, """
        apiVersion: v1
        kind: Service
        metadata: {name: community-api}
        spec: {selector: {app: community-api}, ports: [{port: 80, targetPort: 8080}]}
        """);
    gateway = nodes.gateway(namespace, "community-api");
    soon().until(() -> gateway.endpoints() == 2);
    targets = client.pods().inNamespace(namespace).list().getItems().stream()
        .map(pod -> new PodTarget(namespace, pod.getMetadata().getName(), pod.getMetadata().getUid(), "app",
            Arm.BASELINE, Instant.parse(pod.getStatus().getStartTime()), List.of()))
        .collect(Collectors.toSet());
    source = new PodLogSource(client, Clock.systemUTC(), new CountingMeter(), 10);
    collector = source.collect(POLICY, ExposureKind.REQUESTS, -1, () -> {});
    collector.follow(targets);
  }

  @AfterEach
  void remove() throws Exception {
    source.close();
    client.apps().deployments().inNamespace(namespace).withGracePeriod(0).delete();
    soon().until(() -> client.pods().inNamespace(namespace).list().getItems().isEmpty());
    nodes.close();
  }

  @Test
  @DisplayName("Complete windows hold exactly the requests in the logs; a quiet pod is zero; a cut stream costs its windows only")
  void countsAndSurvives() throws Exception {
    List<String> pods = targets.stream().map(PodTarget::name).sorted().toList();
    awaitWindow(window -> window.window().complete() && window.window().exposure(Arm.BASELINE) == 0);
    try (Load load = Load.start(gateway.address(), LoadPlan.ofRate(50), Clock.systemUTC())) {
      awaitWindow(window -> window.window().complete()
          && window.window().baseline().stream().allMatch(pod -> pod.exposure() > 10));

      nodes.kubelet().cutLogStreams(namespace, pods.getFirst());
      awaitWindow(window -> window.incompleteBecause().orElse("").contains(pods.getFirst()));
      awaitWindow(window -> window.window().complete() && window.window().exposure(Arm.BASELINE) > 10);

      nodes.kubelet().quiet(namespace, pods.getLast(), true);
      awaitWindow(window -> window.window().complete() && exposure(window, pods.getLast()) == 0
          && exposure(window, pods.getFirst()) > 10);
      assertThat(load.report().failed()).isZero();
    }
    assertThat(windows).filteredOn(window -> window.window().complete()).isNotEmpty().allSatisfy(window -> {
      for (String pod : pods) {
        assertThat(exposure(window, pod)).as("%s in %s", pod, window).isEqualTo(logged(pod, window));
      }
    });
  }

  @Test
  @DisplayName("The burn-in finds the requests of running pods")
  void readsBack() throws Exception {
    try (Load load = Load.start(gateway.address(), LoadPlan.ofRate(50), Clock.systemUTC())) {
      soon().until(() -> load.report().requests() > 100);
    }
    Instant now = Clock.systemUTC().instant();

    BurnIn burnIn = source.burnIn(targets, POLICY, now);

    assertThat(burnIn.covered()).isTrue();
    assertThat(burnIn.exposure()).isEqualTo(ExposureKind.REQUESTS);
    assertThat(burnIn.requests()).isGreaterThan(100);
    assertThat(burnIn.from()).isBefore(now);
    assertThat(burnIn.podSeconds()).isPositive();
  }

  /// Waits for a window after all that were seen so far.
  private void awaitWindow(Predicate<ClosedWindow> wanted) {
    soon().until(() -> {
      List<ClosedWindow> fresh = collector.closedAfter(windows.isEmpty() ? -1 : windows.getLast().window().sequence());
      windows.addAll(fresh);
      return fresh.stream().anyMatch(wanted);
    });
  }

  private static double exposure(ClosedWindow window, String pod) {
    return window.window().baseline().stream().filter(counts -> counts.pod().equals(pod))
        .mapToDouble(PodCounts::exposure).sum();
  }

  /// Requests that the pod's log holds for a window.
  private double logged(String pod, ClosedWindow window) {
    return client.pods().inNamespace(namespace).withName(pod).usingTimestamps().getLog().lines()
        .filter(line -> line.contains("\"status\":"))
        .filter(line -> GRID.sequenceAt(Instant.parse(line.split(" ", 2)[0])) == window.window().sequence()).count();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
  }
}
