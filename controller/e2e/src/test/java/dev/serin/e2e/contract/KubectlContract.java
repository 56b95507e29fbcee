package dev.serin.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people and the client library do, end to end.
interface KubectlContract extends Contract {

  @Test
  @DisplayName("kubectl applies a manifest, again and changed, and says what it did")
  default void applies(@TempDir Path folder) throws Exception {
    String namespace = cluster().newNamespace();
    String file = Files.writeString(folder.resolve("web.yaml"), Web.of(1).yaml()).toString();

    String first = cluster().kubectl(namespace, "apply", "-f", file);
    String second = cluster().kubectl(namespace, "apply", "-f", file);
    Files.writeString(folder.resolve("web.yaml"), Web.of(1).yaml("web:2"));
    String third = cluster().kubectl(namespace, "apply", "-f", file);
    String serverSide = cluster().kubectl(namespace, "apply", "--server-side", "--force-conflicts", "-f", file);

    assertThat(first).isEqualTo("deployment.apps/web created\n");
    assertThat(second).isEqualTo("deployment.apps/web unchanged\n");
    assertThat(third).isEqualTo("deployment.apps/web configured\n");
    assertThat(serverSide).isEqualTo("deployment.apps/web serverside-applied\n");
  }

  @Test
  @DisplayName("kubectl lists Deployments, ReplicaSets and pods as tables, and describes and deletes them")
  default void showsTables() {
    String namespace = cluster().newNamespace();
    api().create(Api.apps(namespace, "deployments"), Web.of(2).yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");

    assertThat(cluster().kubectl(namespace, "get", "deployments"))
        .containsPattern("NAME +READY +UP-TO-DATE +AVAILABLE +AGE")
        .containsPattern("web +2/2 +2 +2 ");
    assertThat(cluster().kubectl(namespace, "get", "rs,pods")).containsPattern("replicaset.apps/web-\\w+ +2 +2 +2 ")
        .containsPattern("pod/web-\\w+-\\w+ ");
    assertThat(cluster().kubectl(namespace, "describe", "deployment", "web")).contains("web:1", "NewReplicaSet");
    assertThat(cluster().kubectl(namespace, "delete", "deployment", "web")).contains("deleted");
  }

  @Test
  @DisplayName("kubectl waits for a roll-out, changes images and goes back")
  default void rollsOut() {
    String namespace = cluster().newNamespace();
    api().create(Api.apps(namespace, "deployments"), Web.of(1).yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");

    cluster().kubectl(namespace, "set", "image", "deployment/web", "app=web:2");
    cluster().awaitComplete(namespace, "web");
    assertThat(cluster().kubectl(namespace, "rollout", "status", "deployment/web", "--timeout=20s"))
        .contains("successfully rolled out");
    cluster().kubectl(namespace, "rollout", "undo", "deployment/web");

    assertThat(cluster().awaitComplete(namespace, "web").text("/spec/template/spec/containers/0/image"))
        .isEqualTo("web:1");
  }

  @Test
  @DisplayName("kubectl scales, labels, annotates, edits by patch and pauses")
  default void changes() {
    String namespace = cluster().newNamespace();
    api().create(Api.apps(namespace, "deployments"), Web.of(1).yaml()).expect(201);

    cluster().kubectl(namespace, "scale", "deployment/web", "--replicas=3");
    cluster().kubectl(namespace, "label", "deployment/web", "a=b");
    cluster().kubectl(namespace, "annotate", "deployment/web", "serin.dev/note=c");
    cluster().kubectl(namespace, "patch", "deployment/web", "--type=json",
        "-p=[{\"op\": \"add\", \"path\": \"/spec/minReadySeconds\", \"value\": 4}]");
    cluster().kubectl(namespace, "rollout", "pause", "deployment/web");
    Answer web = api().get(Api.apps(namespace, "deployments/web")).expect(200);

    assertThat(web.at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(web.text("/metadata/labels/a")).isEqualTo("b");
    assertThat(web.at("/metadata/annotations").path("serin.dev/note").asText()).isEqualTo("c");
    assertThat(web.at("/spec/minReadySeconds").asInt()).isEqualTo(4);
    assertThat(web.at("/spec/paused").asBoolean()).isTrue();
  }

  @Test
  @DisplayName("An informer of the client library sees what exists, what comes, what changes and what goes")
  default void informs() {
    String namespace = cluster().newNamespace();
    var maps = cluster().client().configMaps().inNamespace(namespace);
    ConfigMap one = new ConfigMapBuilder().withNewMetadata().withName("one").withNamespace(namespace).endMetadata()
        .build();
    maps.resource(one).create();
    try (SharedIndexInformer<ConfigMap> informer = maps.withName("one").inform()) {
      String key = namespace + "/one";
      assertThat(informer.getIndexer().getByKey(key)).isNotNull();

      maps.withName("one").edit(map -> new ConfigMapBuilder(map).addToData("key", "value").build());
      await().until(() -> "value".equals(informer.getIndexer().getByKey(key).getData().get("key")));
      maps.withName("one").delete();
      await().until(() -> informer.getIndexer().getByKey(key) == null);
      maps.resource(one).create();
      await().until(() -> informer.getIndexer().getByKey(key) != null);
    }
  }
}
