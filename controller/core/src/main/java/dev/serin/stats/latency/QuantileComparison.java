package dev.serin.stats.latency;

/// Whether one quantile of the canary's latency lies above that of the baseline.
///
/// *Theorem.* `min_x [smaller_c(x) + larger_b(x)]`, the evidence of the canary that its quantile lies above x and that of
/// the baseline that its own lies below, is the logarithm of an e-process for "the canary's quantile is not above the
/// baseline's": at x = the canary's true quantile at least p of its requests and at most p of the baseline's below it are
/// not above x, so both terms are there the logarithms of nonnegative supermartingales, of independent arms, and the
/// minimum lies below their sum. By Ville P(ever ≥ ln 1/α) ≤ α; it may be averaged with other evidence.
///
/// From a histogram x is known to one bucket; inside it the canary's count is taken at the upper end and the baseline's at
/// the lower end, which only lowers the evidence: a shift inside one bucket is not seen.
/// Source: Howard and Ramdas, Bernoulli 28(3) 2022, section 5, there two-sided.
///
/// If at most u requests of an arm depend on each other, all counts are divided by u (Hölder's inequality); u must be fixed
/// before the first window.
public final class QuantileComparison {

  private final QuantileMixture mixture;
  private final double cap;

  /// @param quantile
  ///          `p`, such as .99, above 0 and below 1
  /// @param requests
  ///          number of requests of an arm about which it should be strongest, above 0
  /// @param alpha
  ///          level at which it should be strongest there, above 0 and below 1; any level is valid
  /// @param cap
  ///          `u`, at least 1, finite
  public QuantileComparison(double quantile, double requests, double alpha, double cap) {
    if (!(cap >= 1 && cap < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("cap must be at least 1 and finite, was " + cap);
    }
    mixture = new QuantileMixture(quantile, requests / cap, alpha);
    this.cap = cap;
  }

  /// Evidence, in nats, that the canary is slower at the quantile.
  ///
  /// @param canary
  ///          all its requests so far
  /// @param baseline
  ///          all its requests so far, with the same bounds
  public double logE(LatencyHistogram canary, LatencyHistogram baseline) {
    canary.requireSameBounds(baseline);
    double least = Double.POSITIVE_INFINITY;
    for (int bucket = 0; bucket <= canary.size(); bucket++) {
      double atUpperEnd = bucket == canary.size() ? canary.total() : canary.total() - canary.above(bucket);
      double atLowerEnd = bucket == 0 ? 0 : baseline.total() - baseline.above(bucket - 1);
      least = Math.min(least, mixture.smaller(atUpperEnd / cap, canary.total() / cap)
          + mixture.larger(atLowerEnd / cap, baseline.total() / cap));
    }
    return least;
  }
}
