package dev.serin.testkit.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The server behind a proxy under test: answers as it is told, and remembers what reached it.
final class StubApi implements AutoCloseable {

  private final List<String> reached = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer http;

  private StubApi(HttpHandler handler) throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", exchange -> {
      try (exchange) {
        reached.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        handler.handle(exchange);
      }
    });
  }

  static StubApi start(HttpHandler handler) throws IOException {
    var api = new StubApi(handler);
    api.http.start();
    return api;
  }

  static void answer(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(code, -1);
    } else {
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /// Method and path with query, in the order of arrival.
  List<String> reached() {
    return reached;
  }

  String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        current-context: stub
        clusters:
        - name: stub
          cluster: {server: "http://127.0.0.1:%d"}
        contexts:
        - name: stub
          context: {cluster: stub, user: stub}
        users:
        - name: stub
          user: {token: secret}
        """.formatted(http.getAddress().getPort());
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
