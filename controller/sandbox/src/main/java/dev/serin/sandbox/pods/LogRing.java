package dev.serin.sandbox.pods;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest lines that one container instance wrote, within a budget of bytes. Thread-safe.
///
/// Lines have sequence numbers from 0. A reader that falls behind the oldest kept line goes on with that one, as a
/// reader
/// of a rotated log file does.
final class LogRing {

  private static final int MAX_LINE = 16 * 1024;
  private static final int LINE_OVERHEAD = 80;
  private static final int BATCH = 500;

  private final long budget;
  private @Nullable LogLine[] lines = new @Nullable LogLine[256];
  private long first;
  private long next;
  private long used;
  private boolean closed;

  /// One line and when the container runtime received it.
  record LogLine(Instant at, String text) {

    int size() {
      return text.length() + LINE_OVERHEAD;
    }
  }

  /// Lines in order, and the sequence number after the last of them.
  record Batch(List<LogLine> lines, long next) {}

  /// @param budget
  ///          bytes of all kept lines together, their bookkeeping included
  LogRing(long budget) {
    this.budget = budget;
  }

  /// Appends lines that belong together; no other line comes between them.
  synchronized void append(Instant now, List<String> texts) {
    if (closed) {
      return;
    }
    Instant at = first < next && at(next - 1).at().isAfter(now) ? at(next - 1).at() : now;
    for (String text : texts) {
      LogLine line = new LogLine(at, text.length() > MAX_LINE ? text.substring(0, MAX_LINE) : text);
      if (next - first == lines.length) {
        grow();
      }
      lines[index(next++)] = line;
      used += line.size();
    }
    while (used > budget) {
      used -= at(first).size();
      lines[index(first++)] = null;
    }
    notifyAll();
  }

  /// The container has ended: readers get what is left, then their end.
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean closed() {
    return closed;
  }

  /// Sequence number of the first line to send.
  ///
  /// @param since
  ///          earliest time, or null for all
  /// @param tail
  ///          at most this many of the newest lines, or null for all
  synchronized long start(@Nullable Instant since, @Nullable Long tail) {
    long from = tail == null ? first : Math.max(first, next - tail);
    while (since != null && from < next && at(from).at().isBefore(since)) {
      from++;
    }
    return from;
  }

  /// The kept lines from a sequence number on, at most a batch of them.
  synchronized Batch read(long from) {
    long begin = Math.max(from, first);
    long end = Math.min(next, begin + BATCH);
    List<LogLine> batch = new ArrayList<>();
    for (long i = begin; i < end; i++) {
      batch.add(at(i));
    }
    return new Batch(batch, Math.max(begin, end));
  }

  /// Waits until there is a line from this sequence number on, or the container has ended.
  synchronized void await(long from) throws InterruptedException {
    while (next <= from && !closed) {
      wait();
    }
  }

  private LogLine at(long sequence) {
    LogLine line = lines[index(sequence)];
    if (line == null) {
      throw new IllegalStateException("no line " + sequence);
    }
    return line;
  }

  private int index(long sequence) {
    return (int) (sequence % lines.length);
  }

  private void grow() {
    @Nullable
    LogLine[] larger = Arrays.copyOf(lines, lines.length * 2);
    Arrays.fill(larger, null);
    for (long i = first; i < next; i++) {
      larger[(int) (i % larger.length)] = lines[index(i)];
    }
    lines = larger;
  }
}
