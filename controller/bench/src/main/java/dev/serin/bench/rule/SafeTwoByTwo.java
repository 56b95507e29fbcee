package dev.serin.bench.rule;

/// The 2×2 e-process of Turner, Ly and Grünwald with beta priors, one block per minute; the canary must also look worse,
/// since the process itself is two-sided.
public final class SafeTwoByTwo implements RollBackRule {

  private final double logThreshold;
  private final Blocks blocks;

  /// @param alpha
  ///          above 0
  /// @param prior
  ///          both parameters of both beta priors, above 0
  public SafeTwoByTwo(double alpha, double prior) {
    logThreshold = -Math.log(alpha);
    blocks = new Blocks(prior, prior);
  }

  @Override
  public boolean rollsBack(int minute, ArmCounts now, ArmCounts soFar) {
    blocks.add(now.xc(), now.nc(), now.xb(), now.nb());
    return blocks.logE >= logThreshold && soFar.xc() * (double) soFar.nb() > soFar.xb() * (double) soFar.nc();
  }

  /// The evidence that two success rates differ, block by block.
  static final class Blocks {

    private final double priorA;
    private final double priorB;
    private double successesA;
    private double failuresA;
    private double successesB;
    private double failuresB;
    private double logE;

    Blocks(double priorA, double priorB) {
      this.priorA = priorA;
      this.priorB = priorB;
    }

    /// Multiplies the factor of one block, in which the rates are the posterior means of the earlier ones.
    void add(long xa, long na, long xb, long nb) {
      double a = (priorA + successesA) / (2 * priorA + successesA + failuresA);
      double b = (priorB + successesB) / (2 * priorB + successesB + failuresB);
      logE += logFactor(a, b, new long[]{xa, na, xb, nb});
      successesA += xa;
      failuresA += na - xa;
      successesB += xb;
      failuresB += nb - xb;
    }

    double logE() {
      return logE;
    }
  }

  /// Log likelihood ratio of a block for the rates a and b against their common mean.
  ///
  /// @param block
  ///          xa, na, xb, nb
  static double logFactor(double a, double b, long[] block) {
    double common = (block[1] * a + block[3] * b) / (block[1] + block[3]);
    return logLikelihood(block[0], block[1], a) + logLikelihood(block[2], block[3], b)
        - logLikelihood(block[0] + block[2], block[1] + block[3], common);
  }

  private static double logLikelihood(long x, long n, double p) {
    return (x == 0 ? 0 : x * Math.log(p)) + (n == x ? 0 : (n - x) * Math.log1p(-p));
  }
}
