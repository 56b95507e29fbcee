package dev.serin.bench.rule;

/// Symmetry of equal arms: when canary and one stable pod are exchangeable, the difference of a minute is as likely as
/// its opposite, whatever its distribution. `exp(Σ(z − ln cosh z))` is then an e-process for any predictable scale of z.
public final class SignFlip implements RollBackRule {

  private static final double[] LAMBDAS = {0.1, 0.3, 1, 3};

  private final double threshold;
  private final double[] logE = new double[LAMBDAS.length];
  private long pastErrors;
  private int pastMinutes;

  /// @param alpha
  ///          above 0
  public SignFlip(double alpha) {
    threshold = 1 / alpha;
  }

  @Override
  public boolean rollsBack(int minute, ArmCounts now, ArmCounts soFar) {
    if (now.ne() == 0) {
      return false;
    }
    double mean = pastMinutes == 0 ? 0 : (double) pastErrors / pastMinutes;
    double difference = (now.xc() - now.xe() * ((double) now.nc() / now.ne())) / Math.sqrt(mean + 1);
    double e = 0;
    for (int i = 0; i < LAMBDAS.length; i++) {
      double z = LAMBDAS[i] * difference;
      logE[i] += z - logCosh(z);
      e += Math.exp(logE[i]) / LAMBDAS.length;
    }
    pastErrors += now.xe();
    pastMinutes++;
    return e >= threshold;
  }

  static double logCosh(double z) {
    double size = Math.abs(z);
    return size + Math.log1p(Math.exp(-2 * size)) - Math.log(2);
  }
}
