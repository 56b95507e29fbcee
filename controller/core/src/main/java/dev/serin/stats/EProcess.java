package dev.serin.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Evidence that one signature is more frequent on the canary than its margin allows. Immutable.
///
/// Per ratio ρ two logarithms are kept: `A` for a fault present from the first window, `R` for the mixture over all
/// starts so far. With `η` the tempering, `L` the log likelihood ratio, `v_t` the prior of a start in window t, `w` the
/// weights of the grid:
///
///     A ← A + ηL(ρ)          R ← ηL(ρ) + ln(e^R + v_t)
///     E = ½ Σ w e^A + ½ (Σ w e^R + 1 − Σ_{j≤t} v_j)
///
/// E is an e-process: for a canary within its margin, P(E ever reaches 1/α) ≤ α, whatever the weights of the rollout
/// do in reaction to the past. Silence leaves E almost unchanged, so that intermittent bursts accumulate.
/// Not guaranteed: independence *across* windows given the past.
public final class EProcess {

  /// Bytes of [#write].
  public static final int BYTES = 2 * RatioGrid.SIZE * Double.BYTES;

  private static final double LOG_HALF = StrictMath.log(0.5);

  private final double[] a;
  private final double[] r;

  private EProcess(double[] a, double[] r) {
    this.a = a;
    this.r = r;
  }

  /// The state of a signature that had no event so far, as if it had been tracked from the first window.
  ///
  /// @param spent
  ///          `Σ v_j` over the windows folded so far, 0 at the beginning
  public static EProcess silent(double spent) {
    var r = new double[RatioGrid.SIZE];
    Arrays.fill(r, StrictMath.log(spent));
    return new EProcess(new double[RatioGrid.SIZE], r);
  }

  /// `η = 1/min(max(m, 1), u)`: what a window's log likelihood ratio is multiplied with, because events are not
  /// independent of each other. With u = infinity nothing at all is assumed inside the window, which then counts like
  /// one event; a smaller u assumes that at most u events are tied to one arm. Over-estimating u only slows.
  ///
  /// @param m
  ///          events in the window, at least 0
  /// @param u
  ///          at least 1, may be infinite
  public static double tempering(long m, double u) {
    if (!(u >= 1)) {
      throw new IllegalArgumentException("u must be at least 1, was " + u);
    }
    return 1 / Math.min((double) Math.max(m, 1), u);
  }

  /// Folds one window.
  ///
  /// @param grid
  ///          the same in every window
  /// @param counts
  ///          both exposures above 0; other windows are skipped by the caller
  /// @param tempering
  ///          `η`, above 0, at most 1; may depend on m and the past, never on the arm
  /// @param logOnset
  ///          `ln v_t` of this window
  public EProcess after(RatioGrid grid, TwoArmCounts counts, double tempering, double logOnset) {
    var nextA = new double[RatioGrid.SIZE];
    var nextR = new double[RatioGrid.SIZE];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      double gain = counts.m() == 0 ? 0 : tempering * grid.logLikelihoodRatio(i, counts);
      nextA[i] = a[i] + gain;
      nextR[i] = gain + LogSum.of(r[i], logOnset);
    }
    return new EProcess(nextA, nextR);
  }

  /// `ln E`: evidence with unknown start.
  ///
  /// @param remaining
  ///          `1 − Σ v_j` over the windows folded so far
  public double logE(RatioGrid grid, double remaining) {
    var terms = new double[2 * RatioGrid.SIZE + 1];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      terms[i] = LOG_HALF + grid.logWeight(i) + a[i];
      terms[RatioGrid.SIZE + i] = LOG_HALF + grid.logWeight(i) + r[i];
    }
    terms[2 * RatioGrid.SIZE] = LOG_HALF + StrictMath.log(remaining);
    return LogSum.of(terms);
  }

  /// `ln Σ w e^A`: evidence for a fault that was there from the first window.
  public double logEFromStart(RatioGrid grid) {
    var terms = new double[RatioGrid.SIZE];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      terms[i] = grid.logWeight(i) + a[i];
    }
    return LogSum.of(terms);
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      out.putDouble(a[i]).putDouble(r[i]);
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for a number that no window could have led to
  public static EProcess read(ByteBuffer in) {
    var a = new double[RatioGrid.SIZE];
    var r = new double[RatioGrid.SIZE];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      a[i] = in.getDouble();
      r[i] = in.getDouble();
      if (!Double.isFinite(a[i]) || Double.isNaN(r[i]) || r[i] == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("log evidence must be a finite number, was " + a[i] + " and " + r[i]);
      }
    }
    return new EProcess(a, r);
  }
}
