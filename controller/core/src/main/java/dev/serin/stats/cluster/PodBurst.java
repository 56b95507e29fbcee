package dev.serin.stats.cluster;

/// `κ`: the most events of one window that can belong together, if what belongs together sticks to a pod.
///
/// No cluster has more events than its pod. Where events are frequent most of a pod's events do not belong together: what
/// the pod would have at the other pods' rate is not counted, apart from a slack of four times the usual dispersion φ̂.
/// With less slack clusters of rare events would count for more than one event.
///
///     κ = max(1, max_p (x_p − max(0, a_p − 4·φ̂)))          a_p = n_p·Σ_{q≠p} x_q / Σ_{q≠p} n_q
///
/// It looks at every pod of both arms in the same way, never at the arm: exchangeable pods have the same κ whichever of
/// them is the canary, so that it may temper the evidence of its own window. Two small clusters that meet on a pod raise
/// κ; on the canary that takes away evidence, on a stable pod it gives some back, and by `Σ_p π_p e^{l_p} = 1` and
/// Jensen the first outweighs the second while the canary's pods are not much smaller than the stable ones.
/// Not guaranteed: clusters that stick to an arm but not to a pod.
public final class PodBurst {

  private static final double SLACK = 4;

  private PodBurst() {}

  /// `κ` of one window.
  ///
  /// @param canary
  ///          events by canary pod
  /// @param canaryExposure
  ///          of the same pods
  /// @param stable
  ///          events by stable pod
  /// @param stableExposure
  ///          of the same pods
  /// @param dispersion
  ///          `φ̂` of single windows, at least 1
  /// @return at least 1
  public static double of(long[] canary, double[] canaryExposure, long[] stable, double[] stableExposure,
      double dispersion) {
    long events = sum(canary) + sum(stable);
    double exposure = sum(canaryExposure) + sum(stableExposure);
    double slack = SLACK * dispersion;
    return Math.max(largest(canary, canaryExposure, events, exposure, slack),
        largest(stable, stableExposure, events, exposure, slack));
  }

  private static double largest(long[] counts, double[] exposures, long events, double exposure, double slack) {
    double largest = 1;
    for (int p = 0; p < counts.length; p++) {
      if (counts[p] > 0) {
        double others = exposure - exposures[p];
        double usual = others > 0 ? exposures[p] * (events - counts[p]) / others : 0;
        largest = Math.max(largest, counts[p] - Math.max(0, usual - slack));
      }
    }
    return largest;
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
