package dev.serin.testkit.monitor.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;

/// A stand-in for etcd's HTTP gateway that answers each request with the next answer of a script, and then cuts the
/// connection.
final class Gateway implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<JsonNode> requests = new ArrayList<>();

  private Gateway(HttpServer server) {
    this.server = server;
  }

  static Gateway start() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Gateway gateway = new Gateway(server);
    server.createContext("/v3/", gateway::answer);
    server.start();
    return gateway;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Answers the next request with these lines.
  Gateway then(String... lines) {
    answers.add(String.join("\n", lines));
    return this;
  }

  /// The bodies of all requests so far.
  synchronized List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  /// An answer to a watch.
  static String events(String... events) {
    return "{\"result\":{\"header\":{\"revision\":\"99\"},\"events\":[" + String.join(",", events) + "]}}";
  }

  /// A part of an answer to a watch.
  static String part(String... events) {
    return events(events).replace("\"events\"", "\"fragment\":true,\"events\"");
  }

  static String put(long revision, String key, String value) {
    return "{\"kv\":" + keyValue(revision, key, value) + "}";
  }

  static String delete(long revision, String key) {
    return "{\"type\":\"DELETE\",\"kv\":{\"key\":\"" + base64(key) + "\",\"mod_revision\":\"" + revision + "\"}}";
  }

  static String keyValue(long revision, String key, String value) {
    return "{\"key\":\"" + base64(key) + "\",\"mod_revision\":\"" + revision + "\",\"value\":\"" + base64(value)
        + "\"}";
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(JSON.readTree(exchange.getRequestBody()));
      String answer = answers.poll();
      byte[] body = (answer == null ? "the script is over" : answer).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer == null ? 503 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
