package dev.serin.operator.source;

import dev.serin.signature.record.LogLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps one container's log open and feeds it to its tally, on a virtual thread of its own.
final class PodStream implements AutoCloseable {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  /// A stream that lived this long was healthy: the next pause is the shortest again.
  private static final Duration HEALTHY = Duration.ofSeconds(10);

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

  private final PodTarget target;
  private final PodTally tally;
  private final PodLogClient client;
  private final InstantSource clock;
  private final SourceMeter meter;
  private final Thread follower;
  private @Nullable Thread asker;
  private Instant askedFor = Instant.MIN;
  private Instant askAgain = Instant.MIN;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean endExpected;

  PodStream(PodTarget target, PodTally tally, PodLogClient client, InstantSource clock, SourceMeter meter) {
    this.target = target;
    this.tally = tally;
    this.client = client;
    this.clock = clock;
    this.meter = meter;
    this.follower = Thread.ofVirtual().name("serin-log-" + target.name()).unstarted(this::run);
  }

  void start() {
    follower.start();
  }

  PodTally tally() {
    return tally;
  }

  /// Asks the API server for the log's last line, for each window once and then at most twice a second. The answer goes to
  /// the tally.
  ///
  /// @param end
  ///          end of the window in question, before `now`
  /// @param until
  ///          silence is proven up to it; between `end` and `now`
  synchronized void askForLastLine(Instant end, Instant until, Instant now) {
    boolean asking = asker != null && asker.isAlive();
    if (!asking && (!end.equals(askedFor) || !now.isBefore(askAgain))) {
      askedFor = end;
      askAgain = now.plus(BETWEEN_QUESTIONS);
      asker = Thread.ofVirtual().name("serin-last-line-" + target.name()).start(() -> {
        try {
          tally.lastLine(client.newest(target, tally.newest()), until);
        } catch (IOException | RuntimeException e) {
          tally.unanswered(reason(e));
        }
      });
    }
  }

  /// Gives up the present stream, which does not deliver, and opens another.
  synchronized void reopen() {
    follower.interrupt();
    if (asker != null) {
      asker.interrupt();
    }
  }

  /// The pod is going: what its log still holds is read, and when it ends it is not opened again.
  void expectEnd() {
    endExpected = true;
  }

  @Override
  public void close() {
    ended.countDown();
    reopen();
  }

  private void run() {
    Duration pause = SHORTEST_PAUSE;
    while (ended.getCount() > 0) {
      Instant begin = clock.instant();
      tally.broken(followUntilBroken());
      if (endExpected || ended.getCount() == 0) {
        return;
      }
      meter.streamBroken();
      boolean healthy = !clock.instant().isBefore(begin.plus(HEALTHY));
      pause = healthy ? SHORTEST_PAUSE : pause;
      if (!rest(pause)) {
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      }
    }
  }

  /// @return why the stream is over
  private String followUntilBroken() {
    try (LogLineReader lines = client.follow(target, tally::opened, tally::waits)) {
      Optional<LogLine> line = lines.next();
      while (line.isPresent() && !Thread.currentThread().isInterrupted()) {
        tally.accept(line.get());
        line = lines.next();
      }
      return line.isPresent() ? tally.doubt() : "the log stream ended";
    } catch (IOException | RuntimeException e) {
      return Thread.currentThread().isInterrupted() ? tally.doubt() : reason(e);
    }
  }

  /// Never a foreign exception's message, which may hold anything.
  private static String reason(Exception e) {
    return switch (e) {
      case PodLogClient.Refused refused -> refused.reason();
      case IOException _ -> "the log stream was cut";
      default -> "reading failed with " + e.getClass().getSimpleName();
    };
  }

  /// Waits between two streams, until the pause is over or close() or reopen() ends it.
  ///
  /// @return whether something ended it early
  private boolean rest(Duration pause) {
    // An interrupt has done its work when it ended the stream; left set, it would end the next one too.
    if (Thread.interrupted()) {
      return true;
    }
    try {
      return ended.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return true;
    }
  }
}
