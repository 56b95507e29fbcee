package dev.serin.judge;

import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The counts of both arms in one closed interval of time.
///
/// The order of the pods carries no meaning: they are kept by name, so that sums have the same bits in any order.
///
/// @param sequence
///          number of the window, at least 0, rising with time
/// @param start
///          first instant of the window
/// @param length
///          its length, positive
/// @param canary
///          the ready pods of the canary, each once
/// @param baseline
///          the ready pods that the canary is compared with, each once
/// @param complete
///          whether every pod was watched for the whole window; an incomplete one may hold or stop, never advance
/// @param burnIn
///          whether it lies before the canary: then its baseline teaches how events cluster, and nothing is judged
public record Window(long sequence, Instant start, Duration length, List<PodCounts> canary, List<PodCounts> baseline,
    boolean complete, boolean burnIn) {

  public Window {
    if (sequence < 0) {
      throw new IllegalArgumentException("window sequence must be at least 0, was " + sequence);
    }
    if (!length.isPositive()) {
      throw new IllegalArgumentException("window length must be positive, was " + length);
    }
    canary = byName(canary);
    baseline = byName(baseline);
  }

  /// A window with the canary.
  public Window(long sequence, Instant start, Duration length, List<PodCounts> canary, List<PodCounts> baseline,
      boolean complete) {
    this(sequence, start, length, canary, baseline, complete, false);
  }

  /// First instant after the window.
  public Instant end() {
    return start.plus(length);
  }

  /// Exposure of one arm, summed over its pods.
  public double exposure(Arm arm) {
    return pods(arm).stream().mapToDouble(PodCounts::exposure).reduce(0, Double::sum);
  }

  /// Total errors of one arm.
  public long failures(Arm arm) {
    return pods(arm).stream().mapToLong(PodCounts::failures).sum();
  }

  /// Events of one arm by signature, without those that did not occur.
  public SortedMap<SignatureId, Long> events(Arm arm) {
    var sums = new TreeMap<SignatureId, Long>();
    for (var pod : pods(arm)) {
      pod.events().forEach((signature, count) -> {
        if (count > 0) {
          sums.merge(signature, count, Long::sum);
        }
      });
    }
    return Collections.unmodifiableSortedMap(sums);
  }

  /// The pods of one arm, by name.
  public List<PodCounts> pods(Arm arm) {
    return switch (arm) {
      case CANARY -> canary;
      case BASELINE -> baseline;
    };
  }

  private static List<PodCounts> byName(List<PodCounts> pods) {
    var sorted = pods.stream().sorted(Comparator.comparing(PodCounts::pod)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).pod().equals(sorted.get(i - 1).pod())) {
        throw new IllegalArgumentException("pod " + sorted.get(i).pod() + " is listed twice in one arm");
      }
    }
    return sorted;
  }
}
