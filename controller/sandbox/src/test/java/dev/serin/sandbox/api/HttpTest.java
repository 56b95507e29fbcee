package dev.serin.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.sandbox.api.store.Edit;
import dev.serin.sandbox.api.store.Writer;
import dev.serin.sandbox.support.Manifests;
import dev.serin.sandbox.support.TestClock;
import dev.serin.sandbox.support.TestKubelet;
import dev.serin.sandbox.support.TestNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the server says on the wire.
@Timeout(60)
class HttpTest {

  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  private ApiServer server;
  private HttpClient client;

  @BeforeEach
  void start() {
    server = ApiServer.start(0, new TestClock());
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private BufferedReader stream(String path) throws IOException, InterruptedException {
    var response = client.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static JsonNode json(String text) {
    return Manifests.node(text);
  }

  private static String configMap(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"of\":\"" + name + "\"}},\"data\":{\"k\":\"v\"}}";
  }

  @Test
  @DisplayName("A body beyond 3 MiB is refused with 413, a broken one with 400, an unknown path with 404, all as Status objects")
  void refuses() throws IOException, InterruptedException {
    var large = post(MAPS, "{\"data\":{\"k\":\"" + "x".repeat(Bodies.LIMIT) + "\"}}");
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(json(large.body()).path("reason").asText()).isEqualTo("RequestEntityTooLarge");

    assertThat(post(MAPS, "{\"metadata\":").statusCode()).isEqualTo(400);
    assertThat(post("/apis/batch/v1/namespaces/default/jobs", "{}").statusCode()).isEqualTo(404);
    assertThat(post(MAPS, configMap("Not_A_Name")).statusCode()).isEqualTo(422);
    var nowhere = post("/api/v1/namespaces/nowhere/configmaps", configMap("a"));
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(json(nowhere.body()).path("message").asText()).isEqualTo("namespaces \"nowhere\" not found");
  }

  @Test
  @DisplayName("A watch with sendInitialEvents lists, marks the end of the list and goes on; one with a selector sees objects leave it")
  void watches() throws IOException, InterruptedException {
    post(MAPS, configMap("a"));
    try (var lines = stream(MAPS + "?watch=true&allowWatchBookmarks=true&sendInitialEvents=true"
        + "&resourceVersionMatch=NotOlderThan&labelSelector=of%3Da")) {
      assertThat(json(lines.readLine()).path("type").asText()).isEqualTo("ADDED");
      var end = json(lines.readLine());
      assertThat(end.path("type").asText()).isEqualTo("BOOKMARK");
      assertThat(end.at("/object/metadata/annotations").path("k8s.io/initial-events-end").asText()).isEqualTo("true");

      send(request(MAPS + "/a").header("Content-Type", "application/merge-patch+json").method("PATCH",
          HttpRequest.BodyPublishers.ofString("{\"metadata\":{\"labels\":{\"of\":\"else\"}}}")));
      assertThat(json(lines.readLine()).path("type").asText()).isEqualTo("DELETED");
    }
  }

  @Test
  @DisplayName("A watch from a version that the server never had, or no longer knows, ends with 410 Expired")
  void expires() throws IOException, InterruptedException {
    for (var i = 0; i < 10_001; i++) {
      var count = i;
      server.cluster().update(server.cluster().types().builtIn("namespaces"), "", "default",
          Edit.of(live -> {
            live.withObject("/metadata/labels").put("count", Integer.toString(count));
            return live;
          }), Writer.CONTROLLER);
    }
    for (var version : new String[]{"1", "99999999"}) {
      try (var lines = stream(MAPS + "?watch=true&timeoutSeconds=10&resourceVersion=" + version)) {
        var event = json(lines.readLine());
        assertThat(event.path("type").asText()).isEqualTo("ERROR");
        assertThat(event.at("/object/code").asInt()).isEqualTo(410);
        assertThat(lines.readLine()).isNull();
      }
    }
  }

  @Test
  @DisplayName("A watch ends after timeoutSeconds")
  void ends() throws IOException, InterruptedException {
    try (var lines = stream(MAPS + "?watch=true&resourceVersion=2&timeoutSeconds=1")) {
      assertThat(lines.lines().filter(line -> line.contains("ADDED"))).isEmpty();
    }
  }

  @Test
  @DisplayName("An Event is one object under both of its groups, and is found by whom it is about")
  void servesEvents() throws IOException, InterruptedException {
    var event = """
        {"metadata":{"name":"e"},"regarding":{"kind":"Pod","name":"p"},"note":"hello","reason":"R","type":"Normal",
         "reportingController":"c","action":"a","eventTime":"2026-01-01T00:00:00.000000Z"}""";
    assertThat(post("/apis/events.k8s.io/v1/namespaces/default/events", event).statusCode()).isEqualTo(201);

    var core = json(send(request("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Dp")).body());
    assertThat(core.at("/items/0/message").asText()).isEqualTo("hello");
    assertThat(core.at("/items/0/involvedObject/kind").asText()).isEqualTo("Pod");
    var other = json(send(request("/apis/events.k8s.io/v1/events?fieldSelector=regarding.name%3Dp")).body());
    assertThat(other.at("/items/0/note").asText()).isEqualTo("hello");
  }

  @Test
  @DisplayName("A CustomResourceDefinition is established at once and its kind served until it is deleted")
  void definesKinds() throws IOException, InterruptedException {
    var crds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    var created = post(crds, """
        {"metadata":{"name":"toys.example.org"},"spec":{"group":"example.org","scope":"Namespaced",
         "names":{"kind":"Toy","plural":"toys"},"versions":[{"name":"v1","served":true,"storage":true,
         "additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"}]}]}}""");
    assertThat(json(created.body()).at("/status/conditions/1/type").asText()).isEqualTo("Established");
    post("/apis/example.org/v1/namespaces/default/toys", "{\"metadata\":{\"name\":\"t\"},\"spec\":{\"size\":3}}");

    var table = json(
        send(request("/apis/example.org/v1/toys").header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"))
            .body());
    assertThat(table.at("/columnDefinitions/1/name").asText()).isEqualTo("Size");
    assertThat(table.at("/rows/0/cells/1").asInt()).isEqualTo(3);

    send(request(crds + "/toys.example.org").DELETE());
    assertThat(send(request("/apis/example.org/v1/toys")).statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("pods/log hands on the kubelet's lines as they come, with the options that were asked for")
  void streamsLogs(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
    try (var kubelet = new TestKubelet(folder)) {
      post("/api/v1/namespaces/default/pods",
          "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"x:1\"}]}}");
      var log = "/api/v1/namespaces/default/pods/p/log?follow=true&sinceTime=2026-01-01T00%3A00%3A00Z";
      assertThat(json(send(request(log)).body()).path("message").asText()).contains("does not have a host assigned");
      new TestNode(server.cluster(), kubelet.port()).tick(1);

      try (var lines = stream(log)) {
        assertThat(lines.readLine()).contains("/containerLogs/default/p/app?", "follow=true",
            "sinceTime=2026-01-01T00%3A00%3A00Z");
        kubelet.goOn();
        assertThat(lines.readLine()).isEqualTo("and more");
        assertThat(lines.readLine()).isNull();
      }
      assertThat(send(request(log + "&container=none")).statusCode()).isEqualTo(400);
    }
  }
}
