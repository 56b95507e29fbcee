package dev.serin.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.Kubectl;
import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.chart.Chart;
import dev.serin.testkit.process.ChildProcess;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
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

/// Real Helm against a real API server, on a control plane of its own: the release, its CRDs and its policy are cluster-wide.
@RealControlPlane
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ChartInstallIT {

  private final ControlPlane plane = ControlPlane.start();
  private final String namespace = plane.newNamespace("shop");
  private final Path folder;
  /// What Helm printed at the last installation.
  private String notes = "";

  ChartInstallIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void applyDefinitionsAsThePageSays() throws IOException {
    for (String plural : List.of("rollouts", "analyses")) {
      plane.applyYaml(Files.readString(Chart.folder().resolve("../../crds/" + plural + ".serin.dev.yaml")));
    }
  }

  @AfterAll
  void close() {
    plane.close();
  }

  @Test
  @Order(1)
  @DisplayName("The chart installs after kubectl apply -f crds/, and leaves those definitions to their owner")
  void installs() {
    install();

    assertThat(plane.kubectl("get", "deployment,serviceaccount,service", "--namespace", "serin-system").stdout())
        .contains("deployment.apps/serin ", "serviceaccount/serin ", "service/serin-metrics ");
    assertThat(plane.kubectl("get", "crd", "rollouts.serin.dev", "-o", "jsonpath={.metadata.labels}").stdout())
        .doesNotContain("Helm");
  }

  @Test
  @Order(2)
  @DisplayName("The Rollout of the notes is pasted into a shell as it stands, and the API server takes it without a warning")
  void notesApply() {
    var block = Pattern.compile("(?ms)^kubectl apply -f - <<EOF$.*?^EOF$").matcher(notes);
    assertThat(block.find()).as(notes).isTrue();

    assertThat(shell(block.group().replace("kubectl apply",
        "kubectl apply --dry-run=server --validate=strict --warnings-as-errors -n " + namespace)))
        .containsExactly("rollout.serin.dev/my-app created (server dry run)");
  }

  @Test
  @Order(3)
  @DisplayName("An upgrade keeps the key that hides tenants")
  void keepsTenantKey() {
    String key = tenantKey();
    new Helm(Chart.folder()).upgrade().withName(Chart.RELEASE).withNamespace("serin-system")
        .withKubeConfig(plane.kubeconfig(Actor.ADMIN)).call();

    assertThat(Base64.getDecoder().decode(key)).as("as long as the operator asks for").hasSizeGreaterThan(16);
    assertThat(tenantKey()).isEqualTo(key);
  }

  private String tenantKey() {
    return plane.kubectl("get", "secret", "serin-tenants", "--namespace", "serin-system", "-o", "jsonpath={.data.key}")
        .stdout();
  }

  @Test
  @Order(3)
  @DisplayName("Auto installs the hold policy where the API server serves its kind, and a template change comes back paused")
  void holds() {
    plane.applyYaml(namespace, deployment("held", ""));
    // The API server compiles new policies within a second or so.
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> kubectl("set", "image", "deployment/held", "app=x:2",
        "--dry-run=server", "-o", "jsonpath={.spec.paused}").stdout().equals("true"));

    assertThat(kubectl("set", "image", "deployment/held", "app=community-api:2").exit()).isZero();
    assertThat(get("held").getSpec().getPaused()).isTrue();
    assertThat(kubectl("scale", "deployment/held", "--replicas=3").exit()).isZero();
    assertThat(get("held").getSpec().getReplicas()).isEqualTo(3);
    kubectl("patch", "deployment", "held", "--type=merge", "--patch", "{\"spec\":{\"paused\":false}}");
    assertThat(get("held").getSpec().getPaused()).as("a manifest that says paused: false").isTrue();
    assertThat(kubectl("rollout", "resume", "deployment/held").exit()).isZero();
    assertThat(get("held").getSpec().getPaused()).as("kubectl rollout resume").isNull();
    assertThat(get("held").getMetadata().getAnnotations()).as("who released it")
        .containsEntry("serin.dev/released-by", "person");
  }

  @Test
  @Order(2)
  @DisplayName("A Deployment that is kept paused takes templates while it is paused, and refuses them while it rolls")
  void refusesWhileRolling() {
    plane.applyYaml(namespace, deployment("always", ""));
    kubectl("annotate", "deployment/always", "serin.dev/hold=Always");
    kubectl("rollout", "pause", "deployment/always");
    assertThat(kubectl("set", "image", "deployment/always", "app=community-api:2").exit()).isZero();
    kubectl("rollout", "resume", "deployment/always");

    var refused = Awaitility.await().atMost(Duration.ofSeconds(30)).until(
        () -> kubectl("set", "image", "deployment/always", "app=community-api:3", "--dry-run=server"),
        answer -> answer.exit() != 0);
    assertThat(refused.stderr()).contains("is being rolled by Serin (hold: Always)",
        "try again when the Rollout is Ready (kubectl wait --for=condition=Ready srn/", "kubectl rollout pause");
    assertThat(kubectl("scale", "deployment/always", "--replicas=3").exit()).isZero();
    assertThat(kubectl("rollout", "pause", "deployment/always").exit()).isZero();
    assertThat(kubectl("set", "image", "deployment/always", "app=community-api:3").exit()).isZero();
  }

  @Test
  @Order(4)
  @DisplayName("What belongs to an arm, or to no Rollout, is not held")
  void leavesOthersAlone() {
    plane.applyYaml(namespace, deployment("canary", ", serin.dev/arm: canary"));
    plane.applyYaml(namespace, deployment("stranger", "").replace("serin.dev/rollout", "example.com/other"));

    for (String name : List.of("canary", "stranger")) {
      assertThat(kubectl("set", "image", "deployment/" + name, "app=community-api:2").exit()).isZero();
      assertThat(get(name).getSpec().getPaused()).as(name).isNull();
    }
  }

  @Test
  @Order(5)
  @DisplayName("The ServiceAccount may do what the operator does, and neither read Secrets nor scale")
  void grants() {
    Kubectl operator = new Kubectl(plane.kubectl(Actor.PERSON).program(), plane.kubeconfigFor("serin-system", "serin"));

    for (String allowed : List.of("patch rollouts.serin.dev --subresource=status",
        "create analyses.serin.dev", "patch deployments.apps", "delete deployments.apps", "get pods --subresource=log",
        "create controllerrevisions.apps", "create events.events.k8s.io")) {
      assertThat(may(operator, allowed)).as(allowed).isEqualTo("yes");
    }
    for (String refused : List.of("get secrets", "get configmaps", "update services",
        "patch deployments.apps --subresource=scale",
        "create pods --subresource=exec", "create rollouts.serin.dev", "delete rollouts.serin.dev",
        "update rollouts.serin.dev --subresource=finalizers", "delete pods")) {
      assertThat(may(operator, refused)).as(refused).isEqualTo("no");
    }
  }

  @Test
  @Order(6)
  @DisplayName("Uninstalling removes the policy and keeps definitions and Rollouts; a chart that brought its own keeps them too")
  void uninstalls() {
    kubectl("apply", "-f", Chart.folder().resolve("../../docs/examples/minimal.yaml").toString());
    kubectl("patch", "srn", "community-api", "--type=merge", "--patch",
        "{\"metadata\":{\"finalizers\":[\"" + Keys.ROUTE_RESTORE + "\"]}}");
    String key = tenantKey();
    uninstall();

    assertThat(tenantKey()).as("the key that hides tenants").isEqualTo(key);
    assertThat(plane.kubectl("get", "mutatingadmissionpolicies,clusterroles", "-o", "name").stdout())
        .doesNotContain("/serin");
    assertThat(kubectl("get", "srn", "community-api").exit()).isZero();

    takesOverByHand();

    plane.kubectl("delete", "crd", "rollouts.serin.dev", "analyses.serin.dev", "--wait=false");
    // The API server takes its time when many objects of the kind are left by others.
    Awaitility.await().atMost(Duration.ofMinutes(4)).until(() -> !plane.kubectl("get", "crd", "-o", "name").stdout()
        .contains("serin.dev"));
    install();
    uninstall();

    assertThat(plane.kubectl("get", "crd", "-o", "name").stdout()).contains("rollouts.serin.dev", "analyses.serin.dev");
    install();
  }

  /// What the notes tell those to do who uninstalled while there were Rollouts.
  private void takesOverByHand() {
    plane.applyYaml(namespace, deployment("left-canary", ", serin.dev/arm: canary"));
    plane.applyYaml(namespace, deployment("left", "").replace("replicas: 2", "replicas: 2\n  paused: true"));

    shell(command("kubectl scale "));
    assertThat(get("left-canary").getSpec().getReplicas()).isZero();
    assertThat(get("left").getSpec().getReplicas()).as("stable keeps its pods").isEqualTo(2);

    shell(command("kubectl rollout resume ").replace("<name>", "left"));
    assertThat(get("left").getSpec().getPaused()).isNull();

    kubectl("delete", "srn", "community-api", "--wait=false");
    assertThat(kubectl("get", "srn", "community-api").exit()).as("the finalizer holds it").isZero();
    shell(command("kubectl patch ").replace("<rollout>", "community-api"));
    assertThat(kubectl("get", "srn", "community-api").stderr()).contains("NotFound");
  }

  /// The one indented line of the notes that begins so, for the shop's namespace.
  private String command(String begin) {
    List<String> found = notes.lines().filter(line -> line.startsWith("  " + begin)).map(String::strip).toList();
    assertThat(found).as(notes).hasSize(1);
    return found.getFirst().replace("<namespace>", namespace);
  }

  /// Runs text of the notes as a person does who pastes it.
  private List<String> shell(String text) {
    Kubectl kubectl = plane.kubectl(Actor.PERSON);
    Path programs = Objects.requireNonNull(kubectl.program().getParent());
    try (ChildProcess shell = ChildProcess.start("sh", Files.createTempDirectory(folder, "sh-"),
        List.of("sh", "-euc", text),
        Map.of("PATH", programs + ":" + System.getenv("PATH"), "KUBECONFIG", kubectl.kubeconfig().toString()))) {
      assertThat(shell.awaitExit(Duration.ofMinutes(1))).as("%s: %s", text, shell.tail()).isZero();
      return shell.stdout();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void install() {
    Path kubeconfig = plane.kubeconfig(Actor.ADMIN);
    notes = new Helm(Chart.folder()).install().withName(Chart.RELEASE).withNamespace("serin-system").createNamespace()
        .withKubeConfig(kubeconfig).call().getOutput();
  }

  private void uninstall() {
    Helm.uninstall(Chart.RELEASE).withNamespace("serin-system").withKubeConfig(plane.kubeconfig(Actor.ADMIN)).call();
  }

  private Kubectl.Result kubectl(String... arguments) {
    return plane.kubectl(Stream.concat(Stream.of("--namespace", namespace),
        Stream.of(arguments)).toArray(String[]::new));
  }

  private String may(Kubectl who, String request) {
    List<String> words = new ArrayList<>(List.of("auth", "can-i", "--namespace", namespace));
    words.addAll(List.of(request.split(" ", -1)));
    return who.run(words.toArray(String[]::new)).stdout().strip();
  }

  private Deployment get(String name) {
    return Objects.requireNonNull(
        plane.client(Actor.OBSERVER).apps().deployments().inNamespace(namespace).withName(name).get(), name);
  }

  private static String deployment(String name, String label) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s, labels: {serin.dev/rollout: community-api%s}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: %s}}
          template:
            metadata: {labels: {app: %s}}
            spec: {containers: [{name: app, image: "community-api:1"}]}
        """.formatted(name, label, name, name);
  }
}
