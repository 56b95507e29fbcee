package dev.serin.stats.frequent;

import dev.serin.stats.OnsetMixture;
import dev.serin.stats.TwoArmCounts;
import java.nio.ByteBuffer;

/// Evidence that a frequent event, above some 20 % of requests, is more frequent on the canary than its margin allows.
/// Immutable.
///
/// The ratio of two Poisson counts is valid for frequent events too, but throws away what the requests without the event
/// say: at a rate p it gains about 1 − p of what is possible. Here every window multiplies by [TwoByTwo], its alternative
/// guessed from earlier windows alone; if the guess is within the margin, the factor is 1. So `E e^g ≤ 1` in every window
/// given the past, and [OnsetMixture] makes an e-process of it.
///
/// A shock that both arms share needs no tempering: given the shock their rates obey the margin. Dependent requests
/// within an arm do.
public final class FrequentProcess {

  private static final double[] ONE_ALTERNATIVE = {0};

  private final double xc;
  private final double nc;
  private final double xb;
  private final double nb;
  private final OnsetMixture mixture;

  private FrequentProcess(double xc, double nc, double xb, double nb, OnsetMixture mixture) {
    this.xc = xc;
    this.nc = nc;
    this.xb = xb;
    this.nb = nb;
    this.mixture = mixture;
  }

  /// Nothing known of either rate.
  ///
  /// @param spent
  ///          `Σ v_j` over the windows folded so far, 0 at the beginning
  public static FrequentProcess silent(double spent) {
    return new FrequentProcess(0, 0, 0, 0, OnsetMixture.silent(1, spent));
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
  /// @param logOnset
  ///          `ln v_t` of this window
  public FrequentProcess after(PlugIn plugIn, TwoArmCounts counts, double tempering, double logOnset) {
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
        memory * nb + counts.nb(), mixture.after(new double[]{gain}, logOnset));
  }

  /// `ln E`.
  ///
  /// @param remaining
  ///          `1 − Σ v_j` over the windows folded so far
  public double logE(double remaining) {
    return mixture.logE(ONE_ALTERNATIVE, remaining);
  }

  /// Bytes of [#write].
  public static int bytes() {
    return 4 * Double.BYTES + OnsetMixture.bytes(1);
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    out.putDouble(xc).putDouble(nc).putDouble(xb).putDouble(nb);
    mixture.write(out);
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
    return new FrequentProcess(xc, nc, xb, nb, OnsetMixture.read(in, 1));
  }
}
