package dev.serin.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lists and what they select.
interface SelectorContract extends Contract {

  @ParameterizedTest(name = "{0} selects {1}")
  @DisplayName("Label selectors select by equality, sets and existence")
  @CsvSource(delimiter = '|', value = {
      "app=web | a b", "app==web,tier=front | a", "app!=web | c d", "tier | a b c", "!tier | d",
      "tier in (front,back) | a b",
      "tier notin (front,back) | c d", "app=web,tier notin (front) | b"})
  default void selectsByLabels(String selector, String expected) {
    String secrets = Api.core(cluster().newNamespace(), "secrets");
    create(secrets, "a", "app: web, tier: front");
    create(secrets, "b", "app: web, tier: back");
    create(secrets, "c", "app: other, tier: none");
    create(secrets, "d", "");

    assertThat(String.join(" ", names(api().get(secrets + "?labelSelector=" + encode(selector))))).isEqualTo(expected);
  }

  @Test
  @DisplayName("A field selector selects by name")
  default void selectsByName() {
    String secrets = Api.core(cluster().newNamespace(), "secrets");
    create(secrets, "a", "");
    create(secrets, "b", "");

    assertThat(names(api().get(secrets + "?fieldSelector=" + encode("metadata.name=b")))).containsExactly("b");
    assertThat(names(api().get(secrets + "?fieldSelector=" + encode("metadata.name!=b")))).containsExactly("a");
  }

  @Test
  @DisplayName("Events are selected by what they are about")
  default void selectsEvents() {
    String namespace = cluster().newNamespace();
    String events = Api.core(namespace, "events");
    for (String name : List.of("a", "b")) {
      api().create(events, """
          apiVersion: v1
          kind: Event
          metadata: {name: about-%1$s}
          involvedObject: {apiVersion: apps/v1, kind: Deployment, name: %1$s, namespace: %2$s}
          reason: Tested
          message: said
          type: Normal
          """.formatted(name, namespace)).expect(201);
    }

    assertThat(names(api().get(events + "?fieldSelector="
        + encode("involvedObject.kind=Deployment,involvedObject.name=b")))).containsExactly("about-b");
  }

  @Test
  @DisplayName("Pods are selected by node and phase")
  default void selectsPods() {
    String namespace = cluster().newNamespace();
    api().create(Api.apps(namespace, "deployments"), Web.of(2).yaml()).expect(201);
    cluster().awaitComplete(namespace, "web");
    String pods = Api.core(namespace, "pods");

    assertThat(names(api().get(pods + "?fieldSelector=" + encode("status.phase=Running")))).hasSize(2);
    assertThat(names(api().get(pods + "?fieldSelector=" + encode("status.phase!=Running")))).isEmpty();
    assertThat(names(api().get(pods + "?fieldSelector=" + encode("spec.nodeName=no-such-node")))).isEmpty();
  }

  @Test
  @DisplayName("A malformed selector is a BadRequest, never everything")
  default void refusesMalformedSelectors() {
    String secrets = Api.core(cluster().newNamespace(), "secrets");

    api().get(secrets + "?labelSelector=" + encode("a in (")).refused(400, "BadRequest");
    api().get(secrets + "?fieldSelector=" + encode("no.such.field=1")).refused(400, "BadRequest");
  }

  private void create(String path, String name, String labels) {
    api().create(path, "{apiVersion: v1, kind: Secret, metadata: {name: %s, labels: {%s}}}".formatted(name, labels))
        .expect(201);
  }

  private static List<String> names(Answer list) {
    return StreamSupport.stream(list.expect(200).at("/items").spliterator(), false)
        .map(item -> item.at("/metadata/name").asText()).sorted().toList();
  }

  private static String encode(String selector) {
    return URLEncoder.encode(selector, StandardCharsets.UTF_8);
  }
}
