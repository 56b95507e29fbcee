package dev.serin.sandbox.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// One running container: a real HTTP server on a loopback port that answers for the tenants and fails as its version
/// says.
///
/// Routes: `/communities/{id}`, `/communities/{id}/posts`, `/posts`, and `/ready` for the readiness check, which is not
/// logged. The tenant is read from the header `X-Tenant`; each answer names image, arm and pod in headers, so that the
/// load generator needs no log to know who answered.
public final class Application implements AutoCloseable {

  public static final String IMAGE_HEADER = "X-Sandbox-Image";
  public static final String ARM_HEADER = "X-Sandbox-Arm";
  public static final String POD_HEADER = "X-Sandbox-Pod";
  /// On answers that a fault spoiled: the fault's message, its placeholder unfilled.
  public static final String FAULT_HEADER = "X-Sandbox-Fault";
  public static final String TENANT_HEADER = "X-Tenant";

  static {
    // Read once by the JDK's server: without it each answer on a kept-alive connection waits 40 ms for a delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Identity identity;
  private final Versions versions;
  private final InstantSource clock;
  private final Consumer<List<String>> log;
  private final SplittableRandom random;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean draining;
  private volatile Instant lastRequest;

  /// Who answers.
  ///
  /// @param image
  ///          image, a key of the versions
  /// @param arm
  ///          value of the pod's label `serin.dev/arm`, or `stable`
  /// @param pod
  ///          name of the pod
  /// @param seed
  ///          of the decision which single requests fail
  public record Identity(String image, String arm, String pod, long seed) {}

  private Application(Identity identity, Versions versions, InstantSource clock, Consumer<List<String>> log)
      throws IOException {
    this.identity = identity;
    this.versions = versions;
    this.clock = clock;
    this.log = log;
    this.random = new SplittableRandom(identity.seed());
    this.lastRequest = clock.instant();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
  }

  /// Starts to serve on a free loopback port.
  ///
  /// @param log
  ///          receives the lines of one record at a time; must not block
  public static Application start(Identity identity, Versions versions, InstantSource clock,
      Consumer<List<String>> log) throws IOException {
    Application application = new Application(identity, versions, clock, log);
    application.server.start();
    return application;
  }

  /// `127.0.0.1` and the port.
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /// From now on each answer closes its connection, as a server does that was told to stop.
  public void drain() {
    draining = true;
  }

  /// When the last request came in; the start before the first one. Readiness checks do not count.
  public Instant lastRequest() {
    return lastRequest;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<AppVersion> version = versions.find(identity.image());
      if (exchange.getRequestURI().getPath().equals("/ready")) {
        boolean ready = version.filter(v -> v.startup() == Startup.READY).isPresent();
        respond(exchange, ready ? 200 : 503, ready ? "ready" : "not ready");
      } else {
        serve(exchange, version.orElseGet(() -> AppVersion.healthy(identity.image())));
      }
    }
  }

  private void serve(HttpExchange exchange, AppVersion version) throws IOException {
    Instant begin = clock.instant();
    lastRequest = begin;
    String path = exchange.getRequestURI().getPath();
    String tenant = Optional.ofNullable(exchange.getRequestHeaders().getFirst(TENANT_HEADER)).orElse("unknown");
    LockSupport.parkNanos((long) (version.latency().toNanos() * (0.5 + draw())));
    Route route = Route.of(path, tenant);
    Optional<ErrorRule> fault = fault(version, tenant);
    String message = fault.map(rule -> rule.text(route.id()))
        .orElse(route.status() == 404 ? "No such route" : "");
    int status = fault.filter(rule -> rule.status() != 0).map(ErrorRule::status).orElse(route.status());
    RequestRecord request = new RequestRecord(clock.instant(), exchange.getRequestMethod(), path, route.template(),
        status, Duration.between(begin, clock.instant()), tenant, message,
        fault.flatMap(ErrorRule::exceptionClass).orElse(null));
    if (version.logged() == LoggedRequests.ALL || request.failed()) {
      log.accept(RecordFormat.lines(version.logFormat(), request));
    }
    fault.ifPresent(rule -> exchange.getResponseHeaders().set(FAULT_HEADER,
        rule.message().replaceAll("[^ -~]", "?")));
    respond(exchange, status, status >= 400 ? message : "ok " + route.id());
  }

  private Optional<ErrorRule> fault(AppVersion version, String tenant) {
    Duration age = versions.age(identity.image());
    return version.errors().stream()
        .filter(rule -> rule.active(age) && rule.isOn(identity.pod()) && rule.affects(tenant) && draw() < rule.rate())
        .findFirst();
  }

  private double draw() {
    synchronized (random) {
      return random.nextDouble();
    }
  }

  private void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set(IMAGE_HEADER, identity.image());
    exchange.getResponseHeaders().set(ARM_HEADER, identity.arm());
    exchange.getResponseHeaders().set(POD_HEADER, identity.pod());
    if (draining) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /// A path of the API: its template, the community's id in it (for all posts the tenant's number), and the status of an
  /// answer without a fault.
  private record Route(String template, String id, int status) {

    static Route of(String path, String tenant) {
      String[] parts = path.split("/", 5);
      if (path.equals("/posts")) {
        return new Route("/posts", Long.toString(ErrorRule.number(tenant)), 200);
      }
      if (parts.length >= 3 && parts[1].equals("communities") && !parts[2].isEmpty()) {
        if (parts.length == 3) {
          return new Route("/communities/{id}", parts[2], 200);
        }
        if (parts.length == 4 && parts[3].equals("posts")) {
          return new Route("/communities/{id}/posts", parts[2], 200);
        }
      }
      return new Route("unmatched", "unknown", 404);
    }
  }
}
