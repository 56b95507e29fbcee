package dev.serin.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.sandbox.api.store.ApiException;
import dev.serin.sandbox.api.store.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// `pods/log`: asks the kubelet of the pod's node and hands its lines on as they come.
final class PodLogs implements AutoCloseable {

  private static final List<String> OPTIONS = List.of("follow", "sinceTime", "sinceSeconds", "timestamps", "previous",
      "tailLines", "limitBytes");

  private final Cluster cluster;
  private final HttpClient kubelets = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
      .sslContext(LoopbackTls.context()).connectTimeout(Duration.ofSeconds(5)).build();

  PodLogs(Cluster cluster) {
    this.cluster = cluster;
  }

  void serve(ApiRequest request, Target target) throws IOException, InterruptedException {
    var pod = cluster.get(target.type(), target.namespace(), target.name());
    var uri = URI
        .create("https://127.0.0.1:" + port(pod, target) + "/containerLogs/" + target.namespace() + "/" + target.name()
            + "/" + container(request, pod, target) + "?" + options(request));
    HttpResponse<InputStream> answer;
    try {
      answer = kubelets.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException _) {
      throw new ApiException(500, "InternalError", "Internal error occurred: the kubelet of pod " + target.name()
          + " does not answer");
    }
    try (var lines = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new ApiException(answer.statusCode(), answer.statusCode() == 404 ? "NotFound" : "BadRequest",
            "the kubelet answered with status " + answer.statusCode());
      }
      request.exchange().getResponseHeaders().set("Content-Type", "text/plain");
      request.exchange().sendResponseHeaders(200, 0);
      copy(lines, request.exchange().getResponseBody());
    }
  }

  @Override
  public void close() {
    kubelets.shutdownNow();
  }

  private int port(JsonNode pod, Target target) {
    var node = pod.at("/spec/nodeName").asText();
    if (node.isEmpty()) {
      throw ApiException.badRequest("pod " + target.name() + " does not have a host assigned");
    }
    return cluster.get(cluster.types().builtIn("nodes"), "", node).at("/status/daemonEndpoints/kubeletEndpoint/Port")
        .asInt();
  }

  private static String container(ApiRequest request, JsonNode pod, Target target) {
    var containers = pod.at("/spec/containers").findValuesAsText("name");
    var asked = request.query("container");
    var name = asked.isEmpty()
        ? pod.path("metadata").path("annotations").path("kubectl.kubernetes.io/default-container")
            .asText(pod.at("/spec/containers/0/name").asText())
        : asked;
    if (containers.contains(name)) {
      return name;
    }
    throw ApiException.badRequest("container " + name + " is not valid for pod " + target.name());
  }

  private static String options(ApiRequest request) {
    return OPTIONS.stream().filter(option -> !request.query(option).isEmpty())
        .map(option -> option + "=" + URLEncoder.encode(request.query(option), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// Every piece is sent on at once: a follower waits for single lines.
  private static void copy(InputStream from, OutputStream to) throws IOException {
    to.flush();
    var buffer = new byte[8192];
    for (var n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
      to.flush();
    }
  }
}
