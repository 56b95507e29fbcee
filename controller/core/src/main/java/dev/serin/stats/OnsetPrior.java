package dev.serin.stats;

/// Prior over the window in which a fault starts, for a rollout of unknown length.
///
/// In epoch e = 1, 2, … of `ℓ` windows each window has the weight `1/(e(e+1)ℓ)`; all weights sum to 1.
///
/// @param epoch
///          windows per epoch, `ℓ`, at least 1
public record OnsetPrior(int epoch) {

  public OnsetPrior {
    if (epoch < 1) {
      throw new IllegalArgumentException("an epoch needs at least 1 window, was " + epoch);
    }
  }

  /// `ln v_t`: logarithm of the weight of a window.
  ///
  /// @param window
  ///          number of the window among those folded, from 1
  public double logWeight(long window) {
    double e = epochOf(window);
    return -StrictMath.log(e * (e + 1) * epoch);
  }

  /// `1 − Σ_{j≤t} v_j`: weight of the windows to come.
  ///
  /// @param windows
  ///          folded windows, at least 0
  public double remaining(long windows) {
    if (windows == 0) {
      return 1;
    }
    double e = epochOf(windows);
    double i = windows - (e - 1) * epoch;
    return 1 / e - i / (e * (e + 1) * epoch);
  }

  private double epochOf(long window) {
    if (window < 1) {
      throw new IllegalArgumentException("windows are numbered from 1, was " + window);
    }
    return (double) ((window - 1) / epoch + 1);
  }
}
