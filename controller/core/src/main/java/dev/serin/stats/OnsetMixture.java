package dev.serin.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Evidence for several alternatives, whose fault may have started in any window. Immutable.
///
/// Per alternative two logarithms are kept: `A` for a fault present from the first window, `R` for the mixture over all
/// starts so far. With `g` the log evidence that a window adds and `v_t` the prior of a start in window t:
///
///     A ← A + g          R ← g + ln(e^R + v_t)
///     E = ½ Σ w e^A + ½ (Σ w e^R + 1 − Σ_{j≤t} v_j)
///
/// *Theorem.* If `E e^g ≤ 1` in every window given the past, for every alternative, then E is an e-process: it is a
/// mixture, over alternatives and starts, of products of such factors, each beginning at 1. By Ville P(E ever reaches
/// 1/α) ≤ α. Source: the mixture over change points of Shiryaev and Roberts, here with a prior that sums to 1, which is
/// what turns a bound on the time between false alarms into one on ever having any.
/// Not guaranteed: weights or priors that depend on what the arms show.
public final class OnsetMixture {

  private static final double LOG_HALF = StrictMath.log(0.5);

  private final double[] a;
  private final double[] r;

  private OnsetMixture(double[] a, double[] r) {
    this.a = a;
    this.r = r;
  }

  /// The state after windows that added nothing.
  ///
  /// @param alternatives
  ///          at least 1
  /// @param spent
  ///          `Σ v_j` over the windows folded so far, 0 at the beginning
  public static OnsetMixture silent(int alternatives, double spent) {
    var r = new double[alternatives];
    Arrays.fill(r, StrictMath.log(spent));
    return new OnsetMixture(new double[alternatives], r);
  }

  /// Folds one window.
  ///
  /// @param gains
  ///          `g` of each alternative, finite
  /// @param logOnset
  ///          `ln v_t` of this window
  public OnsetMixture after(double[] gains, double logOnset) {
    if (gains.length != a.length) {
      throw new IllegalArgumentException("needs " + a.length + " gains, were " + gains.length);
    }
    var nextA = new double[a.length];
    var nextR = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      nextA[i] = a[i] + gains[i];
      nextR[i] = gains[i] + LogSum.of(r[i], logOnset);
    }
    return new OnsetMixture(nextA, nextR);
  }

  /// `ln E`.
  ///
  /// @param logWeights
  ///          `ln w` of each alternative, the weights summing to at most 1
  /// @param remaining
  ///          `1 − Σ v_j` over the windows folded so far
  public double logE(double[] logWeights, double remaining) {
    var terms = new double[2 * a.length + 1];
    for (int i = 0; i < a.length; i++) {
      terms[i] = LOG_HALF + logWeights[i] + a[i];
      terms[a.length + i] = LOG_HALF + logWeights[i] + r[i];
    }
    terms[2 * a.length] = LOG_HALF + StrictMath.log(remaining);
    return LogSum.of(terms);
  }

  /// `ln E` of alternatives that are the ratios of a grid.
  ///
  /// @param remaining
  ///          `1 − Σ v_j` over the windows folded so far
  public double logE(RatioGrid grid, double remaining) {
    var logWeights = new double[RatioGrid.SIZE];
    for (int i = 0; i < logWeights.length; i++) {
      logWeights[i] = grid.logWeight(i);
    }
    return logE(logWeights, remaining);
  }

  /// Bytes of [#write].
  public static int bytes(int alternatives) {
    return 2 * alternatives * Double.BYTES;
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    for (int i = 0; i < a.length; i++) {
      out.putDouble(a[i]).putDouble(r[i]);
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for a number that no window could have led to
  public static OnsetMixture read(ByteBuffer in, int alternatives) {
    var a = new double[alternatives];
    var r = new double[alternatives];
    for (int i = 0; i < alternatives; i++) {
      a[i] = in.getDouble();
      r[i] = in.getDouble();
      if (!Double.isFinite(a[i]) || Double.isNaN(r[i]) || r[i] == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("log evidence must be a finite number, was " + a[i] + " and " + r[i]);
      }
    }
    return new OnsetMixture(a, r);
  }
}
