package dev.serin.operator.source;

import dev.serin.signature.record.LogLine;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.RecordAssembler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// What one container's log says, cut into windows. Thread-safe: a stream writes, the collector closes.
final class PodTally {

  /// Whether a window's counts are final.
  enum Proof {
    /// Everything the log holds for the window is counted.
    PROVEN,
    /// The stream is open; more lines may come.
    WAITING,
    /// A part is lost for good.
    MISSING
  }

  /// A node's clock may be ahead of ours by this much; lines further ahead would prove windows that have not begun.
  static final Duration AHEAD = Duration.ofSeconds(10);

  private static final String LATE_LINES = "its last lines did not come in time";
  private static final long NOT_OPEN = Long.MAX_VALUE;

  private final WindowGrid grid;
  private final BoundedRules rules;
  private final BiConsumer<LogRecord, BoundedRules.Occurrence> seen;
  private final InstantSource clock;
  private final SourceMeter meter;

  private final TreeMap<Long, Counts> open = new TreeMap<>();
  private final Set<Long> proven = new HashSet<>();
  private final Set<Long> lost = new HashSet<>();
  private long closed;
  private long late;
  private String absence = "following began within the window";

  // Of the present stream:
  private String doubt = LATE_LINES;
  private RecordAssembler assembler;
  private long from = NOT_OPEN;
  private Instant newest = Instant.MIN;
  private Instant provenUntil = Instant.MIN;

  /// @param seen
  ///          told of each trouble that counts
  /// @param closed
  ///          the last window that has closed already
  PodTally(WindowGrid grid, BoundedRules rules, BiConsumer<LogRecord, BoundedRules.Occurrence> seen,
      InstantSource clock, SourceMeter meter, long closed) {
    this.grid = grid;
    this.rules = rules;
    this.assembler = rules.assembler();
    this.seen = seen;
    this.clock = clock;
    this.meter = meter;
    this.closed = closed;
  }

  /// A stream is about to be opened that will deliver every line from the start of the next window on.
  ///
  /// @return where the stream has to begin: a window earlier, so that a record across the border is read whole
  synchronized Instant opened() {
    from = Math.max(grid.sequenceAt(clock.instant()), closed) + 1;
    assembler = rules.assembler();
    newest = grid.start(from).minusNanos(1);
    provenUntil = Instant.MIN;
    doubt = LATE_LINES;
    open.keySet().retainAll(proven);
    return grid.start(from - 1);
  }

  /// No stream is open, and none will be for a while.
  ///
  /// @param why
  ///          a phrase for the user
  synchronized void waits(String why) {
    absence = why;
  }

  /// The stream is over. What it has proven stays; its other windows are missing.
  ///
  /// @param why
  ///          a phrase for the user
  synchronized void broken(String why) {
    for (long sequence = Math.max(from, closed + 1); !grid.end(sequence).isAfter(provenUntil); sequence++) {
      proven.add(sequence);
    }
    from = NOT_OPEN;
    absence = why;
  }

  synchronized void accept(LogLine line) {
    if (line.time().isAfter(clock.instant().plus(AHEAD))) {
      drop();
      return;
    }
    assembler.accept(line).forEach(this::count);
    newest = later(newest, line.time());
    provenUntil = later(provenUntil, assembler.underWaySince().orElse(line.time()));
  }

  /// Time of the newest line that the stream has delivered, or just before the stream's time.
  synchronized Instant newest() {
    return newest;
  }

  /// Learns from the log itself what its newest line is.
  ///
  /// @param last
  ///          time of the log's last line, read after `until`; empty if it has none of this stream's time
  synchronized void lastLine(Optional<Instant> last, Instant until) {
    if (last.isPresent() && last.get().isAfter(newest)) {
      doubt = LATE_LINES;
      return;
    }
    assembler.flush().ifPresent(this::count);
    provenUntil = later(provenUntil, until);
  }

  /// The log could not be asked for its last line.
  ///
  /// @param why
  ///          a phrase for the user
  synchronized void unanswered(String why) {
    doubt = why;
  }

  /// Why the stream's windows are not proven, a phrase for the user.
  synchronized String doubt() {
    return doubt;
  }

  synchronized Proof proof(long sequence) {
    if (lost.contains(sequence)) {
      return Proof.MISSING;
    }
    if (proven.contains(sequence)) {
      return Proof.PROVEN;
    }
    if (sequence < from) {
      return Proof.MISSING;
    }
    return provenUntil.isBefore(grid.end(sequence)) ? Proof.WAITING : Proof.PROVEN;
  }

  /// Ends the next window. Its later lines are dropped from now on.
  synchronized PodWindow close(long sequence) {
    PodWindow result = switch (proof(sequence)) {
      case PROVEN -> new PodWindow.Counted(open.getOrDefault(sequence, new Counts()));
      case WAITING -> new PodWindow.Missing(doubt);
      case MISSING -> new PodWindow.Missing(
          lost.contains(sequence) ? "lines came after their window had closed" : absence);
    };
    closed = sequence;
    open.headMap(sequence, true).clear();
    proven.remove(sequence);
    lost.remove(sequence);
    return result;
  }

  /// Lines dropped since the last call.
  synchronized long takeLate() {
    long taken = late;
    late = 0;
    return taken;
  }

  private void count(LogRecord entry) {
    long sequence = grid.sequenceAt(entry.time());
    if (sequence < from) {
      return; // Before this stream's time: its window is missing, or was counted by the stream before.
    }
    if (sequence <= closed) {
      drop();
      return;
    }
    Optional<BoundedRules.Occurrence> trouble = rules.occurrenceIn(entry);
    open.computeIfAbsent(sequence, _ -> new Counts()).add(entry, trouble, rules);
    trouble.ifPresent(found -> seen.accept(entry, found));
  }

  private void drop() {
    meter.lateRecord();
    late++;
    lost.add(closed + 1);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
