package dev.serin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.sandbox.api.ApiServer;
import dev.serin.sandbox.controllers.Controllers;
import dev.serin.sandbox.support.TestKubelet;
import dev.serin.sandbox.support.TestNode;
import dev.serin.testkit.Kubectl;
import dev.serin.testkit.RealControlPlane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real `kubectl` of the control plane against the sandbox.
@RealControlPlane
class KubectlIT {

  private static final String SHOP = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop, labels: {app: shop}}
      spec:
        replicas: 3
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec:
            containers:
            - {name: app, image: "shop:1", ports: [{containerPort: 8080}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: shop}
      spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
      """;

  @TempDir
  private Path folder;
  private ApiServer server;
  private Controllers controllers;
  private TestKubelet kubelet;
  private TestNode node;

  @BeforeEach
  void start() throws IOException, InterruptedException, GeneralSecurityException {
    server = ApiServer.start(0, InstantSource.system());
    controllers = Controllers.start(server.cluster());
    kubelet = new TestKubelet(folder);
    node = new TestNode(server.cluster(), kubelet.port()).started();
    Files.writeString(folder.resolve("config"), server.kubeconfig());
    Files.writeString(folder.resolve("shop.yaml"), SHOP);
  }

  @AfterEach
  void stop() {
    node.close();
    controllers.close();
    server.close();
    kubelet.close();
  }

  private ProcessBuilder command(String... arguments) {
    var kubectl = Kubectl.of(folder.resolve("config"));
    var command = new ArrayList<>(List.of(kubectl.program().toString(), "--kubeconfig", kubectl.kubeconfig().toString(),
        "--cache-dir", folder.resolve("cache").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    var process = command(arguments).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("kubectl %s: %s", List.of(arguments), output).isZero();
    return output;
  }

  private void deploy() throws IOException, InterruptedException {
    kubectl("apply", "-f", folder.resolve("shop.yaml").toString());
    kubectl("rollout", "status", "deploy/shop", "--timeout=30s");
  }

  @Test
  @DisplayName("apply creates, a second apply changes nothing, a third applies the difference")
  void applies() throws IOException, InterruptedException {
    var file = folder.resolve("shop.yaml");

    assertThat(kubectl("apply", "-f", file.toString())).contains("deployment.apps/shop created",
        "service/shop created");
    assertThat(kubectl("apply", "-f", file.toString())).contains("deployment.apps/shop unchanged",
        "service/shop unchanged");
    Files.writeString(file, SHOP.replace("shop:1", "shop:2"));
    assertThat(kubectl("apply", "-f", file.toString())).contains("deployment.apps/shop configured",
        "service/shop unchanged");
    assertThat(kubectl("get", "deploy/shop", "-o", "jsonpath={.spec.template.spec.containers[0].image}"))
        .isEqualTo("shop:2");
  }

  @Test
  @DisplayName("Server-side apply is repeatable and refuses to take a field of another manager unless forced")
  void appliesOnTheServer() throws IOException, InterruptedException {
    var file = folder.resolve("shop.yaml").toString();
    kubectl("apply", "--server-side", "-f", file);
    kubectl("apply", "--server-side", "-f", file);
    assertThat(kubectl("get", "deploy/shop", "-o", "jsonpath={.metadata.generation}")).isEqualTo("1");

    kubectl("scale", "deploy/shop", "--replicas=5");
    var refused = command("apply", "--server-side", "-f", file).start();
    assertThat(new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains(
        "conflict with \"kubectl\"",
        ".spec.replicas");
    kubectl("apply", "--server-side", "--force-conflicts", "-f", file);
    assertThat(kubectl("get", "deploy/shop", "-o", "jsonpath={.spec.replicas}")).isEqualTo("3");
  }

  @Test
  @DisplayName("get prints the columns that people know, also for Serin's kinds, and watches")
  void prints() throws IOException, InterruptedException {
    deploy();

    assertThat(kubectl("get", "deploy").lines().toList()).satisfiesExactly(
        header -> assertThat(header).matches("NAME +READY +UP-TO-DATE +AVAILABLE +AGE"),
        row -> assertThat(row).matches("shop +3/3 +3 +3 +\\d+s"));
    assertThat(kubectl("get", "pods", "-o", "wide"))
        .containsPattern("shop-\\S+ +1/1 +Running +0 +\\d+s +10\\.0\\.0\\.\\d+ +node-1");
    assertThat(kubectl("get", "srn")).contains("No resources found");
    Files.writeString(folder.resolve("rollout.yaml"), """
        apiVersion: serin.dev/v1alpha1
        kind: Rollout
        metadata: {name: shop}
        spec:
          workloadRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
        """);
    kubectl("apply", "-f", folder.resolve("rollout.yaml").toString());
    assertThat(kubectl("apply", "-f", folder.resolve("rollout.yaml").toString())).contains("unchanged");
    assertThat(kubectl("get", "srn")).containsPattern("NAME +\\S+").contains("shop");
    assertThat(kubectl("get", "all")).contains("pod/shop-", "service/shop", "deployment.apps/shop",
        "replicaset.apps/shop-");
    assertThat(kubectl("explain", "rollout.spec.workloadRef")).contains("serin.dev", "name\t<string>");
  }

  @Test
  @DisplayName("describe tells replicas, conditions, ReplicaSets and events")
  void describes() throws IOException, InterruptedException {
    deploy();

    assertThat(kubectl("describe", "deploy/shop")).contains(
        "3 desired | 3 updated | 3 total | 3 available | 0 unavailable",
        "Progressing    True    NewReplicaSetAvailable", "ScalingReplicaSet");
    assertThat(kubectl("describe", "pods")).contains("Controlled By:  ReplicaSet/shop-", "10.0.0.");
  }

  @Test
  @DisplayName("set image, rollout status, history, undo, restart, pause and resume work")
  void rolls() throws IOException, InterruptedException {
    deploy();
    kubectl("set", "image", "deploy/shop", "app=shop:2");
    assertThat(kubectl("rollout", "status", "deploy/shop", "--timeout=30s")).contains("successfully rolled out");
    assertThat(kubectl("rollout", "history", "deploy/shop")).contains("1 ", "2 ");

    kubectl("rollout", "undo", "deploy/shop");
    kubectl("rollout", "status", "deploy/shop", "--timeout=30s");
    assertThat(kubectl("get", "deploy/shop", "-o", "jsonpath={.spec.template.spec.containers[0].image}"))
        .isEqualTo("shop:1");

    kubectl("rollout", "pause", "deploy/shop");
    kubectl("rollout", "resume", "deploy/shop");
    kubectl("rollout", "restart", "deploy/shop");
    kubectl("rollout", "status", "deploy/shop", "--timeout=30s");
    assertThat(kubectl("get", "rs").lines()).hasSize(4);
  }

  @Test
  @DisplayName("A Deployment that a Rollout watches is held on a change and released by rollout resume")
  void holds() throws IOException, InterruptedException {
    deploy();
    kubectl("label", "deploy/shop", "serin.dev/rollout=shop");
    kubectl("set", "image", "deploy/shop", "app=shop:2");
    assertThat(kubectl("get", "deploy/shop", "-o", "jsonpath={.spec.paused}")).isEqualTo("true");

    kubectl("rollout", "resume", "deploy/shop");
    kubectl("rollout", "status", "deploy/shop", "--timeout=30s");
    assertThat(kubectl("get", "deploy/shop", "-o", "jsonpath={.spec.paused}")).isEmpty();
  }

  @Test
  @DisplayName("scale, delete with all that is owned, and wait")
  void scalesAndDeletes() throws IOException, InterruptedException {
    deploy();
    kubectl("scale", "deploy/shop", "--replicas=1");
    kubectl("wait", "--for=jsonpath={.status.replicas}=1", "deploy/shop", "--timeout=30s");
    kubectl("wait", "--for=condition=Available", "deploy/shop", "--timeout=30s");

    assertThat(kubectl("delete", "-f", folder.resolve("shop.yaml").toString()))
        .contains("deployment.apps \"shop\" deleted");
    await().atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(kubectl("get", "all")).contains("No resources found"));
  }

  @Test
  @DisplayName("logs come from the kubelet, followed line by line")
  void showsLogs() throws IOException, InterruptedException {
    deploy();

    assertThat(kubectl("logs", "deploy/shop", "--tail=5", "--timestamps")).contains(
        "asked /containerLogs/default/shop-",
        "/app?", "timestamps=true", "tailLines=5");
    var pod = kubectl("get", "pods", "-o", "name").lines().findFirst().orElseThrow();
    var following = command("logs", pod, "-f").start();
    try (var lines = following.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).contains("asked /containerLogs/", "follow=true");
      kubelet.goOn();
      assertThat(lines.readLine()).isEqualTo("and more");
    } finally {
      following.destroy();
    }
  }
}
