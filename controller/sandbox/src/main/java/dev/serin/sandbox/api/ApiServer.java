package dev.serin.sandbox.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.serin.sandbox.api.store.ApiException;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.store.Writer;
import dev.serin.sandbox.api.table.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A subset of the Kubernetes API on 127.0.0.1, plain HTTP, without authentication. `docs/sandbox.md` says what is left
/// out.
///
/// Clients: Fabric8 (watches over WebSocket are refused, it falls back to HTTP by itself), the Java Operator SDK,
/// `kubectl`.
/// The custom resources of Serin are served from the start. Controllers are not part of it.
public final class ApiServer implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ApiServer.class.getName());

  static {
    // Without it each small answer on a kept connection waits 40 ms for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Cluster cluster;
  private final AccessLog accesses = new AccessLog();
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Discovery discovery;
  private final OpenApi openApi;
  private final ResourceEndpoint resources;
  private final WatchEndpoint watches;
  private final PodLogs logs;

  private ApiServer(int port, InstantSource clock) throws IOException {
    cluster = new Cluster(clock);
    ShippedDefinitions.read().forEach(definition -> cluster
        .create(cluster.types().builtIn("customresourcedefinitions.apiextensions.k8s.io"), "", definition,
            Writer.CONTROLLER));
    var tables = new Tables(clock);
    discovery = new Discovery(cluster.types());
    openApi = new OpenApi(cluster.types());
    resources = new ResourceEndpoint(cluster, tables);
    watches = new WatchEndpoint(cluster, tables);
    logs = new PodLogs(cluster);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(threads);
    http.createContext("/", this::serve);
  }

  /// Starts to listen.
  ///
  /// @param port
  ///          0 for a free one
  /// @param clock
  ///          for timestamps and ages of objects
  /// @throws UncheckedIOException
  ///           when the port is taken
  public static ApiServer start(int port, InstantSource clock) {
    try {
      var server = new ApiServer(port, clock);
      server.http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's API server cannot listen on port " + port, e);
    }
  }

  /// Such as `http://127.0.0.1:40123`.
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /// A kubeconfig file's content, with the context `sandbox` and the namespace `default`.
  public String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        current-context: sandbox
        clusters:
        - name: sandbox
          cluster: {server: "%s"}
        contexts:
        - name: sandbox
          context: {cluster: sandbox, user: sandbox, namespace: default}
        users:
        - name: sandbox
          user: {}
        """.formatted(url());
  }

  /// The objects behind the HTTP interface, for controllers in the same process.
  public Cluster cluster() {
    return cluster;
  }

  /// The latest requests, oldest first.
  public List<Access> accesses() {
    return accesses.all();
  }

  /// Ends every watch and log stream and stops listening.
  @Override
  public void close() {
    cluster.store().close();
    logs.close();
    http.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = ApiRequest.of(exchange);
      try {
        route(request);
      } catch (ApiException refusal) {
        Replies.json(exchange, refusal.code(), refusal.status());
      } catch (IllegalArgumentException invalid) {
        Replies.json(exchange, 400, ApiException.badRequest(String.valueOf(invalid.getMessage())).status());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "The sandbox's API server failed on " + request.method() + " " + request.path(), e);
        Replies.json(exchange, 500, new ApiException(500, "InternalError", "Internal error occurred").status());
      }
    }
  }

  private void route(ApiRequest request) throws IOException, InterruptedException {
    if ("websocket".equalsIgnoreCase(request.header("Upgrade"))) {
      // The answer after which Fabric8 watches over plain HTTP.
      throw new ApiException(503, "ServiceUnavailable", "the sandbox serves watches over HTTP only");
    }
    var segments = request.segments();
    var first = segments.isEmpty() ? "" : segments.getFirst();
    if (first.equals("openapi")) {
      accesses.add(request);
      openApi.serve(request);
    } else if ((segments.size() > 2 && first.equals("api")) || (segments.size() > 3 && first.equals("apis"))) {
      resource(request, Target.of(segments, cluster.types()));
    } else {
      accesses.add(request);
      discovery.serve(request);
    }
  }

  private void resource(ApiRequest request, Target target) throws IOException, InterruptedException {
    accesses.add(request, target);
    if (target.subresource().equals("log")) {
      logs.serve(request, target);
    } else if (request.isWatch()) {
      watches.serve(request, target);
    } else {
      resources.serve(request, target);
    }
  }
}
