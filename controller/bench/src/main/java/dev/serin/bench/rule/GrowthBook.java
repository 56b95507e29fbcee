package dev.serin.bench.rule;

/// GrowthBook's sequential test: an asymptotic confidence sequence for the difference of the rates, after Waudby-Smith
/// et al. (arXiv 2103.06476). One-sided; no margin, one metric.
public final class GrowthBook implements RollBackRule {

  private final double alpha;
  private final double tuning;

  /// @param alpha
  ///          above 0, below ½
  /// @param tuning
  ///          number of requests `N*` at which the sequence is tightest
  public GrowthBook(double alpha, double tuning) {
    this.alpha = alpha;
    this.tuning = tuning;
  }

  @Override
  public boolean rollsBack(int minute, ArmCounts now, ArmCounts soFar) {
    double pc = (double) soFar.xc() / soFar.nc();
    double pb = (double) soFar.xb() / soFar.nb();
    double variance = pc * (1 - pc) / soFar.nc() + pb * (1 - pb) / soFar.nb();
    return variance > 0 && pc - pb > oneSided(alpha, variance, (double) soFar.nc() + soFar.nb(), tuning);
  }

  /// Distance of the lower bound from the estimate.
  ///
  /// @param variance
  ///          of the estimate, above 0
  /// @param n
  ///          sample size
  static double oneSided(double alpha, double variance, double n, double tuning) {
    return width(2 * alpha, variance, n, tuning, 2);
  }

  /// Distance of both bounds from the estimate.
  static double twoSided(double alpha, double variance, double n, double tuning) {
    return width(alpha, variance, n, tuning, 1);
  }

  /// `√(N·se²)·√(2(Nρ²+1)/(Nρ)²·ln(root))` with root `√(Nρ²+1)/α` on two sides and `1 + √(Nρ²+1)/(2α)` on one, and
  /// `ρ² = (−2 ln a + ln(−2 ln a + 1))/N*` for a = α, or 2α on one side.
  private static double width(double level, double variance, double n, double tuning, int sides) {
    double log = -2 * Math.log(level);
    double rho2 = (log + Math.log(log + 1)) / tuning;
    double scale = n * rho2 + 1;
    double root = Math.sqrt(scale) / level;
    double nats = Math.log(sides == 2 ? 1 + root : root);
    return Math.sqrt(n * variance) * Math.sqrt(2 * scale / (n * n * rho2) * nats);
  }
}
