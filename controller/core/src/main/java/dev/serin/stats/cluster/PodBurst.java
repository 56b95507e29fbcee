package dev.serin.stats.cluster;

/// `κ`: the most events of one window that can belong together, if what belongs together sticks to a pod.
///
///     κ = max(1, max_p x_p − min_p x_p)
///
/// over the pods of both arms; with unequal exposures `min_p x_p` is `n_p·min_q x_q/n_q`. It never looks at the arm.
///
/// *Theorem.* If k pods of equal exposure are exchangeable in a window given the past, then tempered by `η ≤ 1/κ` the
/// likelihood ratio of the window has an expectation of at most 1, however the events inside of pods depend on each other
/// and however large clusters are. Given the counts of the pods, κ is fixed and the k_c canary pods are drawn at random.
/// With `d = min x` and `m' = m − kd`, by convexity the expectation of `exp(η·ln r·Σ_canary (x_p − d))` is largest when
/// `j = m'/κ` pods have d + κ events and the others d; it is then at most `(1 + w(r−1))^j`, w = k_c/k, since drawing
/// without replacement is bounded by the binomial (Hoeffding). The loss of all events, `(1 + w(r−1))^(−ηm)`, outweighs it,
/// and what the d common events of the canary add is outweighed by their loss, because `r^w ≤ 1 + w(r−1)`.
///
/// Where a stable pod has more than twice the exposure of a canary pod, small clusters meet on it much more easily than on
/// the canary: then nothing is assumed, κ is infinite.
/// Not guaranteed: clusters that stick to an arm but not to a pod.
public final class PodBurst {

  /// Largest exposure of a stable pod as a multiple of a canary pod's with which the two are compared.
  public static final double COMPARABLE = 2;

  private PodBurst() {}

  /// `κ` of one window.
  ///
  /// @param canary
  ///          events by canary pod
  /// @param canaryExposure
  ///          of the same pods, above 0 in all
  /// @param stable
  ///          events by stable pod
  /// @param stableExposure
  ///          of the same pods, above 0 in all
  /// @return at least 1, may be infinite
  public static double of(long[] canary, double[] canaryExposure, long[] stable, double[] stableExposure) {
    if (largest(stableExposure) > COMPARABLE * smallest(canaryExposure)) {
      return Double.POSITIVE_INFINITY;
    }
    double rate = Math.min(smallestRate(canary, canaryExposure), smallestRate(stable, stableExposure));
    return Math.max(1, Math.max(largest(canary, canaryExposure, rate), largest(stable, stableExposure, rate)));
  }

  private static double smallestRate(long[] counts, double[] exposures) {
    double smallest = Double.POSITIVE_INFINITY;
    // No rate is below 0, and mostly one of the first pods has it.
    for (int p = 0; p < counts.length && smallest > 0; p++) {
      smallest = exposures[p] > 0 ? Math.min(smallest, counts[p] / exposures[p]) : smallest;
    }
    return smallest;
  }

  private static double largest(long[] counts, double[] exposures, double rate) {
    double largest = 0;
    for (int p = 0; p < counts.length; p++) {
      largest = Math.max(largest, counts[p] - exposures[p] * rate);
    }
    return largest;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  private static double smallest(double[] values) {
    double smallest = Double.POSITIVE_INFINITY;
    for (double value : values) {
      smallest = Math.min(smallest, value);
    }
    return smallest;
  }
}
