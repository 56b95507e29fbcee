package dev.serin.operator.source;

import dev.serin.signature.record.LogLine;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The `pods/log` calls of the API server.
///
/// Plain requests instead of the client's DSL: `watchLog` first waits for the pod with a watch of its own.
final class PodLogClient {

  /// The API server answered with an error.
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final int code;

    Refused(int code) {
      super("the API server answered " + code);
      this.code = code;
    }

    /// A phrase for the user.
    String reason() {
      return "the API server answered " + code;
    }
  }

  /// Logs that are read back at once.
  private static final int READ_BACKS = 16;
  /// Logs that are asked for their last line at once.
  private static final int QUESTIONS = 16;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final long LAST_LINE_LIMIT = 2L * LogLineReader.LINE_LIMIT;

  private final HttpClient http;
  private final URI server;
  private final SourceMeter meter;
  private final int maxStreams;
  private final Semaphore streams;
  // Apart: an hour of a log takes seconds, and a last line that waited for it would come after its window's deadline.
  private final Semaphore readBacks = new Semaphore(READ_BACKS);
  private final Semaphore questions = new Semaphore(QUESTIONS);

  /// @param maxStreams
  ///          logs that are followed at once; others wait
  PodLogClient(KubernetesClient client, SourceMeter meter, int maxStreams) {
    this.maxStreams = maxStreams;
    // Fair: a log that came first is followed first, whoever asks.
    this.streams = new Semaphore(maxStreams, true);
    this.http = client.getHttpClient();
    this.server = URI.create(client.getConfiguration().getMasterUrl());
    this.meter = meter;
  }

  /// Follows a log for as long as the container runs. No time limit: a kubelet may send the response's head only with a quiet
  /// container's first line.
  ///
  /// @param since
  ///          asked when it is this log's turn; lines before may be left out, and the API server cuts it down to a whole second
  /// @param waiting
  ///          is told why, in a phrase for the user, when this log has to wait for its turn
  LogLineReader follow(PodTarget target, Supplier<Instant> since, Consumer<String> waiting) throws IOException {
    if (!atOnce(streams)) {
      waiting.accept(
          "Serin follows " + maxStreams + " other logs already, the most that logs.streams of its chart allows");
      acquire(streams);
    }
    return opened(target, "&follow=true&sinceTime=" + stamp(since.get()), Duration.ZERO, streams, meter);
  }

  /// Reads what a log holds now: at most the last `lines` lines since `since`, of these at most `bytes`.
  LogLineReader readBack(PodTarget target, Instant since, int lines, long bytes) throws IOException {
    return read(target, since, lines, bytes, readBacks);
  }

  /// The time of a log's last line, empty if there is none since `since`.
  Optional<Instant> newest(PodTarget target, Instant since) throws IOException {
    try (LogLineReader lines = read(target, since, 1, LAST_LINE_LIMIT, questions)) {
      Optional<Instant> newest = Optional.empty();
      for (Optional<LogLine> line = lines.next(); line.isPresent(); line = lines.next()) {
        newest = line.map(LogLine::time);
      }
      return newest;
    }
  }

  private LogLineReader read(PodTarget target, Instant since, int lines, long bytes, Semaphore permits)
      throws IOException {
    acquire(permits);
    return opened(target, "&sinceTime=" + stamp(since) + "&tailLines=" + lines + "&limitBytes=" + bytes, ANSWER_LIMIT,
        permits, SourceMeter.NONE);
  }

  /// Unlike the plain `tryAcquire` this overtakes nobody who waits.
  private static boolean atOnce(Semaphore permits) throws IOException {
    try {
      return permits.tryAcquire(0, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void acquire(Semaphore permits) throws IOException {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /// @param permits
  ///          one of which is taken, and given back when the log is closed or cannot be opened
  private LogLineReader opened(PodTarget target, String query, Duration limit, Semaphore permits, SourceMeter counting)
      throws IOException {
    URI uri = server.resolve("api/v1/namespaces/" + encode(target.namespace()) + "/pods/" + encode(target.name())
        + "/log?timestamps=true&container=" + encode(target.container()) + query);
    try {
      return new LogLineReader(open(uri, limit), counting, permits::release);
    } catch (IOException | RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  private InputStream open(URI uri, Duration limit) throws IOException {
    CompletableFuture<HttpResponse<InputStream>> answer = http.sendAsync(
        http.newHttpRequestBuilder().uri(uri).timeout(limit.toMillis(), TimeUnit.MILLISECONDS).build(),
        InputStream.class);
    try {
      HttpResponse<InputStream> response = answer.get();
      if (!response.isSuccessful()) {
        response.body().close();
        throw new Refused(response.code());
      }
      return response.body();
    } catch (ExecutionException e) {
      throw new IOException("the log could not be opened", e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted while a log was opened", e);
  }

  private static String stamp(Instant time) {
    return encode(time.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
