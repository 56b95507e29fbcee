package dev.serin.e2e.story.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// An admission webhook that gives the pod templates of a namespace's Deployments an annotation, as injectors of
/// sidecars and of configuration do. It asks for nothing that is there already.
final class Webhook implements AutoCloseable {

  private static final String ANNOTATION = "example.com/injected";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String value;
  private final Predicate<JsonNode> chosen;
  private final AtomicInteger asked = new AtomicInteger();

  private Webhook(HttpsServer server, String value, Predicate<JsonNode> chosen) {
    this.server = server;
    this.value = value;
    this.chosen = chosen;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /// @param value
  ///          of the annotation
  /// @param chosen
  ///          Deployments that it changes
  static Webhook start(LoopbackCertificate certificate, String value, Predicate<JsonNode> chosen) throws IOException {
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    return new Webhook(server, value, chosen);
  }

  /// The registration for all writes to Deployments of a namespace, also dry runs.
  String registration(String namespace, LoopbackCertificate certificate) {
    return """
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: {name: "inject-%s"}
        webhooks:
        - name: inject.example.com
          admissionReviewVersions: [v1]
          sideEffects: None
          failurePolicy: Fail
          clientConfig:
            url: "https://127.0.0.1:%d/"
            caBundle: %s
          rules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}]
          namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "%s"}}
        """.formatted(namespace, server.getAddress().getPort(), certificate.caBundle(), namespace);
  }

  /// How often it was asked.
  int asked() {
    return asked.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.incrementAndGet();
      JsonNode request = JSON.readTree(exchange.getRequestBody()).path("request");
      ObjectNode review = JSON.createObjectNode().put("apiVersion", "admission.k8s.io/v1").put("kind",
          "AdmissionReview");
      ObjectNode response = review.putObject("response").put("uid", request.path("uid").asText()).put("allowed", true);
      JsonNode deployment = request.path("object");
      if (chosen.test(deployment)) {
        inject(deployment, response);
      }
      byte[] body = review.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void inject(JsonNode deployment, ObjectNode response) {
    JsonNode annotations = deployment.at("/spec/template/metadata/annotations");
    if (annotations.path(ANNOTATION).asText().equals(value)) {
      return;
    }
    ArrayNode patch = JSON.createArrayNode();
    if (annotations.isMissingNode()) {
      patch.addObject().put("op", "add").put("path", "/spec/template/metadata/annotations").putObject("value");
    }
    patch.addObject().put("op", "add")
        .put("path", "/spec/template/metadata/annotations/" + ANNOTATION.replace("/", "~1")).put("value", value);
    response.put("patchType", "JSONPatch").put("patch",
        Base64.getEncoder().encodeToString(patch.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
