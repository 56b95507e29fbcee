package dev.serin.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Evidence that one signature is more frequent on the canary than its margin allows. Immutable.
///
/// Per ratio ρ of the grid one number is kept, the likelihood ratio mixed over the window t in which the fault began: half
/// of the prior is on the first window, the other half follows [OnsetPrior]. With `g` the log evidence of a window, `v_t`
/// the prior of a start in it, `w` the weights of the grid:
///
///     q ← (q + ½ v_t)·e^g          q = ½ at first
///     E = Σ w q + ½ (1 − Σ_{j≤t} v_j)
///
/// *Theorem.* If `E e^g ≤ 1` in every window given the past, E is an e-process: a mixture, over ratios and starts, of
/// products of such factors, each beginning at 1. By Ville P(E ever reaches 1/α) ≤ α for a canary within its margin,
/// whatever the weights of the rollout do in reaction to the past.
///
/// A window that says nothing (g = 0) moves prior from the second term of E to the first and leaves E as it is. So silent
/// windows need not be folded: the next one that says something adds all the prior since then. Intermittent bursts
/// accumulate, and a signature that never occurs costs nothing.
/// Not guaranteed: independence *across* windows given the past.
// q is kept as q·2^exponent instead of as a logarithm: one exponential per ratio and window, no logarithm, full
// precision. What underflows to 0 is conservative, and the next prior revives it; nothing overflows.
public final class EProcess {

  /// Bytes of [#write].
  public static final int BYTES = (RatioGrid.SIZE + 1) * Double.BYTES + Integer.BYTES;

  /// Before the first window.
  public static final EProcess START = new EProcess(filled(0.5), 0, 1, 0);

  private static final double LOG_TWO = StrictMath.log(2);
  private static final double LARGEST_GAIN = 600;
  private static final double LARGEST = 1e280;

  private final double[] q;
  private final int exponent;
  private final double remaining;
  private final double logE;

  /// What one window adds; it serves every process that gains as much.
  public static final class Growth {

    private final double[] gains;
    private final double[] factors = new double[RatioGrid.SIZE];

    /// @param gains
    ///          `g` by ratio, finite; not to be changed any more
    public Growth(double[] gains) {
      this.gains = gains;
      for (int i = 0; i < RatioGrid.SIZE; i++) {
        factors[i] = StrictMath.exp(gains[i]);
      }
    }
  }

  private EProcess(double[] q, int exponent, double remaining, double logE) {
    this.q = q;
    this.exponent = exponent;
    this.remaining = remaining;
    this.logE = logE;
  }

  private static double[] filled(double value) {
    var all = new double[RatioGrid.SIZE];
    Arrays.fill(all, value);
    return all;
  }

  /// Folds one window.
  ///
  /// @param grid
  ///          the same in every window
  /// @param gains
  ///          `g` by ratio, finite
  /// @param remainingNow
  ///          `1 − Σ v_j` over the windows folded so far, this one included
  public EProcess after(RatioGrid grid, double[] gains, double remainingNow) {
    return after(grid, new Growth(gains), remainingNow);
  }

  /// The same for what is added to several processes.
  public EProcess after(RatioGrid grid, Growth growth, double remainingNow) {
    var gains = growth.gains;
    double added = Math.scalb(0.5 * (remaining - remainingNow), -exponent);
    var next = new double[RatioGrid.SIZE];
    boolean ordinary = true;
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      next[i] = (q[i] + added) * growth.factors[i];
      ordinary &= Math.abs(gains[i]) <= LARGEST_GAIN && next[i] <= LARGEST;
    }
    return ordinary ? of(grid, next, exponent, remainingNow) : rescaled(grid, gains, added, remainingNow);
  }

  private EProcess rescaled(RatioGrid grid, double[] gains, double added, double remainingNow) {
    var logs = new double[RatioGrid.SIZE];
    double largest = 0;
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      logs[i] = StrictMath.log(q[i] + added) + exponent * LOG_TWO + gains[i];
      largest = Math.max(largest, logs[i]);
    }
    int scale = (int) StrictMath.floor(largest / LOG_TWO);
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      logs[i] = StrictMath.exp(logs[i] - scale * LOG_TWO);
    }
    return of(grid, logs, scale, remainingNow);
  }

  private static EProcess of(RatioGrid grid, double[] q, int exponent, double remaining) {
    double sum = grid.weighted(q) + Math.scalb(0.5 * remaining, -exponent);
    return new EProcess(q, exponent, remaining, StrictMath.log(sum) + exponent * LOG_TWO);
  }

  /// `ln E`: evidence with unknown start.
  public double logE() {
    return logE;
  }

  /// A lower bound of [#logE] if some canary events had not been counted: each ratio loses `(ρ/ρ0)^events`.
  ///
  /// @param events
  ///          tempered, at least 0
  public double logEWithout(RatioGrid grid, double events) {
    if (events == 0) {
      return logE;
    }
    var left = new double[RatioGrid.SIZE];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      left[i] = q[i] * StrictMath.exp(-events * StrictMath.log(grid.ratio(i) / grid.margin()));
    }
    double sum = grid.weighted(left) + Math.scalb(0.5 * remaining, -exponent);
    return StrictMath.log(sum) + exponent * LOG_TWO;
  }

  /// `ln Σ w e^A`: evidence for a fault that was there from the first window, for windows that were folded without prior.
  double logEFromStart(RatioGrid grid) {
    return StrictMath.log(2 * grid.weighted(q)) + exponent * LOG_TWO;
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    for (double value : q) {
      out.putDouble(value);
    }
    out.putInt(exponent).putDouble(remaining);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for a number that no window could have led to
  public static EProcess read(RatioGrid grid, ByteBuffer in) {
    var q = new double[RatioGrid.SIZE];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      q[i] = in.getDouble();
      if (!(q[i] >= 0 && q[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("evidence must be a finite number of at least 0, was " + q[i]);
      }
    }
    int exponent = in.getInt();
    double remaining = in.getDouble();
    if (exponent < 0 || !(remaining >= 0 && remaining <= 1)) {
      throw new IllegalArgumentException("an exponent of at least 0 and a part of the prior were expected, were "
          + exponent + " and " + remaining);
    }
    return of(grid, q, exponent, remaining);
  }
}
