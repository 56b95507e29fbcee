package dev.serin.testkit.monitor.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Reads all keys of etcd through its HTTP gateway. Never writes.
public final class Etcd {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  // Some hundred objects stay far below what one answer may hold.
  private static final int PAGE = 200;
  // The first key, and as the end of a range: no end.
  private static final String ZERO = encode(new byte[]{0});
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
      .proxy(HttpClient.Builder.NO_PROXY).connectTimeout(PATIENCE).build();

  /// @param url
  ///          of a client endpoint, such as `http://127.0.0.1:2379`
  public Etcd(String url) {
    this.url = URI.create(url);
  }

  /// Everything that is stored at one revision.
  public record Snapshot(long revision, List<Entry> entries) {

    public Snapshot {
      entries = List.copyOf(entries);
    }
  }

  /// The newest revision.
  public long revision() throws IOException, InterruptedException {
    return revision(range(range(ZERO).put("count_only", true)));
  }

  /// Everything that is stored now.
  public Snapshot snapshot() throws IOException, InterruptedException {
    JsonNode page = range(range(ZERO).put("range_end", ZERO).put("limit", PAGE));
    long revision = revision(page);
    List<Entry> entries = new ArrayList<>();
    while (true) {
      String last = "";
      for (JsonNode keyValue : page.path("kvs")) {
        entries.add(Entry.written(keyValue));
        last = keyValue.path("key").asText();
      }
      if (!page.path("more").asBoolean()) {
        return new Snapshot(revision, entries);
      }
      page = range(range(after(last)).put("range_end", ZERO).put("limit", PAGE).put("revision", revision));
    }
  }

  /// Opens a watch on all keys: one JSON value for each answer, without end. The caller closes it.
  ///
  /// @param from
  ///          the first revision wanted
  InputStream watch(long from) throws IOException, InterruptedException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.putObject("create_request").put("key", ZERO).put("range_end", ZERO).put("start_revision", from)
        // Answers beyond the size that a request may have come in parts.
        .put("fragment", true);
    HttpResponse<InputStream> response = http.send(post("/v3/watch", request).build(),
        HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != HttpURLConnection.HTTP_OK) {
      try (InputStream body = response.body()) {
        throw new IOException("etcd refuses to be watched: " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return response.body();
  }

  private JsonNode range(ObjectNode request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(post("/v3/kv/range", request).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("etcd refuses to be read: " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return JSON.readTree(response.body());
  }

  private HttpRequest.Builder post(String path, ObjectNode body) {
    return HttpRequest.newBuilder(url.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  private static ObjectNode range(String key) {
    return JsonNodeFactory.instance.objectNode().put("key", key);
  }

  private static long revision(JsonNode answer) {
    return answer.path("header").path("revision").asLong();
  }

  private static String after(String base64) {
    byte[] key = Base64.getDecoder().decode(base64);
    byte[] next = new byte[key.length + 1];
    System.arraycopy(key, 0, next, 0, key.length);
    return encode(next);
  }

  private static String encode(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }
}
