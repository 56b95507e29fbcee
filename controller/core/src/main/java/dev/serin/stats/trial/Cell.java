package dev.serin.stats.trial;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// One hypothesis' events in one window, by pod. Filled before it is folded, never after.
public final class Cell {

  private final long[] canary;
  private final long[] stable;
  private SortedMap<Integer, Cell> tenants = Collections.emptySortedMap();
  private boolean attributed;

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

  /// The events of one bucket of tenants, which are among these.
  public Cell tenants(int bucket) {
    if (tenants.isEmpty()) {
      tenants = new TreeMap<>();
    }
    return tenants.computeIfAbsent(bucket, _ -> new Cell(canary.length, stable.length));
  }

  /// Says that every event has a tenant.
  public void attribute() {
    attributed = true;
  }

  boolean attributed() {
    return attributed;
  }

  SortedMap<Integer, Cell> tenants() {
    return tenants;
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
