package dev.serin.stats.latency;

/// Whether the canary is slower anywhere on the scale, by the distance of two whole distributions.
///
/// The arms' bands have α/2 each; the canary is slower once `max_x (F̂_b(x) − F̂_c(x)) > ε_b + ε_c`, x over the bounds of
/// the histogram. If the canary is not stochastically slower, `F_b ≤ F_c` everywhere, so one of the two would have to
/// leave its band: P(ever) ≤ α. Both bands hold at all times, so the arms may grow in any proportion.
///
/// It sees a shift anywhere but needs thousands of requests: ε = .027 at 10,000. It keeps no evidence that could be
/// averaged with others: it needs a share of alpha of its own.
/// Not guaranteed: independent requests. See [CdfBand].
public final class CdfComparison {

  private final CdfBand band;

  /// @param alpha
  ///          probability of ever calling a canary slower that is not, above 0 and below 1
  /// @param least
  ///          requests of each arm before anything can be known, at least 1
  public CdfComparison(double alpha, double least) {
    band = new CdfBand(alpha / 2, least);
  }

  /// By how much the canary is slower beyond chance: `max_x (F̂_b − F̂_c) − ε_b − ε_c`.
  ///
  /// @param canary
  ///          all its requests so far
  /// @param baseline
  ///          all its requests so far, with the same bounds
  /// @return above 0 if the canary is slower; negative infinity if an arm has too few requests
  public double excess(LatencyHistogram canary, LatencyHistogram baseline) {
    canary.requireSameBounds(baseline);
    double widths = band.halfWidth((double) canary.total()) + band.halfWidth((double) baseline.total());
    if (widths == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < canary.size(); i++) {
      largest = Math.max(largest, canary.above(i) / (double) canary.total()
          - baseline.above(i) / (double) baseline.total());
    }
    return largest - widths;
  }
}
