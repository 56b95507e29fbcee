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
  private final double[] weights;
  private final double[] logRatios;

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
    weights = new double[SIZE];
    logRatios = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      weights[i] = RHO[i] > margin ? weight.applyAsDouble(i) / sum : 0;
      logWeights[i] = StrictMath.log(weights[i]);
      logRatios[i] = StrictMath.log(RHO[i] / margin);
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
  /// Not guaranteed: independence inside a window; see [dev.serin.stats.cluster.Tempering].
  ///
  /// @return in nats, positive when the data favour ρ; 0 for a window without events
  public double logLikelihoodRatio(int index, TwoArmCounts counts) {
    return counts.xc() * logRatios[index] - counts.m() * cost(index, counts.nc(), counts.nb());
  }

  /// `−d(ρ)`, what every event of either arm takes away, by ratio; 0 for ratios that are not used.
  public double[] costs(double nc, double nb) {
    var costs = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      costs[i] = weights[i] > 0 ? cost(i, nc, nb) : 0;
    }
    return costs;
  }

  /// The log likelihood ratio of one window by ratio, times `η`; 0 for ratios that are not used.
  ///
  /// @param xc
  ///          events on the canary
  /// @param m
  ///          events on both arms
  /// @param costs
  ///          of the window's exposures, by [#costs]
  /// @param tempering
  ///          `η`, above 0, at most 1
  public double[] gains(long xc, long m, double[] costs, double tempering) {
    var gains = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      gains[i] = weights[i] > 0 ? tempering * (xc * logRatios[i] - m * costs[i]) : 0;
    }
    return gains;
  }

  /// `e^{l_c} − 1` times a number, `l_c` being what one canary event adds; 0 for ratios that are not used.
  public double charge(int index, double[] costs, double times) {
    return weights[index] > 0 ? times * StrictMath.expm1(logRatios[index] - costs[index]) : 0;
  }

  /// `Σ w·value`, in index order.
  double weighted(double[] values) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += weights[i] * values[i];
    }
    return sum;
  }

  private double cost(int index, double nc, double nb) {
    return StrictMath.log1p((RHO[index] - margin) * nc / (margin * nc + nb));
  }
}
