package dev.serin.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Deployments and the ReplicaSets that their controller makes.
interface WorkloadContract extends Contract {

  String NEW_IMAGE = "{spec: {template: {spec: {containers: [{name: app, image: 'web:2'}]}}}}";

  @Test
  @DisplayName("A Deployment gets a ReplicaSet that it owns, with its template and a hash, and the ReplicaSet gets pods")
  default void makesReplicaSetAndPods() {
    String namespace = cluster().newNamespace();
    Answer web = api().create(Api.apps(namespace, "deployments"), Web.of(2).yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");

    JsonNode set = replicaSets(namespace).getFirst();
    List<JsonNode> pods = items(api().get(Api.core(namespace, "pods?labelSelector=app%3Dweb")));

    assertThat(replicaSets(namespace)).hasSize(1);
    String hash = set.at("/metadata/labels/pod-template-hash").asText();
    assertThat(hash).isNotEmpty();
    assertThat(set.at("/metadata/name").asText()).isEqualTo("web-" + hash);
    assertThat(set.at("/spec/selector/matchLabels/pod-template-hash").asText()).isEqualTo(hash);
    assertOwned(set, "Deployment", web.uid());
    ObjectNode template = set.at("/spec/template").deepCopy();
    template.withObject("/metadata/labels").remove("pod-template-hash");
    assertThat(template).isEqualTo(web.at("/spec/template"));
    assertThat(pods).hasSize(2).allSatisfy(pod -> {
      assertOwned(pod, "ReplicaSet", set.at("/metadata/uid").asText());
      assertThat(pod.at("/metadata/labels/pod-template-hash").asText()).isEqualTo(hash);
    });
  }

  @Test
  @DisplayName("A new template rolls into a second ReplicaSet; going back takes up the first one again")
  default void rollsAndGoesBack() {
    String namespace = cluster().newNamespace();
    String web = Api.apps(namespace, "deployments/web");
    api().create(Api.apps(namespace, "deployments"), Web.of(2).yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");
    String first = replicaSets(namespace).getFirst().at("/metadata/uid").asText();

    api().patch(web, Api.Patch.STRATEGIC, NEW_IMAGE).expect(200);
    Answer rolled = cluster().awaitComplete(namespace, "web");
    assertThat(rolled.at("/metadata/annotations").path("deployment.kubernetes.io/revision").asText()).isEqualTo("2");
    assertThat(replicas(namespace)).containsExactly(0, 2);

    api().patch(web, Api.Patch.STRATEGIC, NEW_IMAGE.replace("web:2", "web:1")).expect(200);
    cluster().awaitComplete(namespace, "web");

    assertThat(replicas(namespace)).containsExactly(2, 0);
    assertThat(replicaSets(namespace).getFirst().at("/metadata/uid").asText()).isEqualTo(first);
  }

  @Test
  @DisplayName("A paused Deployment keeps its pods when the template changes, and rolls when it is resumed")
  default void pausedKeepsItsPods() {
    String namespace = cluster().newNamespace();
    String web = Api.apps(namespace, "deployments/web");
    api().create(Api.apps(namespace, "deployments"), Web.of(2).yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");
    List<String> before = podUids(namespace);

    api().patch(web, Api.Patch.STRATEGIC, "{spec: {paused: true}}").expect(200);
    api().patch(web, Api.Patch.STRATEGIC, NEW_IMAGE).expect(200);
    cluster().awaitObserved(namespace, "web");

    assertThat(replicaSets(namespace)).hasSize(1);
    assertThat(podUids(namespace)).isEqualTo(before);

    api().patch(web, Api.Patch.STRATEGIC, "{spec: {paused: false}}").expect(200);
    cluster().awaitComplete(namespace, "web");

    assertThat(replicas(namespace)).containsExactly(0, 2);
    assertThat(podUids(namespace)).doesNotContainAnyElementsOf(before);
  }

  @Test
  @DisplayName("A paused Deployment still scales, with the template that it runs")
  default void pausedScales() {
    String namespace = cluster().newNamespace();
    String web = Api.apps(namespace, "deployments/web");
    api().create(Api.apps(namespace, "deployments"), Web.of(2).yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");
    api().patch(web, Api.Patch.STRATEGIC, "{spec: {paused: true}}").expect(200);
    api().patch(web, Api.Patch.STRATEGIC, NEW_IMAGE).expect(200);

    api().patch(web + "/scale", Api.Patch.MERGE, "{spec: {replicas: 3}}").expect(200);

    await().until(() -> replicas(namespace), List.of(3)::equals);
    assertThat(api().get(web).at("/spec/paused").asBoolean()).isTrue();
  }

  @Test
  @DisplayName("The scale subresource reads and writes replicas alone")
  default void scales() {
    String namespace = cluster().newNamespace();
    String web = Api.apps(namespace, "deployments/web");
    Answer created = api().create(Api.apps(namespace, "deployments"), Web.of(1).yaml()).expect(201);

    Answer scale = api().get(web + "/scale").expect(200);
    ObjectNode wanted = scale.body().deepCopy();
    wanted.withObject("/metadata").remove("resourceVersion");
    wanted.withObject("/spec").put("replicas", 0);
    api().replace(web + "/scale", wanted).expect(200);
    Answer after = api().get(web).expect(200);

    assertThat(scale.text("/kind")).isEqualTo("Scale");
    assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(scale.text("/status/selector")).isEqualTo("app=web");
    assertThat(after.at("/spec/replicas").asInt()).isZero();
    assertThat(after.at("/spec/template")).isEqualTo(created.at("/spec/template"));
    assertThat(after.generation()).isEqualTo(created.generation() + 1);
  }

  @Test
  @DisplayName("A Deployment whose selector does not match its template is Invalid, and a selector never changes")
  default void selectorsAreFixed() {
    String namespace = cluster().newNamespace();
    String deployments = Api.apps(namespace, "deployments");

    api().create(deployments, Web.of(0).yaml().replace("matchLabels: {app: web}", "matchLabels: {app: other}"))
        .refused(422, "Invalid");
    api().create(deployments, Web.of(0).yaml()).expect(201);
    api().patch(deployments + "/web", Api.Patch.MERGE,
        "{spec: {selector: {matchLabels: {app: other}}, template: {metadata: {labels: {app: other}}}}}")
        .refused(422, "Invalid");
  }

  @Test
  @DisplayName("The API server fills in the defaults of a Deployment")
  default void defaults() {
    Answer web = api().create(Api.apps(cluster().newNamespace(), "deployments"), Web.of(0).yaml()).expect(201);

    assertThat(web.text("/spec/strategy/type")).isEqualTo("RollingUpdate");
    assertThat(web.text("/spec/strategy/rollingUpdate/maxSurge")).isEqualTo("25%");
    assertThat(web.text("/spec/strategy/rollingUpdate/maxUnavailable")).isEqualTo("25%");
    assertThat(web.at("/spec/progressDeadlineSeconds").asInt()).isEqualTo(600);
    assertThat(web.text("/spec/template/spec/restartPolicy")).isEqualTo("Always");
    assertThat(web.text("/spec/template/spec/containers/0/imagePullPolicy")).isEqualTo("IfNotPresent");
  }

  /// ReplicaSets, by image.
  default List<JsonNode> replicaSets(String namespace) {
    return items(api().get(Api.apps(namespace, "replicasets"))).stream()
        .sorted(Comparator.comparing(set -> set.at("/spec/template/spec/containers/0/image").asText())).toList();
  }

  /// Wanted replicas of each ReplicaSet, by image.
  default List<Integer> replicas(String namespace) {
    return replicaSets(namespace).stream().map(set -> set.at("/spec/replicas").asInt()).toList();
  }

  default List<String> podUids(String namespace) {
    return items(api().get(Api.core(namespace, "pods"))).stream().map(pod -> pod.at("/metadata/uid").asText()).sorted()
        .toList();
  }

  static List<JsonNode> items(Answer list) {
    return StreamSupport.stream(list.expect(200).at("/items").spliterator(), false).toList();
  }

  private static void assertOwned(JsonNode object, String kind, String uid) {
    JsonNode owner = object.at("/metadata/ownerReferences/0");
    assertThat(owner.path("kind").asText()).isEqualTo(kind);
    assertThat(owner.path("uid").asText()).isEqualTo(uid);
    assertThat(owner.path("controller").asBoolean()).isTrue();
  }
}
