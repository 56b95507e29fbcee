package dev.serin.stats.frequent;

import dev.serin.stats.LogSum;
import dev.serin.stats.TwoArmCounts;
import java.nio.ByteBuffer;

/// Evidence that a frequent event, above some 20 % of requests, is more frequent on the canary than its margin allows.
/// Immutable.
///
/// The ratio of two Poisson counts is valid for frequent events too, but throws away what the requests without the event
/// say: at a rate p it gains about 1 − p of what is possible. Here every window multiplies by [TwoByTwo], its alternative
/// guessed from earlier windows alone; if the guess is within the margin, the factor is 1. So `E e^g ≤ 1` in every window
/// given the past, and the mixture over starts makes an e-process of it as in [dev.serin.stats.EProcess], with one
/// alternative: `q ← (q + ½ v_t)·e^g`, `E = q + ½ (1 − Σ_{j≤t} v_j)`.
///
/// A shock that both arms share needs no tempering: given the shock their rates obey the margin. Dependent requests
/// within an arm do.
public final class FrequentProcess {

  /// Bytes of [#write].
  public static final int BYTES = 6 * Double.BYTES;

  private static final double LOG_HALF = StrictMath.log(0.5);

  /// Before the first window: nothing known of either rate.
  public static final FrequentProcess START = new FrequentProcess(0, 0, 0, 0, LOG_HALF, 1);

  private final double xc;
  private final double nc;
  private final double xb;
  private final double nb;
  private final double logQ;
  private final double remaining;

  private FrequentProcess(double xc, double nc, double xb, double nb, double logQ, double remaining) {
    this.xc = xc;
    this.nc = nc;
    this.xb = xb;
    this.nb = nb;
    this.logQ = logQ;
    this.remaining = remaining;
  }

  /// `1/min(u, n_c + n_b)`: what a window is multiplied with if at most u requests depend on each other. With u infinite
  /// nothing is assumed inside the window, and next to nothing is gained from it.
  ///
  /// @param cap
  ///          `u`, at least 1, may be infinite; from earlier windows
  public static double tempering(TwoArmCounts counts, double cap) {
    if (!(cap >= 1)) {
      throw new IllegalArgumentException("cap must be at least 1, was " + cap);
    }
    return 1 / Math.min(cap, Math.max(1, counts.nc() + counts.nb()));
  }

  /// Folds one window.
  ///
  /// @param plugIn
  ///          the same in every window
  /// @param counts
  ///          events at most requests, on both arms
  /// @param tempering
  ///          above 0, at most 1; may depend on the past and the requests, not on the events of this window
  /// @param remainingNow
  ///          `1 − Σ v_j` over the windows folded so far, this one included
  public FrequentProcess after(PlugIn plugIn, TwoArmCounts counts, double tempering, double remainingNow) {
    if (!(tempering > 0 && tempering <= 1)) {
      throw new IllegalArgumentException("tempering must be above 0 and at most 1, was " + tempering);
    }
    if (counts.xc() > counts.nc() || counts.xb() > counts.nb()) {
      throw new IllegalArgumentException("events must not exceed requests, were " + counts);
    }
    var guess = new Rates(PlugIn.rate(xc, nc, PlugIn.PRIOR), PlugIn.rate(xb, nb, PlugIn.PRIOR));
    double gain = plugIn.margin().allows(guess)
        ? 0
        : tempering * TwoByTwo.logFactor(counts, guess, plugIn.margin().nearest(guess, counts.nc(), counts.nb()));
    double memory = plugIn.memory();
    return new FrequentProcess(memory * xc + counts.xc(), memory * nc + counts.nc(), memory * xb + counts.xb(),
        memory * nb + counts.nb(), gain + LogSum.of(logQ, LOG_HALF + StrictMath.log(remaining - remainingNow)),
        remainingNow);
  }

  /// `ln E`.
  public double logE() {
    return LogSum.of(logQ, LOG_HALF + StrictMath.log(remaining));
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    out.putDouble(xc).putDouble(nc).putDouble(xb).putDouble(nb).putDouble(logQ).putDouble(remaining);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for a number that no window could have led to
  public static FrequentProcess read(ByteBuffer in) {
    double xc = in.getDouble();
    double nc = in.getDouble();
    double xb = in.getDouble();
    double nb = in.getDouble();
    if (!(xc >= 0 && xc <= nc && nc < Double.POSITIVE_INFINITY && xb >= 0 && xb <= nb
        && nb < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "needs 0 <= events <= requests, was " + xc + " of " + nc + " and " + xb + " of "
              + nb);
    }
    double logQ = in.getDouble();
    double remaining = in.getDouble();
    if (!Double.isFinite(logQ) || !(remaining >= 0 && remaining <= 1)) {
      throw new IllegalArgumentException(
          "a finite logarithm and a part of the prior were expected, were " + logQ + " and "
              + remaining);
    }
    return new FrequentProcess(xc, nc, xb, nb, logQ, remaining);
  }
}
