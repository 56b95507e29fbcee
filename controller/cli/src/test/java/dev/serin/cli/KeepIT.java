package dev.serin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.testkit.Kubectl;
import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// `serin demo --keep` and the real kubectl: what the demo's last lines promise.
@RealControlPlane
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class KeepIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ChildProcess demo;
  private final Kubectl kubectl;

  KeepIT(@TempDir Path folder) throws IOException {
    demo = ShortStory.play(folder, "RolledBack", "--keep");
    String export = demo.awaitLine("export KUBECONFIG=", PATIENCE);
    kubectl = Kubectl.of(Path.of(export.substring(export.indexOf('=') + 1)));
  }

  @BeforeAll
  void theScenarioIsOver() {
    demo.awaitLine("The Service answers at http://127.0.0.1:", PATIENCE);
  }

  @AfterAll
  void close() {
    demo.close();
  }

  @Test
  @Order(1)
  @DisplayName("get shows the Rollout, its Deployment, and the pods of stable")
  void gets() {
    String all = run("get", "srn,deployments,pods");

    assertThat(all).containsPattern("rollout.serin.dev/shop +\\S+").containsPattern("deployment.apps/shop +2/2");
    assertThat(all.lines().filter(line -> line.startsWith("pod/shop-"))).hasSize(2)
        .allMatch(line -> line.contains("Running"));
    assertThat(run("get", "srn", "shop", "-o", "jsonpath={.status.vetoes[0].reason}")).isEqualTo("AllRequestsFail");
  }

  @Test
  @Order(2)
  @DisplayName("logs shows the requests of the load, which goes on")
  void logs() {
    assertThat(run("logs", "deployment/shop", "--tail=3")).contains("\"status\":200");
    String first = run("logs", "deployment/shop", "--tail=1");
    await().atMost(PATIENCE).until(() -> !run("logs", "deployment/shop", "--tail=1").equals(first));
  }

  @Test
  @Order(3)
  @DisplayName("describe tells the Rollout's conditions and the operator's events")
  void describes() {
    assertThat(run("describe", "srn", "shop")).contains("Reason:", "AllRequestsFail", "Rolled back: ");
    assertThat(run("describe", "deployment/shop")).contains("2 desired", "ScalingReplicaSet");
  }

  @Test
  @Order(4)
  @DisplayName("The printed commands work; the push among them gets the operator going")
  void printedCommands() {
    List<String> commands = demo.stdout().stream().map(String::strip).filter(line -> line.startsWith("kubectl "))
        .toList();

    assertThat(commands).containsExactly("kubectl -n market get srn,deployments,pods",
        "kubectl -n market set image deployment/shop app=shop:v1");
    for (String command : commands) {
      Kubectl.Result result = kubectl.run(command.substring("kubectl ".length()).split(" ", -1));
      assertThat(result.exit()).as("%s: %s", command, result.stderr()).isZero();
    }
    run("wait", "--for=condition=Ready", "srn/shop", "--timeout=50s");
  }

  @Test
  @Order(5)
  @DisplayName("apply makes objects that live on: a second Deployment runs, is watched, and its push becomes a candidate")
  void applies() {
    assertThat(kubectl.runWithInput("""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: till}
        spec:
          replicas: 1
          selector: {matchLabels: {app: till}}
          template:
            metadata: {labels: {app: till}}
            spec: {containers: [{name: app, image: "shop:v1", ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: serin.dev/v1alpha1
        kind: Rollout
        metadata: {name: till}
        spec:
          workloadRef: {apiVersion: apps/v1, kind: Deployment, name: till}
        """, "--namespace", "market", "apply", "-f", "-"))
        .satisfies(result -> assertThat(result.exit()).as(result.stderr()).isZero());

    run("wait", "--for=condition=Ready", "srn/till", "--timeout=50s");
    run("set", "image", "deployment/till", "app=shop:v2");
    run("wait", "--for=jsonpath={.status.candidate.state}=Stepping", "srn/till", "--timeout=50s");
  }

  @Test
  @Order(6)
  @DisplayName("It runs until it is stopped, and then ends at once")
  void ends() {
    assertThat(demo.alive()).isTrue();

    assertThat(demo.terminate(Duration.ofSeconds(20))).as("exit code after SIGTERM").isEqualTo(143);
    assertThat(kubectl.run("get", "srn").exit()).isNotZero();
  }

  private String run(String... arguments) {
    Kubectl.Result result = kubectl.run(Stream.concat(Stream.of("--namespace", "market"), Stream.of(arguments))
        .toArray(String[]::new));
    assertThat(result.exit()).as("kubectl %s: %s", List.of(arguments), result.stderr()).isZero();
    return result.stdout();
  }
}
