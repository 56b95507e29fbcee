package dev.serin.e2e.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Plain requests to an API server, one per call, so that contracts speak of the wire and not of a client library.
/// Bodies are YAML, and therefore also JSON.
final class Api {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /// The kinds of PATCH.
  enum Patch {
    MERGE("application/merge-patch+json"), JSON("application/json-patch+json"), STRATEGIC(
        "application/strategic-merge-patch+json"), APPLY("application/apply-patch+yaml");

    private final String mediaType;

    Patch(String mediaType) {
      this.mediaType = mediaType;
    }
  }

  private final KubernetesClient client;

  Api(KubernetesClient client) {
    this.client = client;
  }

  /// Path of a namespaced collection of the core group, such as `configmaps`.
  static String core(String namespace, String resource) {
    return "/api/v1/namespaces/" + namespace + "/" + resource;
  }

  /// Path of a namespaced collection of `apps/v1`, such as `deployments`.
  static String apps(String namespace, String resource) {
    return "/apis/apps/v1/namespaces/" + namespace + "/" + resource;
  }

  Answer get(String path) {
    return send(client.getHttpClient().newHttpRequestBuilder().uri(uri(path)));
  }

  Answer create(String path, String yaml) {
    return body("POST", path, "application/json", json(yaml));
  }

  Answer replace(String path, JsonNode object) {
    return body("PUT", path, "application/json", object.toString());
  }

  Answer patch(String path, Patch kind, String yaml) {
    return body("PATCH", path, kind.mediaType, json(yaml));
  }

  Answer delete(String path) {
    return delete(path, "{}");
  }

  /// @param options
  ///          a DeleteOptions without kind
  Answer delete(String path, String options) {
    return body("DELETE", path, "application/json", json(options));
  }

  /// Opens a watch and returns at once.
  Watching watch(String path) {
    String separator = path.contains("?") ? "&" : "?";
    HttpRequest request = client.getHttpClient().newHttpRequestBuilder().uri(uri(path + separator + "watch=true"))
        .forStreaming().build();
    return new Watching(await(client.getHttpClient().sendAsync(request, InputStream.class)));
  }

  static String json(String yaml) {
    try {
      return YAML.readTree(yaml).toString();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not YAML: " + yaml, e);
    }
  }

  private Answer body(String method, String path, String mediaType, String json) {
    return send(client.getHttpClient().newHttpRequestBuilder().uri(uri(path)).method(method, mediaType, json));
  }

  private Answer send(HttpRequest.Builder request) {
    HttpResponse<byte[]> response = await(client.getHttpClient().sendAsync(request.build(), byte[].class));
    String text = new String(response.body(), UTF_8);
    try {
      return new Answer(response.code(), text.isEmpty()
          ? MissingNode.getInstance()
          : JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON: " + text, e);
    }
  }

  private URI uri(String path) {
    return URI.create(client.getConfiguration().getMasterUrl()).resolve(path);
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(30, TimeUnit.SECONDS).join();
  }
}
