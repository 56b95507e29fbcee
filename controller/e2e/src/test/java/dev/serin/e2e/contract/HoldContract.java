package dev.serin.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The hold: a changed template of a Deployment that a Rollout has adopted does not roll by itself.
interface HoldContract extends Contract {

  String RESUME = "{spec: {paused: false}}";

  /// The ways to change a template.
  enum Change {
    REPLACE, MERGE_PATCH, JSON_PATCH, STRATEGIC_PATCH, SERVER_SIDE_APPLY, KUBECTL_APPLY, SET_IMAGE, RESTART, AS_SERIN;

    void on(Cluster cluster, String namespace, Path folder) throws IOException {
      Api api = cluster.api();
      String web = Api.apps(namespace, "deployments/web");
      switch (this) {
        case REPLACE -> {
          ObjectNode changed = api.get(web).expect(200).body().deepCopy();
          ((ObjectNode) changed.at("/spec/template/spec/containers/0")).put("image", "web:2");
          api.replace(web, changed).expect(200);
        }
        case MERGE_PATCH -> api.patch(web, Api.Patch.MERGE, "{spec: {template: {metadata: {annotations: {a: b}}}}}")
            .expect(200);
        case JSON_PATCH -> api.patch(web, Api.Patch.JSON,
            "[{op: replace, path: /spec/template/spec/containers/0/image, value: 'web:2'}]").expect(200);
        case STRATEGIC_PATCH -> api.patch(web, Api.Patch.STRATEGIC, WorkloadContract.NEW_IMAGE).expect(200);
        case SERVER_SIDE_APPLY -> api.patch(web + "?fieldManager=delivery&force=true", Api.Patch.APPLY,
            Web.of(2).adopted().yaml("web:2")).expect(200);
        case KUBECTL_APPLY -> cluster.kubectl(namespace, "apply", "-f",
            Files.writeString(folder.resolve("web.yaml"), Web.of(2).adopted().yaml("web:2")).toString());
        case SET_IMAGE -> cluster.kubectl(namespace, "set", "image", "deployment/web", "app=web:2");
        case RESTART -> cluster.kubectl(namespace, "rollout", "restart", "deployment/web");
        case AS_SERIN -> api.patch(web + "?fieldManager=serin-controller", Api.Patch.STRATEGIC,
            WorkloadContract.NEW_IMAGE).expect(200);
      }
    }
  }

  @ParameterizedTest
  @DisplayName("However the template is changed, the Deployment is held, and its pods stay")
  @EnumSource(Change.class)
  default void holdsEveryChange(Change change, @TempDir Path folder) throws IOException {
    String namespace = running(Web.of(2).adopted());
    Answer before = api().get(Api.apps(namespace, "deployments/web")).expect(200);

    change.on(cluster(), namespace, folder);
    Answer after = cluster().awaitObserved(namespace, "web");

    assertThat(after.at("/spec/template")).isNotEqualTo(before.at("/spec/template"));
    assertThat(paused(after)).isTrue();
    assertThat(api().get(Api.apps(namespace, "replicasets")).at("/items")).hasSize(1);
  }

  @Test
  @DisplayName("kubectl rollout undo is held too")
  default void holdsUndo() {
    String namespace = running(Web.of(1).adopted());
    change(namespace);
    cluster().kubectl(namespace, "rollout", "resume", "deployment/web");
    cluster().awaitComplete(namespace, "web");

    cluster().kubectl(namespace, "rollout", "undo", "deployment/web");

    assertThat(paused(web(namespace))).isTrue();
    assertThat(web(namespace).text("/spec/template/spec/containers/0/image")).isEqualTo("web:1");
  }

  @Test
  @DisplayName("A manifest that says paused: false does not end the hold")
  default void manifestsDoNotRelease() {
    String namespace = running(Web.of(2).adopted());
    change(namespace);

    api().patch(Api.apps(namespace, "deployments/web") + "?fieldManager=delivery&force=true", Api.Patch.APPLY,
        Web.of(2).adopted().yaml("web:2").replace("  replicas:", "  paused: false\n  replicas:")).expect(200);
    api().patch(Api.apps(namespace, "deployments/web"), Api.Patch.MERGE, RESUME).expect(200);

    assertThat(paused(web(namespace))).isTrue();
  }

  @Test
  @DisplayName("kubectl rollout resume ends the hold")
  default void personReleases() {
    String namespace = running(Web.of(2).adopted());
    change(namespace);

    cluster().kubectl(namespace, "rollout", "resume", "deployment/web");

    Answer rolled = cluster().awaitComplete(namespace, "web");
    assertThat(paused(rolled)).isFalse();
    assertThat(rolled.text("/spec/template/spec/containers/0/image")).isEqualTo("web:2");
  }

  @Test
  @DisplayName("A patch with the field manager serin-controller ends the hold")
  default void serinReleases() {
    String namespace = running(Web.of(2).adopted());
    change(namespace);

    api().patch(Api.apps(namespace, "deployments/web") + "?fieldManager=serin-controller", Api.Patch.MERGE, RESUME)
        .expect(200);

    assertThat(paused(cluster().awaitComplete(namespace, "web"))).isFalse();
  }

  @Test
  @DisplayName("A held Deployment scales, also through the scale subresource, and stays held")
  default void heldScales() {
    String namespace = running(Web.of(2).adopted());
    change(namespace);

    cluster().kubectl(namespace, "scale", "deployment/web", "--replicas=3");
    Answer throughScale = cluster().awaitObserved(namespace, "web");
    api().patch(Api.apps(namespace, "deployments/web"), Api.Patch.MERGE, "{spec: {replicas: 4}}").expect(200);
    Answer throughSpec = cluster().awaitObserved(namespace, "web");

    assertThat(paused(throughScale)).isTrue();
    assertThat(paused(throughSpec)).isTrue();
    Answer sets = api().get(Api.apps(namespace, "replicasets")).expect(200);
    assertThat(sets.at("/items")).hasSize(1);
    assertThat(sets.at("/items/0/spec/replicas").asInt()).isEqualTo(4);
  }

  @Test
  @DisplayName("Changes beside the template are not held")
  default void otherChangesPass() {
    String namespace = running(Web.of(1).adopted());

    api().patch(Api.apps(namespace, "deployments/web"), Api.Patch.MERGE,
        "{metadata: {annotations: {a: b}}, spec: {minReadySeconds: 1, replicas: 2}}").expect(200);

    assertThat(paused(web(namespace))).isFalse();
  }

  @Test
  @DisplayName("A Deployment that no Rollout has adopted, and a canary, roll as ever")
  default void othersAreNotHeld() {
    for (Web other : List.of(Web.of(1), Web.of(1).canary())) {
      String namespace = running(other);

      change(namespace);

      assertThat(paused(web(namespace))).as(other.toString()).isFalse();
    }
  }

  @Test
  @DisplayName("A dry run shows the hold and writes nothing")
  default void dryRunShowsTheHold() {
    String namespace = running(Web.of(1).adopted());

    Answer tried = api().patch(Api.apps(namespace, "deployments/web") + "?dryRun=All", Api.Patch.MERGE,
        "{spec: {template: {metadata: {annotations: {serin.dev/proof: now}}}}}").expect(200);

    assertThat(paused(tried)).isTrue();
    assertThat(paused(web(namespace))).isFalse();
    assertThat(web(namespace).at("/spec/template/metadata/annotations").isMissingNode()).isTrue();
  }

  @Test
  @DisplayName("The pause of a hold has no owner, so that nobody's next apply removes it")
  default void holdHasNoOwner() {
    String namespace = cluster().newNamespace();
    String web = Api.apps(namespace, "deployments/web");
    api().patch(web + "?fieldManager=delivery", Api.Patch.APPLY, Web.of(1).adopted().yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");
    String changed = Web.of(1).adopted().yaml("web:2");

    Answer held = api().patch(web + "?fieldManager=delivery", Api.Patch.APPLY, changed).expect(200);
    Answer again = api().patch(web + "?fieldManager=delivery", Api.Patch.APPLY, changed).expect(200);

    assertThat(paused(held)).isTrue();
    assertThat(held.at("/metadata/managedFields").toString()).doesNotContain("f:paused");
    assertThat(paused(again)).isTrue();
  }

  private String running(Web web) {
    String namespace = cluster().newNamespace();
    api().create(Api.apps(namespace, "deployments"), web.yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");
    return namespace;
  }

  private void change(String namespace) {
    api().patch(Api.apps(namespace, "deployments/web"), Api.Patch.STRATEGIC, WorkloadContract.NEW_IMAGE).expect(200);
  }

  private Answer web(String namespace) {
    return api().get(Api.apps(namespace, "deployments/web")).expect(200);
  }

  private static boolean paused(Answer deployment) {
    return deployment.at("/spec/paused").asBoolean();
  }
}
