package dev.serin.bench.report;

import org.apache.commons.statistics.distribution.BetaDistribution;

/// So many of so many, with the exact 95 % confidence interval of Clopper and Pearson.
///
/// @param hits
///          0..n
/// @param n
///          at least 1
public record Share(int hits, int n) {

  private static final double TAIL = 0.025;

  /// Parts by whole.
  public double value() {
    return (double) hits / n;
  }

  /// Lower end of the interval.
  public double low() {
    return hits == 0 ? 0 : BetaDistribution.of(hits, n - hits + 1.0).inverseCumulativeProbability(TAIL);
  }

  /// Upper end of the interval.
  public double high() {
    return hits == n ? 1 : BetaDistribution.of(hits + 1.0, n - hits).inverseSurvivalProbability(TAIL);
  }
}
