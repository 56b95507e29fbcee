package dev.serin.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Create, read, replace, delete, and their preconditions.
interface ObjectsContract extends Contract {

  String ONE = "{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {key: value}}";

  String POD = "{apiVersion: v1, kind: Pod, metadata: {name: one}, spec: {containers: [{name: app, image: 'app:1'}]}}";

  @Test
  @DisplayName("A created object has uid, resourceVersion and creation time, and is read back equal")
  default void createsAndReads() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");

    Answer created = api().create(maps, ONE).expect(201);

    assertThat(created.uid()).isNotEmpty();
    assertThat(created.version()).isNotEmpty();
    assertThat(Instant.parse(created.text("/metadata/creationTimestamp"))).isNotNull();
    assertThat(api().get(maps + "/one").expect(200).body()).isEqualTo(created.body());
  }

  @Test
  @DisplayName("A name can be created once: AlreadyExists")
  default void createsOnce() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    api().create(maps, ONE).expect(201);

    api().create(maps, ONE).refused(409, "AlreadyExists");
  }

  @Test
  @DisplayName("What does not exist is NotFound for get, replace, patch and delete, and in a namespace that is not there")
  default void missingIsNotFound() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");

    api().get(maps + "/none").refused(404, "NotFound");
    api().patch(maps + "/none", Api.Patch.MERGE, "{data: {a: b}}").refused(404, "NotFound");
    api().delete(maps + "/none").refused(404, "NotFound");
    api().create(Api.core("no-such-namespace", "configmaps"), ONE).refused(404, "NotFound");
  }

  @Test
  @DisplayName("generateName gives every object another name with that prefix")
  default void generatesNames() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    String unnamed = "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: some-}}";

    String first = api().create(maps, unnamed).expect(201).name();
    String second = api().create(maps, unnamed).expect(201).name();

    assertThat(first).matches("some-[a-z0-9]{5}");
    assertThat(second).matches("some-[a-z0-9]{5}").isNotEqualTo(first);
  }

  @Test
  @DisplayName("An invalid name is refused as Invalid")
  default void refusesInvalidNames() {
    api().create(Api.core(cluster().newNamespace(), "configmaps"),
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: Not_A_Name}}").refused(422, "Invalid");
  }

  @Test
  @DisplayName("Replacing with an old resourceVersion is a Conflict; without one the last writer wins")
  default void replacesConditionally() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    ObjectNode first = (ObjectNode) api().create(maps, ONE).expect(201).body();
    ObjectNode changed = first.deepCopy();
    changed.withObject("/data").put("key", "second");
    Answer second = api().replace(maps + "/one", changed).expect(200);
    assertThat(second.version()).isNotEqualTo(first.at("/metadata/resourceVersion").asText());

    api().replace(maps + "/one", first).refused(409, "Conflict");
    first.withObject("/metadata").remove("resourceVersion");
    Answer third = api().replace(maps + "/one", first).expect(200);

    assertThat(third.text("/data/key")).isEqualTo("value");
    assertThat(third.uid()).isEqualTo(second.uid());
  }

  @Test
  @DisplayName("A write that changes nothing keeps the resourceVersion")
  default void idleWritesKeepTheVersion() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    Answer created = api().create(maps, ONE).expect(201);

    assertThat(api().replace(maps + "/one", created.body()).expect(200).version()).isEqualTo(created.version());
    assertThat(api().patch(maps + "/one", Api.Patch.MERGE, "{data: {key: value}}").expect(200).version())
        .isEqualTo(created.version());
  }

  @Test
  @DisplayName("The generation counts changes of the spec only")
  default void generationCountsSpecs() {
    String namespace = cluster().newNamespace();
    String web = Api.apps(namespace, "deployments/web");
    assertThat(api().create(Api.apps(namespace, "deployments"), Web.of(0).pausedNow().yaml()).expect(201).generation())
        .isEqualTo(1);

    assertThat(api().patch(web, Api.Patch.MERGE, "{metadata: {labels: {a: b}}}").expect(200).generation()).isEqualTo(1);
    assertThat(api().patch(web, Api.Patch.MERGE, "{spec: {minReadySeconds: 1}}").expect(200).generation()).isEqualTo(2);
  }

  @Test
  @DisplayName("A delete with another uid or an older resourceVersion is a Conflict and deletes nothing")
  default void deletesConditionally() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    Answer first = api().create(maps, ONE).expect(201);
    Answer second = api().patch(maps + "/one", Api.Patch.MERGE, "{data: {key: second}}").expect(200);

    api().delete(maps + "/one", "{preconditions: {uid: 11111111-2222-3333-4444-555555555555}}").refused(409,
        "Conflict");
    api().delete(maps + "/one", "{preconditions: {resourceVersion: '%s'}}".formatted(first.version()))
        .refused(409, "Conflict");
    api().get(maps + "/one").expect(200);
    api().delete(maps + "/one", "{preconditions: {uid: %s, resourceVersion: '%s'}}".formatted(second.uid(),
        second.version())).expect(200);

    api().get(maps + "/one").refused(404, "NotFound");
  }

  @Test
  @DisplayName("An object with a finalizer is marked as deleted and stays until the finalizer is gone")
  default void finalizersHoldDeletion() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    api().create(maps, "{apiVersion: v1, kind: ConfigMap, metadata: {name: one, finalizers: [serin.dev/test]}}")
        .expect(201);

    api().delete(maps + "/one").expect(200);
    Answer marked = api().get(maps + "/one").expect(200);
    api().patch(maps + "/one", Api.Patch.MERGE, "{metadata: {finalizers: null}}").expect(200);

    assertThat(marked.text("/metadata/deletionTimestamp")).isNotEmpty();
    api().get(maps + "/one").refused(404, "NotFound");
  }

  @Test
  @DisplayName("A dry run answers like the write and stores nothing")
  default void dryRunStoresNothing() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");

    api().create(maps + "?dryRun=All", ONE).expect(201);
    api().get(maps + "/one").refused(404, "NotFound");

    Answer stored = api().create(maps, ONE).expect(201);
    Answer tried = api().patch(maps + "/one?dryRun=All", Api.Patch.MERGE, "{data: {key: tried}}").expect(200);
    api().delete(maps + "/one", "{dryRun: [All]}").expect(200);

    assertThat(tried.text("/data/key")).isEqualTo("tried");
    assertThat(api().get(maps + "/one").expect(200).body()).isEqualTo(stored.body());
  }

  @Test
  @DisplayName("Status and spec are written apart: each path ignores the other part, and status leaves the generation")
  default void statusIsApart() {
    String pods = Api.core(cluster().newNamespace(), "pods");
    // Pods are refused until the namespace has its default ServiceAccount.
    Answer created = await().until(() -> api().create(pods, POD), answer -> answer.code() == 201);

    Answer throughStatus = api().patch(pods + "/one/status", Api.Patch.MERGE,
        "{metadata: {labels: {by: status}}, spec: {activeDeadlineSeconds: 5}, status: {message: said}}").expect(200);
    Answer throughMain = api().patch(pods + "/one", Api.Patch.MERGE,
        "{metadata: {labels: {by: main}}, status: {message: ignored}}").expect(200);

    assertThat(throughStatus.text("/status/message")).isEqualTo("said");
    assertThat(throughStatus.at("/spec/activeDeadlineSeconds").isMissingNode()).isTrue();
    assertThat(throughStatus.generation()).isEqualTo(created.generation());
    assertThat(throughMain.text("/metadata/labels/by")).isEqualTo("main");
    assertThat(throughMain.text("/status/message")).isEqualTo("said");
  }
}
