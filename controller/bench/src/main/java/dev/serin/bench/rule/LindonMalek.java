package dev.serin.bench.rule;

import org.apache.commons.math3.special.Gamma;

/// Lindon and Malek's sequential multinomial test (arXiv 2011.03567) of the split of the errors: a Dirichlet mixture
/// against the split of the requests. Two-sided: a canary with too few errors fires as well. It needs a fixed split.
public final class LindonMalek implements RollBackRule {

  private final double logThreshold;
  private final double concentration;

  /// @param alpha
  ///          above 0
  /// @param concentration
  ///          k, how much of the mixture lies near the split
  public LindonMalek(double alpha, double concentration) {
    logThreshold = -Math.log(alpha);
    this.concentration = concentration;
  }

  @Override
  public boolean rollsBack(int minute, ArmCounts now, ArmCounts soFar) {
    double share = (double) soFar.nc() / (soFar.nc() + soFar.nb());
    var prior = new double[]{concentration * share, concentration * (1 - share)};
    var counts = new long[]{soFar.xc(), soFar.xb()};
    return logMarginal(prior, counts) - logLikelihood(new double[]{share, 1 - share}, counts) >= logThreshold;
  }

  /// `ln ∫ Π θ_i^{x_i} dDirichlet(prior)`, of one sequence with these counts.
  ///
  /// @param prior
  ///          each above 0
  static double logMarginal(double[] prior, long[] counts) {
    double sum = 0;
    double weights = 0;
    long n = 0;
    for (int i = 0; i < prior.length; i++) {
      sum += Gamma.logGamma(prior[i] + counts[i]) - Gamma.logGamma(prior[i]);
      weights += prior[i];
      n += counts[i];
    }
    return sum + Gamma.logGamma(weights) - Gamma.logGamma(weights + n);
  }

  /// `Σ x_i ln p_i`, of one sequence with these counts.
  static double logLikelihood(double[] probabilities, long[] counts) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += counts[i] == 0 ? 0 : counts[i] * Math.log(probabilities[i]);
    }
    return sum;
  }
}
