package dev.serin.operator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.judge.Arm;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.PodCounts;
import dev.serin.signature.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LogCollectorTest extends CollectorFixture {

  @Nested
  class Counting {

    @Test
    @DisplayName("Both arms' counts are exactly what the pods wrote, window by window")
    void countsWhatWasWritten() {
      long seed = 20260101;
      System.out.println("seed " + seed);
      var random = new Random(seed);
      Map<String, Long> requests = new HashMap<>();
      Map<String, Long> failures = new HashMap<>();
      follow(target("canary-1", Arm.CANARY), target("stable-1", Arm.BASELINE), target("stable-2", Arm.BASELINE));
      for (String pod : List.of("canary-1", "stable-1", "stable-2")) {
        Instant time = NOON.plusSeconds(2);
        for (int i = 0; i < 2000; i++) {
          time = time.plusNanos(random.nextInt(4_000_000));
          boolean failed = random.nextInt(10) == 0;
          server.write(pod, time, request(failed ? 404 : 200));
          requests.merge(pod + time.getEpochSecond(), 1L, Long::sum);
          failures.merge(pod + time.getEpochSecond(), failed ? 1L : 0L, Long::sum);
        }
        assertThat(time).isBefore(at(8, 0));
        server.write(pod, at(8, 0), "end");
      }
      clock.set(at(8, 0));

      List<ClosedWindow> windows = windowsUpTo(FIRST + 4);
      for (ClosedWindow window : windows) {
        if (window.window().sequence() < FIRST) {
          continue;
        }
        assertThat(window.window().complete()).as("%s", window).isTrue();
        assertThat(window.window().canary()).extracting(PodCounts::pod).containsExactly("canary-1");
        assertThat(window.window().baseline()).extracting(PodCounts::pod).containsExactly("stable-1", "stable-2");
        for (Arm arm : Arm.values()) {
          for (PodCounts pod : window.window().pods(arm)) {
            String key = pod.pod() + window.window().sequence();
            long failed = failures.getOrDefault(key, 0L);
            assertThat(pod.exposure()).isEqualTo((double) requests.getOrDefault(key, 0L));
            assertThat(pod.failures()).isEqualTo(failed);
            assertThat(pod.events().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(failed);
          }
        }
      }
      assertThat(meter.late).hasValue(0);
    }

    @Test
    @DisplayName("A signature is discovered once, in the window of its first event, as a masked template")
    void discoversSignaturesOnce() {
      follow(target("canary-1", Arm.CANARY));
      server.write("canary-1", at(2, 100), "{\"level\":\"ERROR\",\"message\":\"Community 4711 not found\"}");
      server.write("canary-1", at(3, 100), "{\"level\":\"ERROR\",\"message\":\"Community 815 not found\"}");
      server.write("canary-1", at(5, 0), "end");
      clock.set(at(5, 0));

      List<ClosedWindow> windows = windowsUpTo(FIRST + 1);
      assertThat(of(windows, FIRST).discovered()).extracting(Signature::template)
          .containsExactly("Community <*> not found");
      assertThat(of(windows, FIRST + 1).discovered()).isEmpty();
      assertThat(of(windows, FIRST + 1).window().events(Arm.CANARY))
          .isEqualTo(of(windows, FIRST).window().events(Arm.CANARY)).hasSize(1);
    }

    @Test
    @DisplayName("Events that differ in a name only count as one signature on both arms, whose text shows that the name varies")
    void countsNamesAsOne() {
      follow(target("canary-1", Arm.CANARY), target("stable-1", Arm.BASELINE));
      server.write("canary-1", at(2, 100), "{\"level\":\"ERROR\",\"message\":\"Mailbox of kschmidt not found\"}");
      server.write("stable-1", at(2, 200), "{\"level\":\"ERROR\",\"message\":\"Mailbox of alimov not found\"}");
      List.of("canary-1", "stable-1").forEach(pod -> server.write(pod, at(5, 0), "end"));
      clock.set(at(5, 0));

      ClosedWindow window = of(windowsUpTo(FIRST), FIRST);
      assertThat(window.window().events(Arm.CANARY)).isEqualTo(window.window().events(Arm.BASELINE)).hasSize(1);
      assertThat(window.discovered()).last().extracting(Signature::template).isEqualTo("Mailbox of <*> not found");
    }

    @Test
    @DisplayName("A route's text that another route shows to hold a name is told of again without it, though it does not come again")
    void tellsOfNamesAgain() {
      follow(target("canary-1", Arm.CANARY), target("stable-1", Arm.BASELINE));
      server.write("stable-1", at(2, 100), failed("/carts", "Mailbox of bxrt not found"));
      answerUntil(at(4, 0));
      Signature before = of(windowsUpTo(FIRST), FIRST).discovered().getFirst();
      server.write("canary-1", at(4, 100), failed("/users", "Mailbox of kschmidt not found"));
      server.write("stable-1", at(4, 200), failed("/users", "Mailbox of alimov not found"));
      answerUntil(at(6, 0));

      List<ClosedWindow> windows = windowsUpTo(FIRST + 2);
      assertThat(before.template()).isEqualTo("Mailbox of bxrt not found");
      assertThat(windows.stream().filter(later -> later.window().sequence() > FIRST)
          .flatMap(later -> later.discovered().stream()))
          .allMatch(told -> told.template().equals("Mailbox of <*> not found"))
          .extracting(Signature::id).contains(before.id()).hasSize(2);
    }

    /// Both pods answer a second before: what they wrote earlier is then complete.
    private void answerUntil(Instant end) {
      List.of("canary-1", "stable-1").forEach(pod -> server.write(pod, end.minusSeconds(1), request(200)));
      clock.set(end);
    }

    @Test
    @DisplayName("With pod-seconds the exposure is the window's length and failures are error records")
    void countsPodSeconds() {
      collector = source.collect(POLICY, ExposureKind.POD_SECONDS, -1, wakeUps::incrementAndGet);
      follow(target("canary-1", Arm.CANARY));
      server.write("canary-1", at(2, 100), "{\"level\":\"ERROR\",\"message\":\"Community 4711 not found\"}");
      server.write("canary-1", at(2, 200), request(500));
      server.write("canary-1", at(5, 0), "end");
      clock.set(at(5, 0));

      PodCounts counts = of(windowsUpTo(FIRST), FIRST).window().canary().getFirst();
      assertThat(counts.exposure()).isEqualTo(1.0);
      assertThat(counts.failures()).isEqualTo(1);
      assertThat(counts.events()).hasSize(2);
    }

    @Test
    @DisplayName("Windows are asked for by sequence, and those already taken are forgotten")
    void forgetsTakenWindows() {
      follow(target("canary-1", Arm.CANARY));
      clock.set(at(4, 0).plus(LogCollector.LATEST));
      windowsUpTo(FIRST + 1);

      assertThat(collector.closedAfter(FIRST).getFirst().window().sequence()).isEqualTo(FIRST + 1);
      assertThat(collector.closedAfter(-1).getFirst().window().sequence()).isEqualTo(FIRST + 1);
      assertThat(wakeUps.get()).isPositive();
    }

    @Test
    @DisplayName("A collector that goes on after a restart reports no window up to the one it is told")
    void continuesAfterSequence() {
      collector = source.collect(POLICY, ExposureKind.REQUESTS, K + 7, wakeUps::incrementAndGet);
      follow(target("canary-1", Arm.CANARY));
      clock.set(at(20, 0));

      assertThat(windowsUpTo(K + 8).getFirst().window().sequence()).isEqualTo(K + 8);
    }
  }

  @Nested
  class Silence {

    @Test
    @DisplayName("A quiet pod is not missing: its log proves zero long before the ten seconds are over")
    void quietIsZero() {
      follow(target("canary-1", Arm.CANARY), target("stable-1", Arm.BASELINE));
      server.write("stable-1", at(2, 100), request(200));
      server.write("stable-1", at(3, 0), request(200));
      clock.set(at(3, 600));

      ClosedWindow window = of(windowsUpTo(FIRST), FIRST);
      assertThat(window.incompleteBecause()).isEmpty();
      assertThat(window.window().exposure(Arm.CANARY)).isZero();
      assertThat(window.window().exposure(Arm.BASELINE)).isEqualTo(1);
    }

    @Test
    @DisplayName("A silence is believed only after half a window: before, no question is asked and the window stays open")
    void waitsBeforeAsking() {
      follow(target("canary-1", Arm.CANARY));
      clock.set(at(3, 499));
      await().during(Duration.ofMillis(400)).until(() -> collector.closedAfter(FIRST - 1).isEmpty());
      clock.set(at(3, 500));

      assertThat(of(windowsUpTo(FIRST), FIRST).window().complete()).isTrue();
    }

    @Test
    @DisplayName("A stream that hangs while the log goes on is missing at the deadline, and is opened anew")
    void hungStreamIsMissing() {
      follow(target("canary-1", Arm.CANARY));
      server.write("canary-1", at(2, 100), request(200));
      await().until(() -> meter.lines.get() > 0);
      server.stall("canary-1", true);
      server.write("canary-1", at(2, 200), request(500));
      clock.set(at(13, -1));
      await().during(Duration.ofMillis(400)).until(() -> collector.closedAfter(FIRST - 1).isEmpty());
      clock.set(at(13, 0));

      ClosedWindow window = of(windowsUpTo(FIRST), FIRST);
      assertThat(window.window().complete()).isFalse();
      assertThat(window.incompleteBecause().orElseThrow()).contains("canary-1", "did not come in time");
      assertThat(window.window().canary()).isEmpty();
      server.stall("canary-1", false);
      await().until(() -> server.opened("canary-1") > 1);
    }

    @Test
    @DisplayName("An API server that does not answer is not silence")
    void unreachableLogIsMissing() {
      follow(target("canary-1", Arm.CANARY));
      server.refuse("canary-1", 503);
      clock.set(at(3, 600));
      await().during(Duration.ofMillis(400)).until(() -> collector.closedAfter(FIRST - 1).isEmpty());
      clock.set(at(13, 0));

      assertThat(of(windowsUpTo(FIRST), FIRST).incompleteBecause())
          .contains("the log of pod canary-1 is missing: the API server answered 503");
    }
  }

  @Nested
  class Breaks {

    @Test
    @DisplayName("A cut stream makes the open window incomplete for both arms; the windows after it are complete again")
    void cutStream() {
      follow(target("canary-1", Arm.CANARY), target("stable-1", Arm.BASELINE));
      server.write("canary-1", at(2, 100), request(200));
      server.write("stable-1", at(2, 100), request(200));
      await().until(() -> meter.lines.get() == 2);
      clock.set(at(2, 500));
      server.cut("canary-1");
      await().until(() -> server.opened("canary-1") == 2);
      for (String pod : List.of("canary-1", "stable-1")) {
        server.write(pod, at(3, 500), request(404));
        server.write(pod, at(4, 0), request(200));
      }
      clock.set(at(4, 0));

      List<ClosedWindow> windows = windowsUpTo(FIRST + 1);
      ClosedWindow broken = of(windows, FIRST);
      assertThat(broken.incompleteBecause()).contains("the log of pod canary-1 is missing: the log stream was cut");
      assertThat(broken.window().canary()).isEmpty();
      assertThat(broken.window().exposure(Arm.BASELINE)).isEqualTo(1);
      assertThat(of(windows, FIRST + 1).window().complete()).isTrue();
      assertThat(of(windows, FIRST + 1).window().failures(Arm.CANARY)).isEqualTo(1);
      assertThat(meter.broken.get()).isPositive();
    }

    @Test
    @DisplayName("A container restart is a gap, though the API server ends the stream in good order")
    void restartedContainer() {
      follow(target("canary-1", Arm.CANARY));
      server.write("canary-1", at(2, 100), request(200));
      await().until(() -> meter.lines.get() == 1);
      clock.set(at(2, 500));
      server.restart("canary-1");
      var again = new PodTarget("shop", "canary-1", "uid-canary-1", "app", Arm.CANARY, at(2, 400), List.of());
      collector.follow(Set.of(again));
      await().until(() -> server.opened("canary-1") == 2);
      collector.follow(Set.of(again));
      server.write("canary-1", at(3, 100), request(200));
      server.write("canary-1", at(4, 0), request(200));
      clock.set(at(4, 0));

      List<ClosedWindow> windows = windowsUpTo(FIRST + 1);
      assertThat(of(windows, FIRST).incompleteBecause())
          .contains("the log of pod canary-1 is missing: the log stream ended");
      assertThat(of(windows, FIRST + 1).window().complete()).isTrue();
      assertThat(of(windows, FIRST + 1).window().exposure(Arm.CANARY)).isEqualTo(1);
    }

    @Test
    @DisplayName("A window that was proven before the stream broke keeps its counts")
    void provenWindowSurvivesBreak() {
      follow(target("canary-1", Arm.CANARY), target("stable-1", Arm.BASELINE));
      server.write("canary-1", at(2, 100), request(404));
      server.write("canary-1", at(3, 0), request(200));
      server.write("stable-1", at(2, 100), request(200));
      await().until(() -> meter.lines.get() == 3);
      clock.set(at(2, 900));
      server.cut("canary-1");
      await().until(() -> meter.broken.get() == 1);
      server.write("stable-1", at(3, 0), request(200));
      clock.set(at(3, 0));

      ClosedWindow window = of(windowsUpTo(FIRST), FIRST);
      assertThat(window.window().complete()).isTrue();
      assertThat(window.window().failures(Arm.CANARY)).isEqualTo(1);
    }

    @Test
    @DisplayName("A log that cannot be opened is named with the API server's status, and tried again")
    void refusedLog() {
      server.refuse("canary-1", 403);
      collector.follow(Set.of(target("canary-1", Arm.CANARY)));
      await().until(() -> meter.broken.get() > 0);
      clock.set(at(3, 0));
      assertThat(of(windowsUpTo(FIRST), FIRST).incompleteBecause())
          .contains("the log of pod canary-1 is missing: the API server answered 403");

      server.refuse("canary-1", 0);
      await().until(() -> server.followers("canary-1") == 1);
    }

    @Test
    @DisplayName("A closed collector leaves no stream open")
    void closes() {
      follow(target("canary-1", Arm.CANARY), target("stable-1", Arm.BASELINE));
      server.write("canary-1", at(2, 0), request(200));
      server.write("stable-1", at(2, 0), request(200));
      await().until(() -> meter.lines.get() == 2);
      collector.close();

      // The server notices a client that left only when it writes.
      await().until(() -> {
        server.write("canary-1", at(2, 1), request(200));
        server.write("stable-1", at(2, 1), request(200));
        return server.followers("canary-1") + server.followers("stable-1") == 0;
      });
      assertThat(server.opened("canary-1")).isEqualTo(1);
      assertThat(meter.broken).as("an end that we asked for is no break").hasValue(0);
    }
  }

  @Nested
  class Lateness {

    @Test
    @DisplayName("A line that comes after its window closed is dropped, counted late, and costs the pod its next window")
    void lateLine() {
      follow(target("canary-1", Arm.CANARY));
      clock.set(at(3, 600));
      windowsUpTo(FIRST);
      server.write("canary-1", at(2, 900), request(500));
      server.write("canary-1", at(3, 700), request(200));
      server.write("canary-1", at(4, 100), request(200));
      server.write("canary-1", at(5, 0), request(200));
      await().until(() -> meter.late.get() == 1);
      clock.set(at(5, 0));

      List<ClosedWindow> windows = windowsUpTo(FIRST + 2);
      assertThat(of(windows, FIRST + 1).late()).isEqualTo(1);
      assertThat(of(windows, FIRST + 1).incompleteBecause().orElseThrow()).contains("after their window had closed");
      assertThat(of(windows, FIRST + 2).window().complete()).isTrue();
      assertThat(of(windows, FIRST + 2).window().failures(Arm.CANARY)).isZero();
    }
  }

  @Nested
  class Bounds {

    @Test
    @DisplayName("However many logs another Rollout's burn-in reads, however slowly, silence is proven at once")
    void burnInHoldsNothingUp() throws Exception {
      int pods = 40;
      List<PodTarget> past = IntStream.range(0, pods).mapToObj(i -> target("past-" + i, Arm.BASELINE)).toList();
      past.forEach(pod -> server.holdReads(pod.name(), true));
      follow(target("canary-1", Arm.CANARY));
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<BurnIn> burnIn = threads.submit(() -> source.burnIn(Set.copyOf(past), POLICY, NOON));
        // As many as are read at once; the others wait for them.
        await().until(() -> past.stream().mapToInt(pod -> server.read(pod.name())).sum() == 16);
        clock.set(at(3, 600));

        assertThat(of(windowsUpTo(FIRST), FIRST).window().complete()).isTrue();
        assertThat(burnIn).isNotDone();
        past.forEach(pod -> server.holdReads(pod.name(), false));
        assertThat(burnIn.get().podSeconds()).isEqualTo(pods * 600.0);
      }
    }

    @Test
    @DisplayName("A pod that writes faster than it is counted is slowed down, not buffered; nothing is lost")
    void slowsDownFastPods() {
      int lines = 1_000;
      String text = "{\"status\":200,\"method\":\"GET\",\"message\":\"%s\"}".formatted("x".repeat(50_000));
      follow(target("canary-1", Arm.CANARY));
      meter.hold();
      for (int i = 0; i < lines; i++) {
        server.write("canary-1", at(2, 0).plusNanos(i), text);
      }
      server.write("canary-1", at(3, 0), request(200));
      await().during(Duration.ofMillis(500)).until(() -> server.sent("canary-1") < 20_000_000);
      assertThat(server.sent("canary-1")).isPositive();
      meter.release();
      clock.set(at(3, 0));

      assertThat(of(windowsUpTo(FIRST), FIRST).window().exposure(Arm.CANARY)).isEqualTo(lines);
    }

    @Test
    @DisplayName("A line of 10 MB costs its rest only: the lines around it are counted")
    void survivesHugeLines() {
      follow(target("canary-1", Arm.CANARY));
      server.write("canary-1", at(2, 100), request(200));
      server.write("canary-1", at(2, 200), "x".repeat(10_000_000));
      server.write("canary-1", at(2, 300), request(404));
      server.write("canary-1", at(3, 0), request(200));
      await().until(() -> meter.lines.get() == 4);
      clock.set(at(3, 0));

      ClosedWindow window = of(windowsUpTo(FIRST), FIRST);
      assertThat(window.window().exposure(Arm.CANARY)).isEqualTo(2);
      assertThat(window.window().failures(Arm.CANARY)).isEqualTo(1);
      assertThat(meter.truncated).hasValue(1);
    }

    @Test
    @DisplayName("Ten thousand different errors are counted exactly, under at most two thousand signatures")
    void foldsSignatures() {
      int errors = 10_000;
      follow(target("canary-1", Arm.CANARY));
      for (int i = 0; i < errors; i++) {
        String name = new StringBuilder(Integer.toString(i, 26)).chars().map(c -> c < 'a' ? c - '0' + 'q' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        server.write("canary-1", at(2, 0).plusNanos(i),
            "{\"level\":\"ERROR\",\"logger\":\"%s\",\"message\":\"fault %s\"}".formatted(name, name));
      }
      server.write("canary-1", at(3, 0), request(200));
      await().until(() -> meter.lines.get() == errors + 1);
      clock.set(at(3, 0));

      Map<?, Long> events = of(windowsUpTo(FIRST), FIRST).window().events(Arm.CANARY);
      assertThat(events.size()).isBetween(1, 2_000);
      assertThat(events.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(errors);
    }

    @Test
    @DisplayName("Uncollected windows are bounded: the oldest are dropped, which shows in the sequences")
    void boundsUncollectedWindows() {
      collector.follow(Set.of());
      clock.advance(Duration.ofHours(1));

      List<ClosedWindow> windows = windowsUpTo(K + 3599);
      assertThat(windows).hasSize(600);
      assertThat(windows.getLast().window().sequence()).isEqualTo(K + 3599);
    }
  }
}
