package dev.serin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.sandbox.app.Startup;
import dev.serin.sandbox.gateway.Gateway;
import dev.serin.sandbox.load.Load;
import dev.serin.sandbox.load.LoadPlan;
import dev.serin.sandbox.load.LoadReport;
import dev.serin.sandbox.load.Tally;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What kubelet, gateway and load promise, on any control plane.
abstract class SandboxNodesContract {

  private static final String V1 = "community-api:v1";
  private static final String V2 = "community-api:v2";
  private static final Map<String, String> LABELS = Map.of("app", "community-api");
  private static final long SEED = 42;
  private static final ContainerStatus NOT_STARTED = new ContainerStatusBuilder().withRestartCount(0).withReady(false)
      .withNewState().endState().build();

  private String namespace;
  private KubernetesClient client;
  private SandboxNodes nodes;

  /// An administrator's kubeconfig of the control plane.
  abstract String kubeconfig();

  /// A new namespace in which pods can be created.
  abstract String newNamespace();

  @BeforeEach
  void start() throws Exception {
    namespace = newNamespace();
    client = SandboxNodes.client(kubeconfig());
    nodes = SandboxNodes.start(kubeconfig(), List.of(AppVersion.healthy(V1), AppVersion.healthy(V2)),
        Clock.systemUTC(), SEED);
  }

  @AfterEach
  void stop() throws Exception {
    client.apps().deployments().inNamespace(namespace).withGracePeriod(0).delete();
    soon().until(() -> pods().isEmpty());
    nodes.close();
    client.close();
  }

  @Test
  @DisplayName("Pods become ready, the gateway reaches all of them, and a rolling update fails no request")
  void rolls() throws Exception {
    deploy(V1, 3);
    Gateway gateway = nodes.gateway(namespace, "community-api");
    gateway.awaitEndpoints(Duration.ofSeconds(30));
    soon().until(() -> gateway.endpoints() == 3);
    try (Load load = Load.start(gateway.address(), LoadPlan.ofRate(100), Clock.systemUTC())) {
      soon().until(() -> load.report().requests(V1) > 100);
      setImage(V2);
      soon().until(() -> complete(3));
      soon().until(() -> pods().size() == 3);
      long settled = load.report().requests(V2);
      soon().until(() -> load.report().requests(V2) > settled + 100);

      LoadReport report = load.report();
      assertThat(report.failed()).as("%s", report.problems()).isZero();
      assertThat(report.tallies()).extracting(Tally::image).containsExactly(V1, V2);
    }
  }

  @Test
  @DisplayName("Logs come with the runtime's times, follow, start at a time, and end when the stream is cut")
  void logs() throws Exception {
    deploy(V1, 1);
    Gateway gateway = nodes.gateway(namespace, "community-api");
    gateway.awaitEndpoints(Duration.ofSeconds(30));
    String pod = pods().getFirst().getMetadata().getName();
    try (Load load = Load.start(gateway.address(), LoadPlan.ofRate(50), Clock.systemUTC());
        LogWatch watch = client.pods().inNamespace(namespace).withName(pod).usingTimestamps().watchLog();
        BufferedReader reader = new BufferedReader(
            new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < 20; i++) {
        assertThat(line(reader)).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z \\{.*\"status\":200.*}");
      }
      Instant tenth = Instant.parse(lines(pod).get(10).split(" ", 2)[0]);
      List<String> since = client.pods().inNamespace(namespace).withName(pod).usingTimestamps()
          .sinceTime(tenth.toString()).getLog().lines().toList();
      // Kubernetes keeps whole seconds of sinceTime.
      Instant second = tenth.truncatedTo(ChronoUnit.SECONDS);
      assertThat(since.getFirst()).isEqualTo(lines(pod).stream()
          .filter(line -> !Instant.parse(line.split(" ", 2)[0]).isBefore(second)).findFirst().orElseThrow());

      nodes.kubelet().cutLogStreams(namespace, pod);

      // Whether the API server passes the break on as an end or as an error is its own affair.
      CompletableFuture<Long> rest = CompletableFuture.supplyAsync(() -> reader.lines().count());
      soon().until(rest::isDone);
      long before = load.report().requests();
      soon().until(() -> load.report().requests() > before + 50);
      assertThat(load.report().failed()).isZero();
    }
  }

  @Test
  @DisplayName("A quiet pod serves on and logs nothing")
  void quiet() throws Exception {
    deploy(V1, 1);
    Gateway gateway = nodes.gateway(namespace, "community-api");
    gateway.awaitEndpoints(Duration.ofSeconds(30));
    String pod = pods().getFirst().getMetadata().getName();
    nodes.kubelet().quiet(namespace, pod, true);
    try (Load load = Load.start(gateway.address(), LoadPlan.ofRate(50), Clock.systemUTC())) {
      soon().until(() -> load.report().requests() > 50);
      assertThat(lines(pod)).isEmpty();

      nodes.kubelet().quiet(namespace, pod, false);

      soon().until(() -> !lines(pod).isEmpty());
    }
  }

  @Test
  @DisplayName("A version that crashes goes into CrashLoopBackOff with restarts, and its last words can be read")
  void crashes() {
    nodes.define(AppVersion.healthy(V1).withStartup(Startup.CRASHES));
    deploy(V1, 1);

    soon().until(() -> pods().stream().anyMatch(pod -> status(pod).getRestartCount() >= 2
        && "CrashLoopBackOff".equals(waiting(pod))));
    Pod pod = pods().getFirst();
    assertThat(status(pod).getLastState().getTerminated().getExitCode()).isEqualTo(1);
    assertThat(client.pods().inNamespace(namespace).withName(pod.getMetadata().getName()).terminated().getLog())
        .contains("cannot open the store");
  }

  @Test
  @DisplayName("A container that is out of memory is killed and starts again at once; the pod's status tells how it ended")
  void outOfMemory() {
    deploy(V1, 1);
    soon().until(() -> complete(1));
    String pod = pods().getFirst().getMetadata().getName();

    nodes.kubelet().outOfMemory(namespace, pod);

    soon().until(() -> status(pods().getFirst()).getRestartCount() == 1 && status(pods().getFirst()).getReady());
    var end = status(pods().getFirst()).getLastState().getTerminated();
    assertThat(end.getReason()).isEqualTo("OOMKilled");
    assertThat(end.getExitCode()).isEqualTo(137);
    assertThat(Instant.parse(end.getFinishedAt())).isAfterOrEqualTo(Instant.parse(end.getStartedAt()));
  }

  @Test
  @DisplayName("An image that no version has cannot be pulled until somebody defines it")
  void imageMissing() {
    deploy("community-api:unknown", 1);
    soon().until(() -> pods().stream().anyMatch(pod -> "ImagePullBackOff".equals(waiting(pod))));

    nodes.define(AppVersion.healthy("community-api:unknown"));

    soon().until(() -> complete(1));
  }

  @Test
  @DisplayName("A version that never gets ready runs outside the Service; once cured it serves")
  void neverReady() throws Exception {
    nodes.define(AppVersion.healthy(V1).withStartup(Startup.NEVER_READY));
    deploy(V1, 1);
    Gateway gateway = nodes.gateway(namespace, "community-api");
    soon().until(() -> pods().stream().anyMatch(pod -> status(pod).getState().getRunning() != null));
    assertThat(gateway.endpoints()).isZero();

    nodes.define(AppVersion.healthy(V1).withErrors(ErrorRule.always("ill", 500)));

    gateway.awaitEndpoints(Duration.ofSeconds(30));
    try (Load load = Load.start(gateway.address(), LoadPlan.ofRate(50), Clock.systemUTC())) {
      soon().until(() -> load.report().failed(V1) > 10);
      assertThat(load.report().firstFailure(V1, "ill"::equals)).isPresent();
    }
  }

  private void deploy(String image, int replicas) {
    Deployment deployment = new DeploymentBuilder().withNewMetadata().withName("community-api").withNamespace(namespace)
        .endMetadata().withNewSpec().withReplicas(replicas).withNewSelector().withMatchLabels(LABELS).endSelector()
        .withNewTemplate().withNewMetadata().withLabels(LABELS).endMetadata().withNewSpec().addNewContainer()
        .withName("app").withImage(image).endContainer().endSpec().endTemplate().endSpec().build();
    client.resource(deployment).create();
    client.resource(new ServiceBuilder().withNewMetadata().withName("community-api").withNamespace(namespace)
        .endMetadata().withNewSpec().withSelector(LABELS).addNewPort().withPort(80)
        .withTargetPort(new IntOrString(8080)).endPort().endSpec().build()).create();
  }

  private void setImage(String image) {
    client.apps().deployments().inNamespace(namespace).withName("community-api").edit(deployment -> {
      deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage(image);
      return deployment;
    });
  }

  private boolean complete(int replicas) {
    Deployment deployment = client.apps().deployments().inNamespace(namespace).withName("community-api").get();
    var status = deployment.getStatus();
    return status != null && status.getObservedGeneration() != null
        && status.getObservedGeneration().equals(deployment.getMetadata().getGeneration())
        && Integer.valueOf(replicas).equals(status.getUpdatedReplicas())
        && Integer.valueOf(replicas).equals(status.getAvailableReplicas())
        && Integer.valueOf(replicas).equals(status.getReplicas());
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(namespace).list().getItems();
  }

  private List<String> lines(String pod) {
    return client.pods().inNamespace(namespace).withName(pod).usingTimestamps().getLog().lines().toList();
  }

  private static ContainerStatus status(Pod pod) {
    List<ContainerStatus> statuses = pod.getStatus().getContainerStatuses();
    return statuses.isEmpty() ? NOT_STARTED : statuses.getFirst();
  }

  private static String waiting(Pod pod) {
    ContainerStatus status = status(pod);
    return status.getState().getWaiting() == null ? "" : status.getState().getWaiting().getReason();
  }

  private static String line(BufferedReader reader) throws Exception {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return reader.readLine();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }).get(30, TimeUnit.SECONDS);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
  }
}
