package dev.serin.stats;

import java.util.function.IntToDoubleFunction;

/// The rate ratios that evidence is gathered for, with their prior weights: a hypothesis' alternative.
///
/// Only ratios above the margin are used; their weights are rescaled to sum to 1. Weights must not depend on what the
/// arms show, or the evidence loses its guarantee.
public final class RatioGrid {

  /// Number of ratios, used or not.
  public static final int SIZE = 12;

  private static final double[] RHO = {1.25, 1.5, 2, 3, 4, 6, 8, 12, 16, 32, 64, 256};

  private final double margin;
  private final double[] logWeights;

  private RatioGrid(double margin, IntToDoubleFunction weight) {
    if (!(margin >= 1 && margin < RHO[SIZE - 1])) {
      throw new IllegalArgumentException("margin must be at least 1 and below 256, was " + margin);
    }
    this.margin = margin;
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += RHO[i] > margin ? weight.applyAsDouble(i) : 0;
    }
    logWeights = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      logWeights[i] = RHO[i] > margin ? StrictMath.log(weight.applyAsDouble(i) / sum) : Double.NEGATIVE_INFINITY;
    }
  }

  /// Equal weights, for signatures with a history.
  ///
  /// @param margin
  ///          tolerated rate ratio, at least 1 and below 256
  public static RatioGrid uniform(double margin) {
    return new RatioGrid(margin, _ -> 1.0 / SIZE);
  }

  /// Half of the weight on the largest ratio, for signatures that stable did not show before the rollout: they are
  /// likely to be absent from the baseline altogether.
  ///
  /// @param margin
  ///          tolerated rate ratio, at least 1 and below 256
  public static RatioGrid novel(double margin) {
    return new RatioGrid(margin, i -> i == SIZE - 1 ? 0.5 : 0.5 / (SIZE - 1));
  }

  /// The ratio at an index, 0..11, used or not.
  public double ratio(int index) {
    return RHO[index];
  }

  /// `ρ0`: the tolerated ratio.
  public double margin() {
    return margin;
  }

  /// Natural logarithm of the weight of a ratio; negative infinity if it is not used.
  public double logWeight(int index) {
    return logWeights[index];
  }

  /// Log likelihood ratio of one window for "the canary's rate is ρ times the baseline's" against "it is ρ0 times",
  /// ρ0 being the margin: `x_c·ln(ρ/ρ0) + m·d(ρ)` with `d(ρ) = ln(ρ0·n_c + n_b) − ln(ρ·n_c + n_b)`.
  ///
  /// Given `m` events in all, the canary's part is Binomial(m, ρ·n_c / (ρ·n_c + n_b)); so the expected likelihood ratio
  /// is 1 at the margin, for Poisson counts of any common rate. For independent requests that fail with any
  /// probabilities, it is at most 1 whenever the canary's mean rate is at most ρ0 times the baseline's.
  /// Not guaranteed: independence inside a window; see [EProcess#tempering].
  ///
  /// @return in nats, positive when the data favour ρ; 0 for a window without events
  public double logLikelihoodRatio(int index, TwoArmCounts counts) {
    double difference = (RHO[index] - margin) * counts.nc() / (margin * counts.nc() + counts.nb());
    return counts.xc() * StrictMath.log(RHO[index] / margin) - counts.m() * StrictMath.log1p(difference);
  }
}
