package dev.serin.operator.source;

import static org.awaitility.Awaitility.await;

import dev.serin.judge.Arm;
import dev.serin.judge.ExposureKind;
import dev.serin.signature.RecordRules;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A collector of logs that a real HTTP server serves, at a time that the test sets.
abstract class CollectorFixture {

  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  static final Duration WINDOW = Duration.ofSeconds(1);
  static final SourcePolicy POLICY = new SourcePolicy(WINDOW, Duration.ZERO,
      new RecordRules(List.of(), Optional.empty()),
      List.of(), Optional.empty(), List.of(), Set.of());
  /// Sequence of the window that begins at noon.
  static final long K = NOON.getEpochSecond();
  /// A window after following began at noon that can be complete; the one before can be, too.
  static final long FIRST = K + 2;

  final TestClock clock = new TestClock(NOON);
  final CountingMeter meter = new CountingMeter();
  final AtomicInteger wakeUps = new AtomicInteger();
  LogServer server;
  KubernetesClient client;
  PodLogSource source;
  WindowCollector collector;

  @BeforeEach
  void begin() throws IOException {
    server = new LogServer();
    client = server.client();
    source = new PodLogSource(client, clock, meter, 100);
    collector = source.collect(POLICY, ExposureKind.REQUESTS, -1, wakeUps::incrementAndGet);
  }

  @AfterEach
  void end() {
    source.close();
    server.close();
    client.close();
  }

  void follow(PodTarget... targets) {
    collector.follow(Set.of(targets));
    await().until(() -> Stream.of(targets).allMatch(target -> server.followers(target.name()) == 1));
  }

  List<ClosedWindow> windowsUpTo(long sequence) {
    await().atMost(Duration.ofSeconds(30)).until(() -> collector.closedAfter(-1).stream()
        .anyMatch(window -> window.window().sequence() >= sequence));
    return collector.closedAfter(-1);
  }

  static ClosedWindow of(List<ClosedWindow> windows, long sequence) {
    return windows.stream().filter(window -> window.window().sequence() == sequence).findFirst().orElseThrow();
  }

  static PodTarget target(String pod, Arm arm) {
    return new PodTarget("shop", pod, "uid-" + pod, "app", arm, NOON.minusSeconds(600), List.of());
  }

  static Instant at(int second, int millis) {
    return NOON.plusSeconds(second).plusMillis(millis);
  }

  static String request(int status) {
    return answer(status, "/communities/{id}", "done");
  }

  static String failed(String route, String message) {
    return answer(404, route, message);
  }

  static String answer(int status, String route, String message) {
    return "{\"level\":\"%s\",\"status\":%d,\"method\":\"GET\",\"route\":\"%s\",\"message\":\"%s\"}"
        .formatted(status < 400 ? "INFO" : "WARN", status, route, message);
  }
}
