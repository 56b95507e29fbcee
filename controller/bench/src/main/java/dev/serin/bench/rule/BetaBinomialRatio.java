package dev.serin.bench.rule;

import dev.serin.stats.TwoArmCounts;

/// The likelihood ratio for arms whose counts are negative binomial with a known overdispersion φ. Only to compare with.
///
/// Given the m events of both arms, the canary's part is beta-binomial with the parameters `ρκn_c` and `κn_b`,
/// `κ = p/(φ−1)`, p being the baseline's rate. Exact for that model and strongest there. It is *not* an e-process for
/// other ones: a correlation that is over-estimated makes it anti-conservative, with means of up to 2.4 a window at
/// an intraclass correlation of .5 and m = 50, where over-estimating the cap of the tempered ratio only slows.
public final class BetaBinomialRatio {

  private BetaBinomialRatio() {}

  /// `ln BB(x_c; m, ρκn_c, κn_b) − ln BB(x_c; m, ρ0κn_c, κn_b)`.
  ///
  /// Summed as `Σ_{i<x_c} ln((ρκn_c + i)/(ρ0κn_c + i)) − Σ_{i<m} ln((ρκn_c + κn_b + i)/(ρ0κn_c + κn_b + i))`, every
  /// term to full precision, in time proportional to m. Differences of log gamma functions lose all digits for large κ.
  /// As κ grows it becomes the binomial ratio.
  ///
  /// @param ratio
  ///          ρ, above 0, finite
  /// @param margin
  ///          ρ0, above 0, finite
  /// @param kappa
  ///          κ, above 0, finite
  /// @return in nats, positive when the data favour ρ
  public static double logLikelihoodRatio(TwoArmCounts counts, double ratio, double margin, double kappa) {
    if (!(ratio > 0 && margin > 0 && kappa > 0 && ratio * margin * kappa < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "ratio, margin and kappa must be above 0, were " + ratio + ", " + margin + " and " + kappa);
    }
    double canary = margin * kappa * counts.nc();
    double both = canary + kappa * counts.nb();
    double difference = (ratio - margin) * kappa * counts.nc();
    double log = 0;
    for (long i = 0; i < counts.m(); i++) {
      log -= StrictMath.log1p(difference / (both + i));
      if (i < counts.xc()) {
        log += StrictMath.log1p(difference / (canary + i));
      }
    }
    return log;
  }
}
