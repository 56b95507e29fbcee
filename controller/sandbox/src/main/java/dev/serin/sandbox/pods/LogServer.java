package dev.serin.sandbox.pods;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// The kubelet's own endpoint: `GET /containerLogs/{namespace}/{pod}/{container}` over TLS on a loopback port.
///
/// Understands follow, previous, timestamps, sinceTime, sinceSeconds, tailLines and limitBytes as a kubelet does.
final class LogServer implements AutoCloseable {

  /// The fixed nine decimals that a kubelet writes.
  private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter
      .ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

  private final Function<LogQuery, Optional<LogRing>> logs;
  private final InstantSource clock;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Set<Thread>> streams = new ConcurrentHashMap<>();

  private LogServer(Function<LogQuery, Optional<LogRing>> logs, InstantSource clock, HttpsServer server) {
    this.logs = logs;
    this.clock = clock;
    this.server = server;
  }

  /// Starts to serve on a free loopback port.
  ///
  /// @param logs
  ///          finds the log of a container; empty when there is no such pod, container or previous instance
  static LogServer start(Function<LogQuery, Optional<LogRing>> logs, InstantSource clock)
      throws IOException, InterruptedException {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(ServerCertificate.create()));
    LogServer logServer = new LogServer(logs, clock, server);
    server.setExecutor(logServer.threads);
    server.createContext("/containerLogs/", logServer::answer);
    server.start();
    return logServer;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// Breaks the connections of all streams of a pod, without the proper end of an answer.
  void cut(String namespace, String pod) {
    streams.getOrDefault(namespace + "/" + pod, Set.of()).forEach(Thread::interrupt);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    LogQuery query;
    try {
      query = LogQuery.parse(exchange.getRequestURI(), clock);
    } catch (IllegalArgumentException e) {
      refuse(exchange, 400, String.valueOf(e.getMessage()));
      return;
    }
    Optional<LogRing> log = logs.apply(query);
    if (log.isPresent()) {
      stream(exchange, query, log.get());
    } else {
      refuse(exchange, query.previous() ? 400 : 404,
          (query.previous() ? "previous terminated container " : "container ")
              + query.container() + " in pod " + query.pod() + " not found");
    }
  }

  private void stream(HttpExchange exchange, LogQuery query, LogRing log) throws IOException {
    Set<Thread> ofPod = streams.computeIfAbsent(query.namespace() + "/" + query.pod(),
        _ -> ConcurrentHashMap.newKeySet());
    ofPod.add(Thread.currentThread());
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/plain");
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      body.flush();
      copy(query, log, body);
      body.close();
    } catch (InterruptedException _) {
      // Leaving with an exception makes the server drop the connection in the middle of the answer.
      throw new InterruptedIOException("the stream was cut");
    } finally {
      ofPod.remove(Thread.currentThread());
    }
  }

  private static void copy(LogQuery query, LogRing log, OutputStream body) throws IOException, InterruptedException {
    long next = log.start(query.since(), query.tailLines());
    long left = query.limitBytes();
    while (true) {
      boolean last = !query.follow() || log.closed();
      LogRing.Batch batch = log.read(next);
      next = batch.next();
      for (LogRing.LogLine line : batch.lines()) {
        String prefix = query.timestamps() ? TIMESTAMP.format(line.at()) + " " : "";
        byte[] bytes = (prefix + line.text() + "\n").getBytes(StandardCharsets.UTF_8);
        int length = (int) Math.min(bytes.length, left);
        body.write(bytes, 0, length);
        left -= length;
      }
      body.flush();
      if (left == 0 || (last && batch.lines().isEmpty())) {
        return;
      }
      if (!last) {
        log.await(next);
      }
    }
  }

  private static void refuse(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
