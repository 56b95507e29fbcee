package dev.serin.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Garbage collection by owner.
interface OwnershipContract extends Contract {

  Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  @DisplayName("Deleting a Deployment in the background takes its ReplicaSets and pods along")
  default void backgroundDeletesChildren() {
    String namespace = cluster().newNamespace();
    Answer web = api().create(Api.apps(namespace, "deployments"), Web.of(2).yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");

    api().delete(Api.apps(namespace, "deployments/web"),
        "{propagationPolicy: Background, preconditions: {uid: %s}}".formatted(web.uid())).expect(200);

    api().get(Api.apps(namespace, "deployments/web")).refused(404, "NotFound");
    await().atMost(PATIENCE).until(() -> count(Api.apps(namespace, "replicasets")) + count(Api.core(namespace, "pods")),
        Integer.valueOf(0)::equals);
  }

  @Test
  @DisplayName("Deleting an owner as Orphan keeps its dependents, without the reference")
  default void orphanKeepsChildren() {
    String namespace = cluster().newNamespace();
    api().create(Api.apps(namespace, "deployments"), Web.of(1).yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");

    api().delete(Api.apps(namespace, "deployments/web"), "{propagationPolicy: Orphan}").expect(200);

    await().atMost(PATIENCE).until(() -> api().get(Api.apps(namespace, "deployments/web")).code(),
        Integer.valueOf(404)::equals);
    Answer sets = api().get(Api.apps(namespace, "replicasets")).expect(200);
    assertThat(sets.at("/items")).hasSize(1);
    assertThat(sets.at("/items/0/metadata/ownerReferences").isMissingNode()).isTrue();
  }

  @Test
  @DisplayName("A dependent goes when its last owner is gone, and stays while another owner is there")
  default void lastOwnerDecides() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    String first = api().create(maps, "{apiVersion: v1, kind: ConfigMap, metadata: {name: first}}").expect(201).uid();
    String second = api().create(maps, "{apiVersion: v1, kind: ConfigMap, metadata: {name: second}}").expect(201).uid();
    api().create(maps, "{apiVersion: v1, kind: ConfigMap, metadata: {name: of-one, ownerReferences: [%s]}}"
        .formatted(owner("first", first))).expect(201);
    api().create(maps, "{apiVersion: v1, kind: ConfigMap, metadata: {name: of-both, ownerReferences: [%s, %s]}}"
        .formatted(owner("first", first), owner("second", second))).expect(201);

    api().delete(maps + "/first").expect(200);
    await().atMost(PATIENCE).until(() -> api().get(maps + "/of-one").code(), Integer.valueOf(404)::equals);
    await().atMost(PATIENCE).until(
        () -> api().get(maps + "/of-both").expect(200).at("/metadata/ownerReferences").size(),
        Integer.valueOf(1)::equals);

    api().delete(maps + "/second").expect(200);
    await().atMost(PATIENCE).until(() -> api().get(maps + "/of-both").code(), Integer.valueOf(404)::equals);
  }

  @Test
  @DisplayName("A dependent whose owner never existed is removed")
  default void absentOwnerRemoves() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    api().create(maps, "{apiVersion: v1, kind: ConfigMap, metadata: {name: lost, ownerReferences: [%s]}}"
        .formatted(owner("none", "11111111-2222-3333-4444-555555555555"))).expect(201);

    await().atMost(PATIENCE).until(() -> api().get(maps + "/lost").code(), Integer.valueOf(404)::equals);
  }

  private int count(String path) {
    return api().get(path).expect(200).at("/items").size();
  }

  private static String owner(String name, String uid) {
    return "{apiVersion: v1, kind: ConfigMap, name: %s, uid: %s}".formatted(name, uid);
  }
}
