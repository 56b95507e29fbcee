package dev.serin.testkit.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.Kubectl;
import dev.serin.testkit.monitor.store.TemplateRevision;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;

/// Plays Serin, and people, by hand on a real control plane: a namespace with a Deployment `web` of three pods and a
/// Rollout of the same name. There is no node, so pods stay Pending and go at once.
final class Impostor {

  static final String SERIN = "serin-controller";

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final String namespace;

  private Impostor(ControlPlane plane, String namespace) {
    this.plane = plane;
    this.client = plane.client(Actor.ADMIN);
    this.namespace = namespace;
  }

  /// A Deployment of `web:1` that is adopted: labelled, its template kept, recorded as stable.
  static Impostor adopt(ControlPlane plane, String name) {
    Impostor impostor = new Impostor(plane, plane.newNamespace(name));
    impostor.apply("""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: app, image: "web:1", resources: {limits: {cpu: "0.5"}}}]}
        """);
    impostor.apply("""
        apiVersion: serin.dev/v1alpha1
        kind: Rollout
        metadata: {name: web}
        spec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
        """);
    impostor.awaitPods("app=web", 3);
    impostor.patch("deployment/web", SERIN, "{\"metadata\":{\"labels\":{\"serin.dev/rollout\":\"web\"}}}");
    impostor.keep();
    impostor.status("{\"stable\":{\"revision\":\"%s\"},\"sequence\":1}".formatted(impostor.revision()));
    return impostor;
  }

  String namespace() {
    return namespace;
  }

  /// A person pushes a version, which is held.
  void push(String image) {
    patch("deployment/web", "kubectl", """
        {"spec":{"paused":true,"template":{"spec":{"containers":[{"name":"app","image":"%s"}]}}}}""".formatted(image));
  }

  /// Revision of the Deployment's template.
  String revision() {
    return TemplateRevision.of(template());
  }

  /// Keeps the Deployment's template.
  void keep() {
    apply("""
        apiVersion: apps/v1
        kind: ControllerRevision
        metadata:
          name: web-%s
          labels: {serin.dev/rollout: web}
          ownerReferences: [%s]
        revision: 1
        data: {template: %s}
        """.formatted(revision(), owner(), template()));
  }

  /// Creates a canary of the Deployment's template without pods.
  void createCanary(String name) {
    apply("""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: %s
          labels: {serin.dev/rollout: web, serin.dev/arm: canary}
          ownerReferences: [%s]
        spec:
          replicas: 0
          selector: {matchLabels: {app: web, serin.dev/arm: canary}}
          template: %s
        """.formatted(name, owner(), template().toString().replace("\"app\":\"web\"",
        "\"app\":\"web\",\"serin.dev/arm\":\"canary\"")));
  }

  void scale(String deployment, int replicas) {
    patch("deployment/" + deployment, SERIN, "{\"spec\":{\"replicas\":%d}}".formatted(replicas));
  }

  /// Records that the Deployment's template is the candidate.
  void candidate(String state, String weight) {
    status("{\"candidate\":{\"revision\":\"%s\",\"state\":\"%s\"},\"steps\":{\"weight\":\"%s\"}}"
        .formatted(revision(), state, weight));
  }

  /// Merges into the Rollout's status.
  void status(String json) {
    kubectl("patch", "rollouts.serin.dev/web", "--subresource=status", "--type=merge", "--field-manager=" + SERIN,
        "--patch={\"status\":" + json + "}");
  }

  /// Patches strategically, as somebody.
  void patch(String object, String manager, String json) {
    kubectl("patch", object, "--field-manager=" + manager, "--patch=" + json);
  }

  void delete(String object) {
    kubectl("delete", object);
  }

  void apply(String yaml) {
    plane.applyYaml(namespace, yaml);
  }

  void awaitPods(String labels, int count) {
    await(count + " pods with " + labels + " in " + namespace).until(() -> client.pods().inNamespace(namespace)
        .withLabelSelector(labels).list().getItems().size() == count);
  }

  /// Makes pods ready, as a node does.
  void ready(String labels) {
    client.pods().inNamespace(namespace).withLabelSelector(labels).list().getItems()
        .forEach(pod -> kubectl("patch", "pod/" + pod.getMetadata().getName(), "--subresource=status", "--patch", """
            {"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}"""));
  }

  void awaitReadyReplicas(int count) {
    await(count + " ready pods in the status of web").until(() -> Objects.equals(client.apps().deployments()
        .inNamespace(namespace).withName("web").get().getStatus().getReadyReplicas(), count));
  }

  void kubectl(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "--namespace";
    all[1] = namespace;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    Kubectl.Result result = plane.kubectl(all);
    assertThat(result.exit()).as(result.stderr()).isZero();
  }

  private JsonNode template() {
    Deployment deployment = client.apps().deployments().inNamespace(namespace).withName("web").get();
    return new ObjectMapper().valueToTree(deployment.getSpec().getTemplate());
  }

  private String owner() {
    String uid = client.genericKubernetesResources("serin.dev/v1alpha1", "Rollout").inNamespace(namespace)
        .withName("web").get().getMetadata().getUid();
    return "{apiVersion: serin.dev/v1alpha1, kind: Rollout, name: web, uid: %s, controller: true}".formatted(uid);
  }
}
