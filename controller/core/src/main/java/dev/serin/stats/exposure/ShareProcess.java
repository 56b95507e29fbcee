package dev.serin.stats.exposure;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.commons.math3.special.Beta;

/// Evidence that the measured shares of requests are not the ones that were ordered. Immutable.
///
/// Against the ordered shares θ stands the mixture of all shares, Dirichlet(c·θ), over the requests of one step; when the
/// order changes, the evidence so far is kept as a factor and a new mixture begins:
///
///     ln M1 − ln M0 = ln ∫ Π_i p_i^{k_i} dDir(p) − Σ_i k_i·ln θ_i        k_i = Σ_windows requests_i / u
///
/// *Theorem.* If every request falls on arm i with probability θ_i and at most u requests of a window depend on each
/// other, this is an e-process: for a fixed p a window's factor `Π (p_i/θ_i)^{k_i}` has mean at most 1 (Hölder's
/// inequality, u requests with the weight 1/u each), and mixtures over p and products over steps keep that; orders may
/// react to the past. By Ville P(ever ≥ 1/α) ≤ α.
/// Source: Lindon and Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022 (u = 1, one step).
///
/// Not guaranteed: clusters beyond u, such as a balancer that spreads connections instead of requests. An alert, not a
/// verdict: a wrong share says nothing of the canary.
public final class ShareProcess {

  private static final double SUM_TOLERANCE = 1e-9;

  private final double frozen;
  private final double[] shares;
  private final double[] requests;

  private ShareProcess(double frozen, double[] shares, double[] requests) {
    this.frozen = frozen;
    this.shares = shares;
    this.requests = requests;
  }

  /// Before the first window.
  ///
  /// @param shares
  ///          ordered ones of two or more arms, each above 0, summing to 1
  public static ShareProcess initial(double... shares) {
    requireShares(shares);
    return new ShareProcess(0, shares.clone(), new double[shares.length]);
  }

  /// The shares ordered from now on.
  ///
  /// @param concentration
  ///          `c` of the step that ends, above 0: large numbers look for small deviations
  /// @param ordered
  ///          as many as before
  public ShareProcess reordered(double concentration, double... ordered) {
    requireShares(ordered);
    if (ordered.length != shares.length) {
      throw new IllegalArgumentException("needs " + shares.length + " shares, were " + ordered.length);
    }
    return Arrays.equals(ordered, shares)
        ? this
        : new ShareProcess(logE(concentration), ordered.clone(), new double[ordered.length]);
  }

  /// Folds one window.
  ///
  /// @param cap
  ///          `u`, the most requests that depend on each other, at least 1, finite; from earlier windows
  /// @param counts
  ///          requests of each arm, at least 0
  public ShareProcess after(double cap, long... counts) {
    if (!(cap >= 1 && cap < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("cap must be at least 1 and finite, was " + cap);
    }
    if (counts.length != shares.length || Arrays.stream(counts).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "needs " + shares.length + " counts of at least 0, were " + Arrays.toString(counts));
    }
    var next = requests.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] += counts[i] / cap;
    }
    return new ShareProcess(frozen, shares, next);
  }

  /// Evidence, in nats.
  ///
  /// @param concentration
  ///          `c`, the same in every call of a step, above 0
  public double logE(double concentration) {
    if (!(concentration > 0 && concentration < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("concentration must be above 0 and finite, was " + concentration);
    }
    var prior = new double[shares.length];
    for (int i = 0; i < prior.length; i++) {
      prior[i] = concentration * shares[i];
    }
    return frozen + logMixture(prior, requests) - logLikelihood(shares, requests);
  }

  /// `ln M1 = ln ∫ Π p_i^{k_i} dDir(p; prior)`, as a chain of beta functions: differences of log gamma functions of large
  /// numbers would lose digits.
  static double logMixture(double[] prior, double[] counts) {
    double restPrior = Arrays.stream(prior).sum();
    double restCounts = Arrays.stream(counts).sum();
    double log = 0;
    for (int i = 0; i < prior.length - 1; i++) {
      restPrior -= prior[i];
      restCounts -= counts[i];
      log += Beta.logBeta(prior[i] + counts[i], restPrior + restCounts) - Beta.logBeta(prior[i], restPrior);
    }
    return log;
  }

  /// `ln M0 = Σ k_i·ln θ_i`.
  static double logLikelihood(double[] shares, double[] counts) {
    double log = 0;
    for (int i = 0; i < shares.length; i++) {
      log += counts[i] * StrictMath.log(shares[i]);
    }
    return log;
  }

  private static void requireShares(double[] shares) {
    if (shares.length < 2 || Arrays.stream(shares).anyMatch(share -> !(share > 0))
        || Math.abs(Arrays.stream(shares).sum() - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException(
          "needs two or more shares above 0 that sum to 1, were " + Arrays.toString(shares));
    }
  }

  /// Bytes of [#write] for a number of arms.
  public static int bytes(int arms) {
    return (1 + 2 * arms) * Double.BYTES;
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    out.putDouble(frozen);
    for (int i = 0; i < shares.length; i++) {
      out.putDouble(shares[i]).putDouble(requests[i]);
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for a number that no window could have led to
  public static ShareProcess read(ByteBuffer in, int arms) {
    double frozen = in.getDouble();
    var shares = new double[arms];
    var requests = new double[arms];
    for (int i = 0; i < arms; i++) {
      shares[i] = in.getDouble();
      requests[i] = in.getDouble();
      if (!(requests[i] >= 0 && requests[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("requests must be at least 0 and finite, were " + requests[i]);
      }
    }
    if (!Double.isFinite(frozen)) {
      throw new IllegalArgumentException("log evidence must be a finite number, was " + frozen);
    }
    requireShares(shares);
    return new ShareProcess(frozen, shares, requests);
  }
}
