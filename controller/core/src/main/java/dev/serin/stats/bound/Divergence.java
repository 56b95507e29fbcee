package dev.serin.stats.bound;

/// Relative entropy, in nats.
public final class Divergence {

  private Divergence() {}

  /// `KL(Bern(p) ‖ Bern(q))`: what one request tells on average, if it fails with probability p, against q.
  ///
  /// @param p
  ///          0..1
  /// @param q
  ///          0..1
  /// @return at least 0, 0 if p = q, infinite if one outcome is possible under p but not under q
  public static double bernoulli(double p, double q) {
    if (!(p >= 0 && p <= 1 && q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("probabilities must be 0..1, were " + p + " and " + q);
    }
    double failing = p == 0 ? 0 : p * StrictMath.log(p / q);
    double passing = p == 1 ? 0 : (1 - p) * (StrictMath.log1p(-p) - StrictMath.log1p(-q));
    return Math.max(0, failing + passing);
  }
}
