package dev.serin.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The four kinds of PATCH.
interface PatchContract extends Contract {

  String MAP = "{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {a: '1', b: '2'}}";

  @Test
  @DisplayName("A merge patch sets, keeps and removes fields, and replaces lists")
  default void merges() {
    String namespace = cluster().newNamespace();
    api().create(Api.apps(namespace, "deployments"), Web.of(0).yaml()).expect(201);

    Answer patched = api().patch(Api.apps(namespace, "deployments/web"), Api.Patch.MERGE, """
        metadata: {annotations: {note: kept}}
        spec: {template: {spec: {containers: [{name: other, image: "other:1"}]}}}
        """).expect(200);
    Answer removed = api().patch(Api.apps(namespace, "deployments/web"), Api.Patch.MERGE,
        "{metadata: {annotations: {note: null}}}").expect(200);

    assertThat(patched.text("/metadata/annotations/note")).isEqualTo("kept");
    assertThat(containers(patched)).containsExactly("other");
    assertThat(removed.at("/metadata/annotations/note").isMissingNode()).isTrue();
    assertThat(containers(removed)).containsExactly("other");
  }

  @Test
  @DisplayName("A JSON patch adds, replaces and removes by pointer, escapes included")
  default void appliesJsonPatches() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    api().create(maps, MAP).expect(201);

    Answer patched = api().patch(maps + "/one", Api.Patch.JSON, """
        - {op: test, path: /data/a, value: "1"}
        - {op: replace, path: /data/a, value: "3"}
        - {op: remove, path: /data/b}
        - {op: add, path: /metadata/annotations, value: {}}
        - {op: add, path: /metadata/annotations/serin.dev~1note, value: said}
        """).expect(200);

    assertThat(patched.at("/data").toString()).isEqualTo("{\"a\":\"3\"}");
    assertThat(patched.at("/metadata/annotations").path("serin.dev/note").asText()).isEqualTo("said");
  }

  @Test
  @DisplayName("A JSON patch whose test fails is Invalid and changes nothing; so is one that replaces what is missing")
  default void refusesJsonPatches() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    Answer created = api().create(maps, MAP).expect(201);

    api().patch(maps + "/one", Api.Patch.JSON, """
        - {op: replace, path: /data/b, value: "3"}
        - {op: test, path: /data/a, value: other}
        """).refused(422, "Invalid");
    api().patch(maps + "/one", Api.Patch.JSON, "[{op: replace, path: /data/none/deep, value: x}]").refused(422,
        "Invalid");

    assertThat(api().get(maps + "/one").body()).isEqualTo(created.body());
  }

  @Test
  @DisplayName("A JSON patch replaces a whole template")
  default void replacesTemplates() {
    String namespace = cluster().newNamespace();
    Answer created = api().create(Api.apps(namespace, "deployments"), Web.of(0).yaml()).expect(201);
    api().patch(Api.apps(namespace, "deployments/web"), Api.Patch.STRATEGIC,
        "{spec: {template: {metadata: {annotations: {a: b}}, spec: {containers: [{name: more, image: 'more:1'}]}}}}")
        .expect(200);

    Answer restored = api().patch(Api.apps(namespace, "deployments/web"), Api.Patch.JSON,
        "[{op: replace, path: /spec/template, value: %s}]".formatted(created.at("/spec/template"))).expect(200);

    assertThat(restored.at("/spec/template")).isEqualTo(created.at("/spec/template"));
  }

  @Test
  @DisplayName("A strategic merge patch merges containers by name and variables by name, and deletes with a directive")
  default void mergesStrategically() {
    String namespace = cluster().newNamespace();
    String web = Api.apps(namespace, "deployments/web");
    api().create(Api.apps(namespace, "deployments"), Web.of(0).yaml()).expect(201);

    Answer merged = api().patch(web, Api.Patch.STRATEGIC, """
        spec:
          template:
            spec:
              containers:
              - {name: app, image: "web:2", env: [{name: B, value: "2"}]}
              - {name: side, image: "side:1"}
        """).expect(200);
    Answer deleted = api().patch(web, Api.Patch.STRATEGIC,
        "{spec: {template: {spec: {containers: [{name: side, $patch: delete}]}}}}").expect(200);

    assertThat(containers(merged)).containsExactlyInAnyOrder("app", "side");
    JsonNode app = container(merged, "app");
    assertThat(app.path("image").asText()).isEqualTo("web:2");
    assertThat(names(app.path("env"))).containsExactlyInAnyOrder("A", "B");
    assertThat(containers(deleted)).containsExactly("app");
  }

  @Test
  @DisplayName("A patch that carries an old resourceVersion is a Conflict")
  default void patchesConditionally() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    Answer created = api().create(maps, MAP).expect(201);
    Answer second = api().patch(maps + "/one", Api.Patch.MERGE,
        "{metadata: {resourceVersion: '%s'}, data: {a: '2'}}".formatted(created.version())).expect(200);

    api().patch(maps + "/one", Api.Patch.MERGE,
        "{metadata: {resourceVersion: '%s'}, data: {a: '3'}}".formatted(created.version())).refused(409, "Conflict");

    assertThat(api().get(maps + "/one").body()).isEqualTo(second.body());
  }

  @Test
  @DisplayName("Apply creates what is missing, and removes what its manager no longer applies")
  default void appliesAndPrunes() {
    String one = Api.core(cluster().newNamespace(), "configmaps/one");

    Answer created = api().patch(one + "?fieldManager=first", Api.Patch.APPLY, MAP).expect(201);
    Answer pruned = api().patch(one + "?fieldManager=first", Api.Patch.APPLY,
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {a: '1'}}").expect(200);

    assertThat(created.at("/data").size()).isEqualTo(2);
    assertThat(pruned.at("/data").toString()).isEqualTo("{\"a\":\"1\"}");
    assertThat(managers(pruned)).containsExactly("first Apply");
  }

  @Test
  @DisplayName("Apply refuses a field of another manager with a Conflict that names it; force takes the field")
  default void appliesOwnership() {
    String one = Api.core(cluster().newNamespace(), "configmaps/one");
    api().patch(one + "?fieldManager=first", Api.Patch.APPLY, MAP).expect(201);
    String other = "{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {a: other}}";

    Answer refused = api().patch(one + "?fieldManager=second", Api.Patch.APPLY, other);
    Answer forced = api().patch(one + "?fieldManager=second&force=true", Api.Patch.APPLY, other).expect(200);

    refused.refused(409, "Conflict");
    assertThat(refused.text("/message")).contains("first", ".data.a");
    assertThat(forced.text("/data/a")).isEqualTo("other");
    assertThat(forced.text("/data/b")).isEqualTo("2");
    assertThat(managers(forced)).containsExactlyInAnyOrder("first Apply", "second Apply");
  }

  static List<String> managers(Answer answer) {
    return StreamSupport.stream(answer.at("/metadata/managedFields").spliterator(), false)
        .map(entry -> entry.path("manager").asText() + " " + entry.path("operation").asText()).toList();
  }

  static List<String> containers(Answer deployment) {
    return names(deployment.at("/spec/template/spec/containers"));
  }

  static JsonNode container(Answer deployment, String name) {
    return StreamSupport.stream(deployment.at("/spec/template/spec/containers").spliterator(), false)
        .filter(entry -> entry.path("name").asText().equals(name)).findFirst().orElseThrow();
  }

  static List<String> names(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(entry -> entry.path("name").asText()).toList();
  }
}
