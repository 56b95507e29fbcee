package dev.serin.stats.trial;

/// One hypothesis' events in one window, by pod. Filled before it is folded, never after.
public final class Cell {

  private final long[] canary;
  private final long[] stable;

  /// No event yet.
  public Cell(int canaryPods, int stablePods) {
    canary = new long[canaryPods];
    stable = new long[stablePods];
  }

  /// Adds events of a canary pod.
  public void addCanary(int pod, long events) {
    canary[pod] += events;
  }

  /// Adds events of a stable pod.
  public void addStable(int pod, long events) {
    stable[pod] += events;
  }

  long[] canary() {
    return canary;
  }

  long[] stable() {
    return stable;
  }

  long xc() {
    return sum(canary);
  }

  long xb() {
    return sum(stable);
  }

  static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
