package dev.serin.judge;

/// What is known of a signature before the canary starts.
///
/// @param severity
///          its share of alpha
/// @param maxIncrease
///          tolerated rate on the canary as a multiple of the baseline's, 1..100; 1.2 tolerates 20 % more
/// @param inHistory
///          whether the stable version showed it before the rollout; a declared but unseen signature counts as novel
public record Watched(Severity severity, double maxIncrease, boolean inHistory) {

  public Watched {
    checkMaxIncrease(maxIncrease);
  }

  static void checkMaxIncrease(double maxIncrease) {
    if (!(maxIncrease >= 1 && maxIncrease <= 100)) {
      throw new IllegalArgumentException("maxIncrease must be 1..100, was " + maxIncrease);
    }
  }
}
