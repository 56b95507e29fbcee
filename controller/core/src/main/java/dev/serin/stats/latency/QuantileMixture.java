package dev.serin.stats.latency;

import org.apache.commons.math3.special.Beta;

/// Evidence of one arm that a point is not its quantile, from how many requests are not above the point.
///
/// With k of n requests at or below the point, for a share p: the likelihood of a share θ against p, mixed over
/// θ ~ Beta(r/(1−p), r/p), whose mean is p,
///
///     ln B(a + k, b + n − k) − ln B(a, b) − k·ln p − (n − k)·ln(1 − p)
///
/// with r chosen to be strongest about `t_opt` requests at the level `alpha_opt`. One-sided versions keep only the θ on one
/// side of p. Source: Howard and Ramdas, Bernoulli 28(3) 2022, section 3; the choice of r is that of their package
/// confseq.
final class QuantileMixture {

  /// Relative to p(1−p): r must stay above 0 when few requests are expected.
  private static final double LEAST_R = 1e-3;

  private final double p;
  private final double a;
  private final double b;

  QuantileMixture(double p, double tOpt, double alphaOpt) {
    if (!(p > 0 && p < 1 && tOpt > 0 && tOpt < Double.POSITIVE_INFINITY && alphaOpt > 0 && alphaOpt < 1)) {
      throw new IllegalArgumentException(
          "needs 0 < p < 1, t_opt > 0 and 0 < alpha_opt < 1, was " + p + ", " + tOpt + " and " + alphaOpt);
    }
    double variance = p * (1 - p);
    double nats = -2 * StrictMath.log(alphaOpt);
    double rho = tOpt * variance / (nats + StrictMath.log1p(nats));
    double r = Math.max(rho - variance, LEAST_R * variance);
    this.p = p;
    this.a = r / (1 - p);
    this.b = r / p;
  }

  /// Evidence that the share at or below the point is not p.
  double different(double k, double n) {
    return Beta.logBeta(a + k, b + n - k) - Beta.logBeta(a, b) - k * StrictMath.log(p) - (n - k) * StrictMath.log1p(-p);
  }

  /// Evidence that the share at or below the point is smaller than p: the quantile lies above the point. Falls as k rises.
  double smaller(double k, double n) {
    return different(k, n) + StrictMath.log(Beta.regularizedBeta(p, a + k, b + n - k))
        - StrictMath.log(Beta.regularizedBeta(p, a, b));
  }

  /// Evidence that the share at or below the point is larger than p: the quantile lies below the point. Rises with k.
  double larger(double k, double n) {
    return different(k, n) + StrictMath.log(Beta.regularizedBeta(1 - p, b + n - k, a + k))
        - StrictMath.log(Beta.regularizedBeta(1 - p, b, a));
  }
}
