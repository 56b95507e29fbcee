package dev.serin.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.ExposureKind;
import dev.serin.operator.source.BurnIn;
import dev.serin.operator.source.PodTarget;
import dev.serin.operator.source.SignatureSource;
import dev.serin.operator.source.SourcePolicy;
import dev.serin.operator.source.WindowCollector;
import dev.serin.signature.RecordRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BurnInsTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final int WORKERS = 8;
  private static final int PATIENCE = 20;

  private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
  private final CountDownLatch reading = new CountDownLatch(BurnIns.MOST);
  private final CountDownLatch read = new CountDownLatch(1);
  private final BurnIns burnIns = new BurnIns(new Slow());

  /// A source that reads until the test says so.
  private final class Slow implements SignatureSource {

    @Override
    public BurnIn burnIn(Set<PodTarget> targets, SourcePolicy policy, Instant now) {
      reading.countDown();
      try {
        assertThat(read.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return new BurnIn(now, now, false, ExposureKind.REQUESTS, 0, 0, 0, List.of(), List.of());
    }

    @Override
    public WindowCollector collect(SourcePolicy policy, ExposureKind exposure, long after, Runnable closed) {
      throw new AssertionError("nothing is collected here");
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void end() {
    read.countDown();
    workers.shutdownNow();
  }

  private Optional<BurnIn> look() {
    return burnIns.read(Set.of(),
        new SourcePolicy(Duration.ofSeconds(10), Duration.ZERO, new RecordRules(List.of(), Optional.empty()), List.of(),
            Optional.empty(), List.of(), Set.of()),
        NOON);
  }

  @Test
  @DisplayName("While as many burn-ins are read as may be, further Rollouts are told so at once, and workers stay free for all others")
  void leavesWorkersFree() throws Exception {
    List<Future<Optional<BurnIn>>> slow = new ArrayList<>();
    for (int i = 0; i < BurnIns.MOST; i++) {
      slow.add(workers.submit(this::look));
    }
    assertThat(reading.await(PATIENCE, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < 3 * WORKERS; i++) {
      assertThat(workers.submit(this::look).get(PATIENCE, TimeUnit.SECONDS)).isEmpty();
    }
    assertThat(slow).noneMatch(Future::isDone);

    read.countDown();
    for (var one : slow) {
      assertThat(one.get(PATIENCE, TimeUnit.SECONDS)).isPresent();
    }
    assertThat(look()).as("there is a place again").isPresent();
  }
}
