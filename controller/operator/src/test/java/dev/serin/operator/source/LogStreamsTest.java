package dev.serin.operator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.judge.Arm;
import dev.serin.judge.ExposureKind;
import dev.serin.signature.RecordRules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogStreamsTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final SourcePolicy POLICY = new SourcePolicy(Duration.ofSeconds(1), Duration.ZERO,
      new RecordRules(List.of(), Optional.empty()), List.of(), Optional.empty(), List.of(), Set.of());
  private static final String REQUEST = "{\"status\":404,\"method\":\"GET\",\"message\":\"gone\"}";

  @Test
  @DisplayName("A log beyond the cap on streams is missing and says so; it is followed and counted when it is its turn")
  void capsStreams() throws IOException {
    var clock = new TestClock(NOON);
    try (var server = new LogServer();
        var client = server.client();
        var source = new PodLogSource(client, clock, new CountingMeter(), 1)) {
      WindowCollector collector = source.collect(POLICY, ExposureKind.REQUESTS, -1, () -> {});
      collector.follow(Set.of(target("stable-1"), target("stable-2")));
      await().until(() -> server.opened("stable-1") + server.opened("stable-2") == 1);
      String first = server.opened("stable-1") == 1 ? "stable-1" : "stable-2";
      String waiting = first.equals("stable-1") ? "stable-2" : "stable-1";
      clock.set(NOON.plusSeconds(3));
      server.write(first, NOON.plusSeconds(3), REQUEST);

      assertThat(window(collector, 2).incompleteBecause()).contains("the log of pod " + waiting
          + " is missing: Serin follows 1 other logs already, the most that logs.streams of its chart allows");
      server.cut(first);
      await().until(() -> server.opened(waiting) == 1);
      clock.set(NOON.plusSeconds(6));
      server.write(waiting, NOON.plusMillis(5_500), REQUEST);
      server.write(waiting, NOON.plusSeconds(6), REQUEST);

      assertThat(window(collector, 5).window().baseline()).singleElement().satisfies(counts -> {
        assertThat(counts.pod()).isEqualTo(waiting);
        assertThat(counts.failures()).isEqualTo(1);
      });
    }
  }

  private static ClosedWindow window(WindowCollector collector, long second) {
    long sequence = NOON.getEpochSecond() + second;
    return await().until(() -> collector.closedAfter(NOON.getEpochSecond()).stream()
        .filter(window -> window.window().sequence() == sequence).findFirst(), Optional::isPresent).orElseThrow();
  }

  private static PodTarget target(String pod) {
    return new PodTarget("shop", pod, "uid-" + pod, "app", Arm.BASELINE, NOON.minusSeconds(600), List.of());
  }
}
