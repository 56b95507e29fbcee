package dev.serin.sandbox.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogRingTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  @DisplayName("An hour of 30 requests per second fits into 16 MiB")
  void holdsAnHour() {
    LogRing ring = new LogRing(16L << 20);
    String line = "x".repeat(75);
    for (int i = 0; i < 108_000; i++) {
      ring.append(NOON.plusMillis(33L * i), List.of(line));
    }

    assertThat(ring.start(null, null)).isZero();
  }

  @Test
  @DisplayName("Beyond its budget it forgets the oldest lines only, and late readers go on with the oldest kept one")
  void forgetsTheOldest() {
    LogRing ring = new LogRing(10_000);
    for (int i = 0; i < 1000; i++) {
      ring.append(NOON, List.of("line " + i));
    }

    List<String> kept = texts(ring, 0);

    assertThat(kept).hasSizeBetween(100, 125).last().isEqualTo("line 999");
    assertThat(kept.getFirst()).isEqualTo("line " + (1000 - kept.size()));
  }

  @Test
  @DisplayName("since includes lines of that very moment, tail counts from the end, and the later of both decides")
  void startsWhereAsked() {
    LogRing ring = new LogRing(1 << 20);
    for (int i = 0; i < 10; i++) {
      ring.append(NOON.plusSeconds(i), List.of("line " + i));
    }

    assertThat(ring.start(NOON.plusSeconds(4), null)).isEqualTo(4);
    assertThat(ring.start(null, 3L)).isEqualTo(7);
    assertThat(ring.start(NOON.plusSeconds(9), 3L)).isEqualTo(9);
    assertThat(ring.start(NOON.plusSeconds(60), null)).isEqualTo(10);
    assertThat(ring.start(null, 0L)).isEqualTo(10);
  }

  @Test
  @DisplayName("Times never run backwards, even when the clock does")
  void monotone() {
    LogRing ring = new LogRing(1 << 20);
    ring.append(NOON, List.of("first"));
    ring.append(NOON.minusSeconds(5), List.of("second"));

    assertThat(ring.read(0).lines()).extracting(LogRing.LogLine::at).containsExactly(NOON, NOON);
  }

  @Test
  @DisplayName("A reader that waits is woken by the next line, and by the end of the container")
  void wakesReaders() throws Exception {
    LogRing ring = new LogRing(1 << 20);
    CompletableFuture<Void> woken = waitFor(ring, 0);
    ring.append(NOON, List.of("a line"));
    woken.get(10, TimeUnit.SECONDS);
    CompletableFuture<Void> ended = waitFor(ring, 1);
    ring.close();
    ended.get(10, TimeUnit.SECONDS);

    ring.append(NOON.plus(Duration.ofSeconds(1)), List.of("too late"));
    assertThat(texts(ring, 0)).containsExactly("a line");
  }

  private static CompletableFuture<Void> waitFor(LogRing ring, long from) {
    return CompletableFuture.runAsync(() -> {
      try {
        ring.await(from);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static List<String> texts(LogRing ring, long from) {
    List<String> texts = new ArrayList<>();
    LogRing.Batch batch = ring.read(from);
    while (!batch.lines().isEmpty()) {
      batch.lines().forEach(line -> texts.add(line.text()));
      batch = ring.read(batch.next());
    }
    return texts;
  }
}
