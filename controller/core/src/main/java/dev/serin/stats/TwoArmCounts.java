package dev.serin.stats;

/// Events of one signature in one window.
///
/// @param xc
///          events on the canary, at least 0
/// @param xb
///          events on the baseline, at least 0
/// @param nc
///          exposure of the canary, finite and above 0
/// @param nb
///          exposure of the baseline, finite and above 0
public record TwoArmCounts(long xc, long xb, double nc, double nb) {

  public TwoArmCounts {
    if (xc < 0 || xb < 0) {
      throw new IllegalArgumentException("events must be at least 0, were " + xc + " and " + xb);
    }
    if (!(nc > 0 && nb > 0 && nc + nb < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("exposures must be finite and above 0, were " + nc + " and " + nb);
    }
  }

  /// Events of both arms.
  public long m() {
    return xc + xb;
  }
}
