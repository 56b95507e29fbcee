package dev.serin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@RealControlPlane
class ControlPlaneIT {

  private static final String DEPLOYMENT = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: app, image: "web:1"}]}
      """;

  private final ControlPlane plane;

  ControlPlaneIT(ControlPlane plane) {
    this.plane = plane;
  }

  @Test
  @DisplayName("Controllers work: a Deployment gets its ReplicaSet and pods")
  void controllersWork() {
    String namespace = plane.newNamespace("plane");
    plane.applyYaml(namespace, DEPLOYMENT);

    await().until(() -> plane.client(Actor.OBSERVER).pods().inNamespace(namespace).withLabel("app", "web").list()
        .getItems().size() == 2);
  }

  @Test
  @DisplayName("The audit log tells who wrote what, with the body")
  void auditTellsWhoWrote() {
    String namespace = plane.newNamespace("audit");
    plane.client(Actor.DELIVERY).resource(new ConfigMapBuilder().withNewMetadata().withName("written")
        .withNamespace(namespace).endMetadata().addToData("key", "value").build()).create();

    List<AuditEvent> writes = await().until(() -> plane.audit().stream().filter(AuditEvent::write)
        .filter(event -> event.namespace().equals(namespace) && event.name().equals("written")).toList(),
        events -> !events.isEmpty());

    assertThat(writes).singleElement().satisfies(event -> {
      assertThat(event.user()).isEqualTo("delivery");
      assertThat(event.verb()).isEqualTo("create");
      assertThat(event.resource()).isEqualTo("configmaps");
      assertThat(event.code()).isEqualTo(201);
      assertThat(event.succeeded()).isTrue();
      assertThat(event.request().path("data").path("key").asText()).isEqualTo("value");
    });
  }

  @Test
  @DisplayName("A ServiceAccount's kubeconfig has the rights of the ServiceAccount and no more")
  void serviceAccountHasItsRights() {
    String namespace = plane.newNamespace("rights");
    plane.applyYaml(namespace, """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: reader}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader}
        rules: [{apiGroups: [""], resources: [pods], verbs: [list]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: reader}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
        subjects: [{kind: ServiceAccount, name: reader, namespace: %s}]
        """.formatted(namespace));
    Kubectl kubectl = new Kubectl(plane.kubectl(Actor.PERSON).program(), plane.kubeconfigFor(namespace, "reader"));

    Kubectl.Result allowed = kubectl.run("get", "pods", "--namespace", namespace);
    Kubectl.Result refused = kubectl.run("get", "secrets", "--namespace", namespace);

    assertThat(allowed.exit()).as(allowed.stderr()).isZero();
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.stderr()).contains("system:serviceaccount:" + namespace + ":reader");
  }

  @Test
  @DisplayName("kubectl and server are of the version that the cache is keyed by")
  void versionsAgree() {
    Kubectl.Result version = plane.kubectl("version");

    assertThat(version.stdout()).contains("Client Version: " + Binaries.VERSION, "Server Version: " + Binaries.VERSION);
  }

  @Test
  @DisplayName("MutatingAdmissionPolicy v1 is served")
  void servesMutatingAdmissionPolicies() {
    assertThat(plane.kubectl("api-resources", "--api-group=admissionregistration.k8s.io").stdout())
        .containsPattern("mutatingadmissionpolicies\\s+admissionregistration.k8s.io/v1\\s");
  }

  @Test
  @DisplayName("A second control plane runs beside the first, and closing it leaves no file and no listener")
  void secondRunsBeside() throws Exception {
    ControlPlane second = ControlPlane.start();
    var folder = second.kubeconfig(Actor.ADMIN).getParent();
    try (KubernetesClient client = Clients.client(second.kubeconfigText(Actor.ADMIN))) {
      assertThat(client.namespaces().withName("default").get()).isNotNull();
      assertThat(second.url()).isNotEqualTo(plane.url());
    }

    second.close();

    assertThat(Files.exists(folder)).isFalse();
    int port = URI.create(second.url()).getPort();
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.isBound()).isTrue();
    }
  }
}
