package dev.serin.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What Serin records: revisions, events and its own resources.
interface RecordsContract extends Contract {

  String REVISION = """
      apiVersion: apps/v1
      kind: ControllerRevision
      metadata: {name: web-abc}
      revision: 1
      data: {template: {metadata: {labels: {app: web}}, unknown: [1, {deep: true}]}}
      """;

  String ROLLOUT = """
      apiVersion: serin.dev/v1alpha1
      kind: Rollout
      metadata: {name: web}
      spec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
      """;

  @Test
  @DisplayName("A ControllerRevision keeps any JSON as it was written, and its data never changes")
  default void keepsRevisions() {
    String revisions = Api.apps(cluster().newNamespace(), "controllerrevisions");

    Answer created = api().create(revisions, REVISION).expect(201);

    assertThat(created.at("/data/template/unknown").toString()).isEqualTo("[1,{\"deep\":true}]");
    assertThat(
        api().patch(revisions + "/web-abc", Api.Patch.MERGE, "{revision: 2}").expect(200).at("/revision").asInt())
        .isEqualTo(2);
    api().patch(revisions + "/web-abc", Api.Patch.MERGE, "{data: {other: true}}").refused(422, "Invalid");
  }

  @Test
  @DisplayName("An event of events.k8s.io is also an event of the core group, which kubectl describe shows")
  default void recordsEvents() {
    String namespace = cluster().newNamespace();
    Answer web = api().create(Api.apps(namespace, "deployments"), Web.of(0).yaml()).expect(201);
    api().create("/apis/events.k8s.io/v1/namespaces/" + namespace + "/events", """
        apiVersion: events.k8s.io/v1
        kind: Event
        metadata: {name: web.1}
        eventTime: "2026-01-02T03:04:05.000006Z"
        reportingController: serin.dev/controller
        reportingInstance: serin-0
        action: RollBack
        reason: SignatureRegressed
        note: Traffic is back on stable.
        type: Warning
        regarding: {apiVersion: apps/v1, kind: Deployment, name: web, namespace: %s, uid: %s}
        """.formatted(namespace, web.uid())).expect(201);

    Answer core = api().get(Api.core(namespace, "events/web.1")).expect(200);

    assertThat(core.text("/message")).isEqualTo("Traffic is back on stable.");
    assertThat(core.text("/involvedObject/name")).isEqualTo("web");
    assertThat(cluster().kubectl(namespace, "describe", "deployment", "web"))
        .contains("SignatureRegressed", "Traffic is back on stable.");
  }

  @Test
  @DisplayName("Rollout keeps status apart from spec, and only the spec has generations")
  default void rolloutStatusIsApart() {
    String rollouts = rollouts(cluster().newNamespace());
    Answer created = api().create(rollouts, ROLLOUT).expect(201);
    ObjectNode status = created.body().deepCopy();
    status.withObject("/status").put("sequence", 7);
    status.withObject("/spec/workloadRef").put("name", "other");

    Answer written = api().replace(rollouts + "/web/status", status).expect(200);
    Answer throughMain = api().patch(rollouts + "/web", Api.Patch.MERGE,
        "{metadata: {annotations: {a: b}}, status: {sequence: 8}}").expect(200);

    assertThat(written.at("/status/sequence").asInt()).isEqualTo(7);
    assertThat(written.text("/spec/workloadRef/name")).isEqualTo("web");
    assertThat(written.generation()).isEqualTo(1);
    assertThat(throughMain.at("/status/sequence").asInt()).isEqualTo(7);
    api().replace(rollouts + "/web/status", status).refused(409, "Conflict");
  }

  @Test
  @DisplayName("kubectl get srn shows the columns of the definition")
  default void showsColumns() {
    String namespace = cluster().newNamespace();
    api().create(rollouts(namespace), ROLLOUT).expect(201);

    assertThat(cluster().kubectl(namespace, "get", "srn").lines().findFirst().orElse("").split(" +"))
        .containsExactly("NAME", "STABLE", "CANDIDATE", "STEP", "WEIGHT", "VERDICT", "AGE");
    assertThat(cluster().kubectl(namespace, "get", "srn", "-o", "wide")).contains("MESSAGE");
  }

  static String rollouts(String namespace) {
    return "/apis/serin.dev/v1alpha1/namespaces/" + namespace + "/rollouts";
  }
}
