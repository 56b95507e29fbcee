package dev.serin.operator.source;

import dev.serin.judge.Arm;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.Window;
import dev.serin.signature.record.LogLine;
import dev.serin.signature.record.LogRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Reads stable's logs back, and takes the exits of its containers from that time.
final class BurnInReader {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final long BYTES_PER_POD = 16L << 20;
  /// With `limitBytes` alone the API server would return the oldest part of a large log.
  private static final int LINES_PER_POD = (int) (BYTES_PER_POD / 256);
  private static final Duration TIME_PER_POD = Duration.ofSeconds(20);
  private static final Duration TIME = Duration.ofSeconds(30);
  /// From so many lines on, the first one's time is the log's begin with an error below 0.1 %. A rotated log begins there.
  private static final int MANY_LINES = 1000;

  private final PodLogClient client;
  private final InstantSource clock;

  /// One pod's log between two times, in all and by window.
  private record PodLog(PodTarget pod, Instant from, Instant to, Counts counts, Map<Long, Counts> windows) {}

  BurnInReader(PodLogClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  BurnIn read(Set<PodTarget> targets, SourcePolicy policy, Instant now) {
    var rules = new BoundedRules(policy);
    // A canary may run before anybody asks. Its errors, taken for stable's past, would be known and nothing new.
    List<PodLog> logs = readAll(targets.stream().filter(pod -> pod.arm() == Arm.BASELINE)
        .<Callable<PodLog>>map(pod -> () -> read(pod, policy, rules, now)).toList());
    var counts = new Counts();
    logs.forEach(log -> counts.addAll(log.counts()));
    ExposureKind exposure = counts.bestExposure();
    Instant from = logs.stream().map(PodLog::from).min(Comparator.naturalOrder()).orElse(now);
    double podSeconds = logs.stream().mapToLong(log -> Duration.between(log.from(), log.to()).toMillis()).sum()
        / 1000.0;
    var nameless = counts.nameless(rules);
    List<BurnIn.Observed> observed = counts.events(rules).entrySet().stream()
        .map(event -> new BurnIn.Observed(event.getKey(), event.getValue(),
            nameless.getOrDefault(event.getKey().id(), 0L)))
        .sorted(Comparator.comparing(known -> known.signature().id())).toList();
    return new BurnIn(from, now, !logs.isEmpty(), exposure, counts.requests(), counts.failures(exposure), podSeconds,
        observed, windows(logs, policy.grid(), exposure, rules));
  }

  private static List<Window> windows(List<PodLog> logs, WindowGrid grid, ExposureKind exposure, BoundedRules rules) {
    var windows = new ArrayList<Window>();
    long first = logs.stream().mapToLong(log -> grid.sequenceAt(log.from())).min().orElse(0);
    long last = logs.stream().mapToLong(log -> grid.sequenceAt(log.to())).max().orElse(-1);
    for (long k = first; k <= last; k++) {
      long sequence = k;
      var pods = logs.stream().filter(
          log -> !log.from().isAfter(grid.start(sequence)) && !log.to().isBefore(grid.end(sequence)))
          .map(log -> log.windows().getOrDefault(sequence, new Counts())
              .podCounts(log.pod().name(), exposure, grid.length(), log.pod().age(grid.start(sequence)), rules))
          .toList();
      if (!pods.isEmpty()) {
        windows.add(new Window(k, grid.start(k), grid.length(), List.of(), pods, true, true));
      }
    }
    return windows;
  }

  /// The logs that could be read in time.
  private static List<PodLog> readAll(Collection<Callable<PodLog>> reads) {
    var logs = new ArrayList<PodLog>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<PodLog> read : threads.invokeAll(reads, TIME.toSeconds(), TimeUnit.SECONDS)) {
        if (read.state() == Future.State.SUCCESS) {
          logs.add(read.resultNow());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return logs;
  }

  private PodLog read(PodTarget pod, SourcePolicy policy, BoundedRules rules, Instant now) throws IOException {
    var grid = policy.grid();
    Instant since = later(now.minus(LONGEST), pod.startedAt());
    Instant stop = clock.instant().plus(TIME_PER_POD);
    var windows = new HashMap<Long, Counts>();
    Consumer<LogRecord> count = entry -> windows.computeIfAbsent(grid.sequenceAt(entry.time()), _ -> new Counts())
        .add(entry, rules.occurrenceIn(entry), rules);
    var assembler = rules.assembler();
    try (LogLineReader lines = client.readBack(pod, since, LINES_PER_POD, BYTES_PER_POD)) {
      long read = 0;
      Instant first = since;
      Instant last = since;
      Optional<LogLine> line = before(now, lines.next());
      for (; line.isPresent() && clock.instant().isBefore(stop); line = before(now, lines.next())) {
        first = read++ == 0 ? later(since, line.get().time()) : first;
        last = later(last, line.get().time());
        assembler.accept(line.get()).forEach(count);
      }
      assembler.flush().ifPresent(count);
      countExits(pod, policy, rules, now, windows);
      var counts = new Counts();
      windows.values().forEach(counts::addAll);
      boolean whole = line.isEmpty() && lines.bytes() < BYTES_PER_POD;
      Instant from = read < MANY_LINES ? since : first;
      return new PodLog(pod, from, whole ? later(now, from) : last, counts, windows);
    }
  }

  /// Counts each exit of the time that is read in the window in which a trial would have counted it: the first that begins when the
  /// pod is warm again. The log itself begins with the container's last start, after it.
  private static void countExits(PodTarget pod, SourcePolicy policy, BoundedRules rules, Instant now,
      Map<Long, Counts> windows) {
    var grid = policy.grid();
    Instant warm = pod.startedAt().plus(policy.warmup());
    for (PodTarget.Exit exit : pod.exits()) {
      if (exit.warm(policy.warmup()) && exit.at().isBefore(now) && !exit.at().isBefore(now.minus(LONGEST))) {
        windows.computeIfAbsent(grid.sequenceAt(later(exit.at(), warm)) + 1, _ -> new Counts())
            .addExit(rules.fold(exit.trouble().signature()));
      }
    }
  }

  /// A line that was written while we read ends the log.
  private static Optional<LogLine> before(Instant now, Optional<LogLine> line) {
    return line.filter(read -> read.time().isBefore(now));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
