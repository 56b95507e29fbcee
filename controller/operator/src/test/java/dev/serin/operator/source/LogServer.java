package dev.serin.operator.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Speaks `pods/log` over real sockets, as an API server with kubelets behind it does: `follow`, `timestamps`, `sinceTime` in
/// whole seconds, `tailLines`, `limitBytes`, and no response head before a quiet container's first line.
final class LogServer implements AutoCloseable {

  /// One container's log and how it misbehaves.
  private static final class Log {
    private final List<Line> lines = new ArrayList<>();
    /// Streams opened earlier end when this rises.
    private int instance;
    private int cutInstance = -1;
    private boolean stalled;
    private int refusal;
    private int followers;
    private int opened;
    private long sent;
    private int read;
    private boolean holdingReads;
  }

  private record Line(Instant time, String text) {

    byte[] bytes() {
      return (time + " " + text + "\n").getBytes(StandardCharsets.UTF_8);
    }
  }

  private final Map<String, Log> logs = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  LogServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/namespaces/shop/pods/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  KubernetesClient client() {
    Config config = new ConfigBuilder(Config.empty())
        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort()).withHttp2Disable(true)
        .withRequestRetryBackoffLimit(0).build();
    return new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(new JdkHttpClientFactory()).build();
  }

  void write(String pod, Instant time, String text) {
    change(pod, log -> log.lines.add(new Line(time, text)));
  }

  /// Breaks the connections of all followers, without the end that HTTP asks for.
  void cut(String pod) {
    change(pod, log -> {
      log.cutInstance = log.instance;
      log.instance++;
    });
  }

  /// Ends the container and starts its next instance with an empty log.
  void restart(String pod) {
    change(pod, log -> {
      log.lines.clear();
      log.instance++;
    });
  }

  /// Followers get nothing more, while the log goes on.
  void stall(String pod, boolean stalled) {
    change(pod, log -> log.stalled = stalled);
  }

  /// New requests are answered with this status; 0 ends that.
  void refuse(String pod, int status) {
    change(pod, log -> log.refusal = status);
  }

  /// Reads that do not follow get nothing after their response's head, until this ends.
  void holdReads(String pod, boolean hold) {
    change(pod, log -> log.holdingReads = hold);
  }

  /// How often the log was read without being followed.
  int read(String pod) {
    Log log = log(pod);
    synchronized (log) {
      return log.read;
    }
  }

  int followers(String pod) {
    Log log = log(pod);
    synchronized (log) {
      return log.followers;
    }
  }

  /// How often the log was followed.
  int opened(String pod) {
    Log log = log(pod);
    synchronized (log) {
      return log.opened;
    }
  }

  /// Bytes that the sockets of followers took.
  long sent(String pod) {
    Log log = log(pod);
    synchronized (log) {
      return log.sent;
    }
  }

  @Override
  public void close() {
    logs.keySet().forEach(this::cut);
    server.stop(0);
    threads.shutdownNow();
  }

  private interface Change {
    void apply(Log log);
  }

  private void change(String pod, Change change) {
    Log log = log(pod);
    synchronized (log) {
      change.apply(log);
      log.notifyAll();
    }
  }

  private Log log(String pod) {
    return logs.computeIfAbsent(pod, _ -> new Log());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try {
      String[] path = exchange.getRequestURI().getPath().split("/", -1);
      Map<String, String> query = Stream.of(exchange.getRequestURI().getQuery().split("&", -1))
          .map(pair -> pair.split("=", 2))
          .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (_, b) -> b, HashMap::new));
      Log log = log(path[6]);
      int refusal;
      synchronized (log) {
        refusal = log.refusal;
      }
      if (refusal != 0 || !path[7].equals("log") || !"true".equals(query.get("timestamps"))) {
        exchange.sendResponseHeaders(refusal == 0 ? 400 : refusal, -1);
      } else if (query.containsKey("follow")) {
        follow(exchange, log, Instant.parse(query.get("sinceTime")));
      } else {
        read(exchange, log, query);
      }
      exchange.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void read(HttpExchange exchange, Log log, Map<String, String> query)
      throws IOException, InterruptedException {
    List<Line> lines;
    synchronized (log) {
      log.read++;
      int skipped = Math.max(0, log.lines.size() - Integer.parseInt(query.getOrDefault("tailLines", "1000000")));
      lines = List.copyOf(log.lines.subList(skipped, log.lines.size()));
    }
    Instant since = Instant.parse(query.get("sinceTime"));
    long left = Long.parseLong(query.getOrDefault("limitBytes", "1000000000"));
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      body.flush();
      synchronized (log) {
        while (log.holdingReads) {
          log.wait();
        }
      }
      for (Line line : lines) {
        if (!line.time().isBefore(since)) {
          byte[] bytes = line.bytes();
          body.write(bytes, 0, (int) Math.min(left, bytes.length));
          left -= Math.min(left, bytes.length);
        }
      }
    }
  }

  private static void follow(HttpExchange exchange, Log log, Instant since) throws IOException, InterruptedException {
    int instance;
    synchronized (log) {
      instance = log.instance;
      log.followers++;
      log.opened++;
    }
    try {
      int position = 0;
      boolean begun = false;
      for (List<Line> lines = await(log, instance, position); !lines.isEmpty(); lines = await(log, instance,
          position)) {
        position += lines.size();
        for (Line line : lines) {
          if (!line.time().isBefore(since)) {
            if (!begun) {
              exchange.sendResponseHeaders(200, 0);
              begun = true;
            }
            byte[] bytes = line.bytes();
            exchange.getResponseBody().write(bytes);
            synchronized (log) {
              log.sent += bytes.length;
            }
          }
        }
        if (begun) {
          exchange.getResponseBody().flush();
        }
      }
      if (cut(log, instance)) {
        throw new IOException("cut"); // makes the server break the connection
      }
      if (!begun) {
        exchange.sendResponseHeaders(200, -1);
      }
    } finally {
      synchronized (log) {
        log.followers--;
      }
    }
  }

  private static boolean cut(Log log, int instance) {
    synchronized (log) {
      return log.cutInstance == instance;
    }
  }

  /// The lines after `position`, none when the stream is over.
  private static List<Line> await(Log log, int instance, int position) throws InterruptedException {
    synchronized (log) {
      while (log.instance == instance && (log.stalled || log.lines.size() <= position)) {
        log.wait();
      }
      return log.instance == instance ? List.copyOf(log.lines.subList(position, log.lines.size())) : List.of();
    }
  }
}
