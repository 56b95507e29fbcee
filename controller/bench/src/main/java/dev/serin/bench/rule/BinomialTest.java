package dev.serin.bench.rule;

import org.apache.commons.math3.special.Beta;

/// Fisher's test in its binomial form: given all errors, the canary's part is binomial with its share of the requests.
/// Exact at one look; not valid when it is looked at again and again.
public final class BinomialTest implements RollBackRule {

  /// Which errors are tested.
  public enum Of {
    /// All together, at the full level.
    TOTAL,
    /// Each signature for itself, at the level divided by their number (Bonferroni).
    EACH_SIGNATURE
  }

  private final double alpha;
  private final Of of;
  private final int onlyMinute;

  /// @param alpha
  ///          level of each look, above 0
  /// @param of
  ///          what is tested
  /// @param onlyMinute
  ///          the only minute with a look; 0 looks every minute
  public BinomialTest(double alpha, Of of, int onlyMinute) {
    this.alpha = alpha;
    this.of = of;
    this.onlyMinute = onlyMinute;
  }

  @Override
  public boolean rollsBack(int minute, ArmCounts now, ArmCounts soFar) {
    if (onlyMinute != 0 && minute != onlyMinute) {
      return false;
    }
    double share = (double) soFar.nc() / (soFar.nc() + soFar.nb());
    return switch (of) {
      case TOTAL -> isBelow(alpha, soFar.xc(), soFar.xc() + soFar.xb(), share);
      case EACH_SIGNATURE -> anySignature(soFar, share);
    };
  }

  private boolean anySignature(ArmCounts soFar, double share) {
    for (int i = 0; i < soFar.signatures(); i++) {
      if (isBelow(alpha / soFar.signatures(), soFar.xc(i), soFar.xc(i) + soFar.xb(i), share)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBelow(double level, long x, long m, double share) {
    // At or below its expectation the tail is never that small.
    return x > m * share && upperTail(x, m, share) < level;
  }

  /// `P(Bin(m, p) ≥ x)`.
  public static double upperTail(long x, long m, double p) {
    return x <= 0 ? 1 : Beta.regularizedBeta(p, (double) x, m - x + 1.0);
  }
}
