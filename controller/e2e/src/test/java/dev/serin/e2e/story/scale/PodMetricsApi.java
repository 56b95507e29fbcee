package dev.serin.e2e.story.scale;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.serin.e2e.story.Shop;
import dev.serin.sandbox.pods.ServerCertificate;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `metrics.k8s.io/v1beta1` for a cluster without metrics-server, behind the API server's own aggregation.
///
/// An application's load is given and shared evenly by the ready pods that its selector finds, whoever owns them, as
/// behind a Service.
final class PodMetricsApi implements AutoCloseable {

  private static final String BASE = "/apis/metrics.k8s.io/v1beta1";
  private static final Pattern PODS = Pattern.compile(BASE + "/namespaces/([^/]+)/pods");
  private static final String NAME = "v1beta1.metrics.k8s.io";

  private final ControlPlane plane;
  private final HttpsServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Integer> loads = new ConcurrentHashMap<>();

  private PodMetricsApi(ControlPlane plane, HttpsServer server) {
    this.plane = plane;
    this.server = server;
  }

  /// Serves, registered with the API server, until it is closed. One at a time in a cluster.
  static PodMetricsApi register(ControlPlane plane) {
    try {
      var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(ServerCertificate.create()));
      var api = new PodMetricsApi(plane, server);
      server.createContext(BASE, api::answer);
      server.setExecutor(api.workers);
      server.start();
      api.announce();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Sets what all pods of an application together use from now on.
  ///
  /// @param milliCpu
  ///          thousandths of a CPU
  void load(String namespace, String app, int milliCpu) {
    loads.put(namespace + "/app=" + app, milliCpu);
  }

  private void announce() {
    int port = server.getAddress().getPort();
    plane.applyYaml("kube-system", """
        apiVersion: v1
        kind: Service
        metadata: {name: pod-metrics}
        spec: {type: ExternalName, externalName: localhost, ports: [{port: %1$d}]}
        ---
        apiVersion: apiregistration.k8s.io/v1
        kind: APIService
        metadata: {name: %2$s}
        spec:
          group: metrics.k8s.io
          version: v1beta1
          insecureSkipTLSVerify: true
          groupPriorityMinimum: 100
          versionPriority: 100
          service: {name: pod-metrics, namespace: kube-system, port: %1$d}
        """.formatted(port, NAME));
    await("the API server to reach " + BASE).atMost(Shop.PATIENCE).until(() -> plane.client(Actor.ADMIN).apiServices()
        .withName(NAME).get().getStatus() != null
        && plane.client(Actor.ADMIN).apiServices().withName(NAME).get().getStatus().getConditions().stream()
            .anyMatch(condition -> condition.getType().equals("Available") && condition.getStatus().equals("True")));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = body(exchange.getRequestURI().getPath(), exchange.getRequestURI().getRawQuery());
      byte[] bytes = new ObjectMapper().writeValueAsBytes(body);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(body.path("kind").asText().equals("Status") ? 404 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private JsonNode body(String path, String query) {
    Matcher pods = PODS.matcher(path);
    if (pods.matches()) {
      return metrics(pods.group(1), selector(query));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1");
    if (!path.equals(BASE)) {
      return answer.put("kind", "Status").put("status", "Failure").put("code", 404);
    }
    answer.put("kind", "APIResourceList").put("groupVersion", "metrics.k8s.io/v1beta1").putArray("resources")
        .addObject().put("name", "pods").put("singularName", "").put("namespaced", true).put("kind", "PodMetrics")
        .putArray("verbs").add("get").add("list");
    return answer;
  }

  private JsonNode metrics(String namespace, String selector) {
    List<Pod> serving = plane.client(Actor.OBSERVER).pods().inNamespace(namespace).withLabelSelector(selector).list()
        .getItems().stream().filter(PodMetricsApi::serves).toList();
    int load = loads.getOrDefault(namespace + "/" + selector, 0);
    String now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode list = JsonNodeFactory.instance.objectNode().put("apiVersion", "metrics.k8s.io/v1beta1")
        .put("kind", "PodMetricsList");
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    for (Pod pod : serving) {
      ObjectNode item = items.addObject();
      item.putObject("metadata").put("name", pod.getMetadata().getName()).put("namespace", namespace);
      item.put("timestamp", now).put("window", "1s").putArray("containers").addObject()
          .put("name", pod.getSpec().getContainers().getFirst().getName()).putObject("usage")
          .put("cpu", load / serving.size() + "m").put("memory", "1Mi");
    }
    return list;
  }

  private static boolean serves(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null && pod.getStatus().getConditions().stream()
        .anyMatch(condition -> condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  private static String selector(String query) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith("labelSelector=")) {
        return URLDecoder.decode(part.substring("labelSelector=".length()), StandardCharsets.UTF_8);
      }
    }
    throw new IllegalArgumentException("nobody asks for all pods, was " + query);
  }

  @Override
  public void close() {
    plane.client(Actor.ADMIN).apiServices().withName(NAME).delete();
    server.stop(0);
    workers.close();
  }
}
