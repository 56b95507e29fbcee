package dev.serin.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Watches: nothing missed, nothing twice, in order.
interface WatchContract extends Contract {

  @Test
  @DisplayName("A watch from the version of a list shows every later change, in order, and nothing before")
  default void continuesAList() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    api().create(maps, map("before")).expect(201);
    String version = api().get(maps).expect(200).version();

    try (Watching watch = api()
        .watch(maps + "?resourceVersion=" + version + "&fieldSelector=metadata.name!=kube-root-ca.crt")) {
      api().create(maps, map("one")).expect(201);
      api().patch(maps + "/one", Api.Patch.MERGE, "{data: {key: changed}}").expect(200);
      api().delete(maps + "/one").expect(200);

      assertThat(watch.code()).isEqualTo(200);
      assertThat(watch.events(3)).map(Watching.Event::toString).containsExactly("ADDED one", "MODIFIED one",
          "DELETED one");
      assertThat(watch.events(3).get(1).object().at("/data/key").asText()).isEqualTo("changed");
    }
  }

  @Test
  @DisplayName("A watch from an older version first shows what happened since")
  default void catchesUp() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    String version = api().create(maps, map("one")).expect(201).version();
    api().create(maps, map("two")).expect(201);
    api().delete(maps + "/one").expect(200);

    try (Watching watch = api()
        .watch(maps + "?resourceVersion=" + version + "&fieldSelector=metadata.name!=kube-root-ca.crt")) {
      assertThat(watch.events(2)).map(Watching.Event::toString).containsExactly("ADDED two", "DELETED one");
    }
  }

  @Test
  @DisplayName("A watch without a version starts with the objects that exist")
  default void startsWithTheState() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    api().create(maps, map("one")).expect(201);

    try (Watching watch = api().watch(maps + "?fieldSelector=metadata.name=one")) {
      assertThat(watch.events(1)).map(Watching.Event::toString).containsExactly("ADDED one");
    }
  }

  @Test
  @DisplayName("To a watch with a selector, an object that stops matching is deleted and one that starts is added")
  default void selectsWhileWatching() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    String version = api().create(maps, map("one")).expect(201).version();

    try (Watching watch = api().watch(maps + "?labelSelector=on%3Dtrue&resourceVersion=" + version)) {
      api().patch(maps + "/one", Api.Patch.MERGE, "{metadata: {labels: {on: 'true'}}}").expect(200);
      api().patch(maps + "/one", Api.Patch.MERGE, "{data: {key: changed}}").expect(200);
      api().patch(maps + "/one", Api.Patch.MERGE, "{metadata: {labels: {on: 'false'}}}").expect(200);

      assertThat(watch.events(3)).map(Watching.Event::toString).containsExactly("ADDED one", "MODIFIED one",
          "DELETED one");
    }
  }

  @Test
  @DisplayName("A watch over all namespaces sees each of them")
  default void watchesAllNamespaces() {
    String first = cluster().newNamespace();
    String second = cluster().newNamespace();
    String version = api().get("/api/v1/configmaps").expect(200).version();

    try (Watching watch = api()
        .watch("/api/v1/configmaps?labelSelector=batch%3D" + first + "&resourceVersion=" + version)) {
      for (String namespace : new String[]{first, second}) {
        api().create(Api.core(namespace, "configmaps"),
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: one, labels: {batch: %s}}}".formatted(first))
            .expect(201);
      }
      assertThat(watch.events(2)).map(event -> event.object().at("/metadata/namespace").asText()).containsExactly(first,
          second);
    }
  }

  @Test
  @DisplayName("A bookmark moves a quiet watch past the changes of others, before its time is over")
  default void sendsBookmarks() {
    String maps = Api.core(cluster().newNamespace(), "configmaps");
    String version = api().create(maps, map("one")).expect(201).version();

    try (Watching watch = api()
        .watch(maps + "?labelSelector=none&allowWatchBookmarks=true&timeoutSeconds=10&resourceVersion="
            + version)) {
      String later = api().create(Api.core(cluster().newNamespace(), "configmaps"), map("other")).expect(201).version();
      Watching.Event bookmark = watch.first("BOOKMARK");

      assertThat(bookmark.object().path("kind").asText()).isEqualTo("ConfigMap");
      assertThat(Long.parseLong(bookmark.object().at("/metadata/resourceVersion").asText()))
          .isGreaterThanOrEqualTo(Long.parseLong(later));
    }
  }

  @Test
  @DisplayName("A watch from a version that is long gone ends with 410 or shows all that happened since: it never skips")
  default void skipsNothing() {
    String rollouts = RecordsContract.rollouts(cluster().newNamespace());
    api().create(rollouts, RecordsContract.ROLLOUT).expect(201);

    try (Watching watch = api().watch(rollouts + "?resourceVersion=1")) {
      if (watch.code() != 410) {
        Watching.Event event = watch.events(1).getFirst();
        assertThat(event.toString().equals("ADDED web") || event.object().path("code").asInt() == 410)
            .as(event.object().toString()).isTrue();
      }
    }
  }

  static String map(String name) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}".formatted(name);
  }
}
