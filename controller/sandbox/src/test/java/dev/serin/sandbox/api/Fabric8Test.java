package dev.serin.sandbox.api;

import static dev.serin.sandbox.api.ApiServerFixture.NAMESPACE;
import static dev.serin.sandbox.api.ApiServerFixture.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Fabric8Test {

  private ApiServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server = ApiServer.start(0, InstantSource.system());
    client = ApiServerFixture.client(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder().withNewMetadata().withName(name).withNamespace(NAMESPACE)
        .withLabels(Map.of("of", name)).endMetadata().withData(Map.of("key", value)).build();
  }

  @Test
  @DisplayName("A created object gets uid, time, version and generation; a second create is refused with AlreadyExists")
  void creates() {
    var created = client.resource(deployment("shop", "shop:1")).create();

    assertThat(created.getMetadata().getUid()).isNotBlank();
    assertThat(created.getMetadata().getCreationTimestamp()).isNotBlank();
    assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(created.getSpec().getStrategy().getRollingUpdate().getMaxSurge().getStrVal()).isEqualTo("25%");
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> client.resource(deployment("shop", "shop:1")).create())
        .satisfies(e -> assertThat(e.getStatus().getReason()).isEqualTo("AlreadyExists"))
        .withMessageContaining("deployments.apps \"shop\" already exists");
  }

  @Test
  @DisplayName("A replace with an old resource version is a Conflict and changes nothing")
  void refusesStaleReplace() {
    var first = client.resource(configMap("settings", "a")).create();
    client.resource(configMap("settings", "b")).forceConflicts().serverSideApply();

    assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(
        () -> client.resource(new ConfigMapBuilder(first).addToData("key", "c").build()).lockResourceVersion().update())
        .satisfies(e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(client.configMaps().inNamespace(NAMESPACE).withName("settings").get().getData()).containsEntry("key",
        "b");
  }

  @Test
  @DisplayName("The generation counts changes of the spec, not of metadata or status")
  void countsGenerations() {
    var created = client.resource(deployment("shop", "shop:1")).create();
    var status = client.resource(new DeploymentBuilder(created).withNewStatus().withReplicas(2).endStatus()
        .editSpec().withReplicas(9).endSpec().build()).updateStatus();

    assertThat(status.getStatus().getReplicas()).isEqualTo(2);
    assertThat(status.getSpec().getReplicas()).isEqualTo(2);
    assertThat(status.getMetadata().getGeneration()).isEqualTo(1);
    var scaled = client.resource(created).scale(5);
    assertThat(scaled.getSpec().getReplicas()).isEqualTo(5);
    assertThat(scaled.getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  @DisplayName("A server-side apply that says the same again changes nothing, not even the resource version")
  void reapplies() {
    var first = client.resource(deployment("shop", "shop:1")).serverSideApply();
    var second = client.resource(deployment("shop", "shop:1")).serverSideApply();

    assertThat(second).isEqualTo(first);
  }

  @Test
  @DisplayName("A dry run answers with the result and stores nothing")
  void dryRuns() {
    client.resource(deployment("shop", "shop:1")).create();

    var tried = client.apps().deployments().inNamespace(NAMESPACE).withName("shop").dryRun()
        .edit(d -> new DeploymentBuilder(d).editSpec().withReplicas(7).endSpec().build());

    assertThat(tried.getSpec().getReplicas()).isEqualTo(7);
    assertThat(client.apps().deployments().inNamespace(NAMESPACE).withName("shop").get().getSpec().getReplicas())
        .isEqualTo(2);
  }

  @Test
  @DisplayName("Set-based label selectors and field selectors choose")
  void selects() {
    List.of("a", "b", "c").forEach(name -> client.resource(configMap(name, "x")).create());

    var byLabel = client.configMaps().inNamespace(NAMESPACE).withLabelIn("of", "a", "c").withoutLabel("of", "c").list();
    var byField = client.configMaps().inNamespace(NAMESPACE).withField("metadata.name", "b").list();

    assertThat(byLabel.getItems()).extracting(m -> m.getMetadata().getName()).containsExactly("a");
    assertThat(byField.getItems()).extracting(m -> m.getMetadata().getName()).containsExactly("b");
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> client.configMaps().inNamespace(NAMESPACE).withField("data.key", "x").list())
        .withMessageContaining("field label not supported: data.key");
  }

  @Test
  @DisplayName("A list with a limit goes on where it stopped")
  void pages() {
    List.of("a", "b", "c").forEach(name -> client.resource(configMap(name, "x")).create());

    var first = client.configMaps().inNamespace(NAMESPACE).list(new ListOptionsBuilder().withLimit(2L).build());
    var second = client.configMaps().inNamespace(NAMESPACE).list(
        new ListOptionsBuilder().withLimit(2L).withContinue(first.getMetadata().getContinue()).build());

    assertThat(first.getItems()).hasSize(2);
    assertThat(first.getMetadata().getRemainingItemCount()).isEqualTo(1);
    assertThat(second.getItems()).extracting(m -> m.getMetadata().getName()).containsExactly("c");
    assertThat(second.getMetadata().getContinue()).isNullOrEmpty();
  }

  @Test
  @DisplayName("A watch from a resource version sees every later change in order, and one from before the history expires")
  void watches() {
    var version = client.configMaps().inNamespace(NAMESPACE).list().getMetadata().getResourceVersion();
    client.resource(configMap("a", "1")).create();
    var seen = new CopyOnWriteArrayList<String>();
    try (var _ = client.configMaps().inNamespace(NAMESPACE).withLabel("of", "a")
        .watch(new ListOptionsBuilder().withResourceVersion(version).build(), new Watcher<>() {
          @Override
          public void eventReceived(Action action, ConfigMap map) {
            seen.add(action + " " + map.getData().get("key"));
          }

          @Override
          public void onClose(WatcherException cause) {
            seen.add("closed");
          }
        })) {
      client.resource(configMap("b", "other")).create();
      client.configMaps().inNamespace(NAMESPACE).withName("a")
          .edit(m -> new ConfigMapBuilder(m).addToData("key", "2").build());
      client.configMaps().inNamespace(NAMESPACE).withName("a").delete();

      await().atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(seen).containsExactly("ADDED 1", "MODIFIED 2", "DELETED 2"));
    }
  }

  @Test
  @DisplayName("Informers follow creations and deletions, and WebSocket watches fall back to HTTP")
  void informs() {
    try (var informer = client.configMaps().inNamespace(NAMESPACE).inform()) {
      client.resource(configMap("a", "1")).create();
      await().atMost(Duration.ofSeconds(10)).until(() -> informer.getIndexer().getByKey(NAMESPACE + "/a") != null);
      client.resource(configMap("a", "1")).delete();
      await().atMost(Duration.ofSeconds(10)).until(() -> informer.getIndexer().getByKey(NAMESPACE + "/a") == null);
    }
  }

  @Test
  @DisplayName("A deletion with another uid is a Conflict; the right one deletes")
  void deletesWithPreconditions() {
    var created = client.resource(configMap("a", "1")).create();

    var wrong = new io.fabric8.kubernetes.api.model.DeleteOptionsBuilder()
        .withPreconditions(new Preconditions(null, "another")).build();
    assertThat(wrong.getPreconditions().getUid()).isEqualTo("another");
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> client.raw("/api/v1/namespaces/default/configmaps/a", "DELETE", wrong))
        .satisfies(e -> assertThat(e.getCode()).isEqualTo(409));
    client.resource(created).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
    assertThat(client.configMaps().inNamespace(NAMESPACE).withName("a").get()).isNull();
  }

  @Test
  @DisplayName("A finalizer holds an object that is being deleted until it is taken off")
  void finalizes() {
    var held = new ConfigMapBuilder(configMap("a", "1")).editMetadata().addToFinalizers("serin.dev/test").endMetadata()
        .build();
    client.resource(held).create();

    client.resource(held).delete();

    var deleting = client.configMaps().inNamespace(NAMESPACE).withName("a").get();
    assertThat(deleting.getMetadata().getDeletionTimestamp()).isNotBlank();
    client.resource(deleting)
        .edit(m -> new ConfigMapBuilder(m).editMetadata().withFinalizers(List.of()).endMetadata().build());
    assertThat(client.configMaps().inNamespace(NAMESPACE).withName("a").get()).isNull();
  }

  @Test
  @DisplayName("Merge, strategic merge and JSON patches change what they say, and only that")
  void patches() {
    client.resource(deployment("shop", "shop:1")).create();
    var shop = client.apps().deployments().inNamespace(NAMESPACE).withName("shop");

    shop.patch(PatchContext.of(PatchType.STRATEGIC_MERGE),
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"env\":[{\"name\":\"A\",\"value\":\"1\"}]}]}}}}");
    shop.patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":4}]");
    shop.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");

    var result = shop.get();
    var container = result.getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(container.getImage()).isEqualTo("shop:1");
    assertThat(container.getEnv()).singleElement().satisfies(e -> assertThat(e.getValue()).isEqualTo("1"));
    assertThat(result.getSpec().getReplicas()).isEqualTo(4);
    assertThat(result.getMetadata().getAnnotations()).containsEntry("a", "b");
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> shop.patch(PatchContext.of(PatchType.JSON),
            "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":1}]"))
        .satisfies(e -> assertThat(e.getCode()).isEqualTo(422));
  }

  @Test
  @DisplayName("The access log names verb, resource and user agent of every request")
  void logsAccess() {
    client.resource(deployment("shop", "shop:1")).create();
    client.resource(deployment("shop", "shop:1")).scale(1);

    assertThat(server.accesses()).filteredOn(access -> access.namespace().equals(NAMESPACE))
        .extracting(Access::verb, Access::resource)
        .contains(org.assertj.core.groups.Tuple.tuple("create", "deployments.apps"),
            org.assertj.core.groups.Tuple.tuple("update", "deployments.apps/scale"));
    assertThat(server.accesses()).allSatisfy(access -> assertThat(access.userAgent()).startsWith("fabric8"));
  }
}
