package dev.serin.stats.trial;

/// One hypothesis' events in one window.
///
/// @param canary
///          by canary pod
/// @param stable
///          by stable pod
public record Cell(long[] canary, long[] stable) {

  /// No event yet.
  public static Cell empty(int canaryPods, int stablePods) {
    return new Cell(new long[canaryPods], new long[stablePods]);
  }

  long xc() {
    return (long) Calibration.sum(canary);
  }

  long xb() {
    return (long) Calibration.sum(stable);
  }
}
