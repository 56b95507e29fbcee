package dev.serin.stats.history;

import dev.serin.stats.OnsetMixture;
import dev.serin.stats.RatioGrid;
import java.nio.ByteBuffer;

/// Evidence that the new version's rate exceeds a recorded one by more than the margin. Immutable.
///
/// A window with x events in an exposure n adds, with p the recorded rate,
///
///     g(ρ) = η·[x·ln(ρ/ρ0) − (ρ − ρ0)·p·n]          η = 1/min(max(x, 1), u)
///
/// also if x = 0: silence speaks for the new version.
///
/// *Theorem.* `E e^g ≤ 1` if the mean of x given the past is at most ρ0·p·n. With s = ρ/ρ0, λ the mean of x and
/// c = (s−1)λ:
/// - u = 1, Poisson counts or independent requests with any probabilities: `E s^x ≤ e^c`.
/// - u infinite: for *any* distribution of x with this mean. With g(x) = e^{−ηc} the claim is `λ·E(1−g) ≥ c·E[g; x ≥ 1]`;
///   x rises and 1−g falls, so by Chebyshev's sum inequality the left side is at least `E[x(1−e^{−c/x}); x ≥ 1]`, and
///   `1 − e^{−y} ≥ y·e^{−y}`.
/// - between: independent clusters of at most u, equally large, at Poisson times: η falls and `x·ln s − c` rises, so the
///   exponent lies below the one with η fixed where it crosses 0.
///
/// Not guaranteed: a history that is not stationary. A rush hour or another customer looks like a fault of the new
/// version; this is the weaker guard and has its own share of alpha.
public final class HistoryProcess {

  /// Bytes of [#write].
  public static final int BYTES = OnsetMixture.bytes(RatioGrid.SIZE);

  private final OnsetMixture mixture;

  private HistoryProcess(OnsetMixture mixture) {
    this.mixture = mixture;
  }

  /// Before the first window.
  public static HistoryProcess initial() {
    return new HistoryProcess(OnsetMixture.silent(RatioGrid.SIZE, 0));
  }

  /// Folds one window.
  ///
  /// @param grid
  ///          the same in every window
  /// @param recorded
  ///          the same in every window
  /// @param events
  ///          x, at least 0
  /// @param exposure
  ///          n, at least 0, finite
  /// @param logOnset
  ///          `ln v_t` of this window
  public HistoryProcess after(RatioGrid grid, RecordedRate recorded, long events, double exposure, double logOnset) {
    if (events < 0 || !(exposure >= 0 && exposure < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("needs events >= 0 and exposure >= 0, was " + events + " and " + exposure);
    }
    double tempering = 1 / Math.min((double) Math.max(events, 1), recorded.cap());
    double expected = recorded.rate() * exposure;
    var gains = new double[RatioGrid.SIZE];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = tempering
          * (events * StrictMath.log(grid.ratio(i) / grid.margin()) - (grid.ratio(i) - grid.margin()) * expected);
    }
    return new HistoryProcess(mixture.after(gains, logOnset));
  }

  /// `ln E`.
  ///
  /// @param remaining
  ///          `1 − Σ v_j` over the windows folded so far
  public double logE(RatioGrid grid, double remaining) {
    return mixture.logE(grid, remaining);
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    mixture.write(out);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for a number that no window could have led to
  public static HistoryProcess read(ByteBuffer in) {
    return new HistoryProcess(OnsetMixture.read(in, RatioGrid.SIZE));
  }
}
