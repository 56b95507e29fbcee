package dev.serin.bench.rule;

/// Pooled two-proportion z-test, one-sided, looked at every minute. The square of z is the usual χ².
public final class ZTest implements RollBackRule {

  private final double critical;

  /// @param critical
  ///          a larger z rolls back
  public ZTest(double critical) {
    this.critical = critical;
  }

  @Override
  public boolean rollsBack(int minute, ArmCounts now, ArmCounts soFar) {
    return z(soFar.xc(), soFar.nc(), soFar.xb(), soFar.nb()) > critical;
  }

  /// Difference of the rates in standard errors; 0 without errors or requests.
  static double z(long xc, long nc, long xb, long nb) {
    double pooled = (double) (xc + xb) / (nc + nb);
    double variance = pooled * (1 - pooled) * (1.0 / nc + 1.0 / nb);
    return variance > 0 && variance < Double.POSITIVE_INFINITY
        ? ((double) xc / nc - (double) xb / nb) / Math.sqrt(variance)
        : 0;
  }
}
