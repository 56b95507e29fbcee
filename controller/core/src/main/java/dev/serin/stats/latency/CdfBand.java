package dev.serin.stats.latency;

/// How far an empirical distribution may ever be from the true one.
///
/// *Theorem* (Howard and Ramdas, "Sequential estimation of quantiles", Bernoulli 28(3) 2022, theorem 2). For independent
/// observations, with probability at least 1 − α, at every number t ≥ t_min of them at once
///
///     sup_x |F̂_t(x) − F(x)| ≤ A·√((ln(1 + ln(t/t_min)) + C) / t)          A = .85
///
/// where C solves `min_η 4e^{−γ²C}·(1 + 1/((γ² − 1)·ln η)) = α`, `γ² = (2/η)·(A − √(2(η−1)/C))²`, over η > 1 with
/// γ² > 1. About 1.9 times the classical band for one fixed t.
/// Not guaranteed: observations that depend on each other; a distribution that changes.
public final class CdfBand {

  private static final double A = 0.85;
  private static final int STEPS = 100;
  private static final double GOLDEN = (StrictMath.sqrt(5) - 1) / 2;

  /// For C this large the error is below 1e-300.
  private static final double LARGEST = 1000;

  private final double least;
  private final double constant;

  /// @param alpha
  ///          probability of ever leaving the band, above 0 and below 1
  /// @param least
  ///          `t_min`, at least 1: before it nothing is known
  public CdfBand(double alpha, double least) {
    if (!(alpha > 0 && alpha < 1 && least >= 1)) {
      throw new IllegalArgumentException("needs 0 < alpha < 1 and t_min >= 1, was " + alpha + " and " + least);
    }
    this.least = least;
    this.constant = constant(alpha);
  }

  /// Half the width of the band.
  ///
  /// @param t
  ///          observations, at least 0
  /// @return infinite below t_min
  public double halfWidth(double t) {
    return t < least
        ? Double.POSITIVE_INFINITY
        : A * StrictMath.sqrt((StrictMath.log1p(StrictMath.log(t / least)) + constant) / t);
  }

  /// `C`.
  static double constant(double alpha) {
    double low = 0;
    double high = LARGEST;
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (leastError(middle) > alpha) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /// The error has one minimum in η; where γ² ≤ 1 it is infinite, which is to the right.
  private static double leastError(double constant) {
    double low = 1;
    double high = 2 * A * A;
    for (int i = 0; i < STEPS; i++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (error(constant, left) <= error(constant, right)) {
        high = right;
      } else {
        low = left;
      }
    }
    return error(constant, (low + high) / 2);
  }

  private static double error(double constant, double eta) {
    double distance = A - StrictMath.sqrt(2 * (eta - 1) / constant);
    double gamma2 = distance <= 0 ? 0 : 2 / eta * distance * distance;
    return gamma2 <= 1
        ? Double.POSITIVE_INFINITY
        : 4 * StrictMath.exp(-gamma2 * constant) * (1 + 1 / ((gamma2 - 1) * StrictMath.log(eta)));
  }
}
