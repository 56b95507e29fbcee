package dev.serin.plan;

/// What the judge wants to have seen of a canary before a step is passed.
final class AdvanceNeeds {

  /// The judge's own: errors expected at stable's rate, or requests however rare errors are.
  private static final double EXPECTED_ERRORS = 8;
  private static final double REQUESTS = 4000;

  /// Errors per request that do not matter to the judge's proof.
  static final double NEGLIGIBLE = 7.5e-4;

  /// 95 % quantile of the time to proof, in medians: 2.9 at 5 %, 3.3 at 50 % (statistics.md §14, simulated).
  private static final double MOSTLY = 2.86;
  private static final double MOSTLY_PER_SHARE = 0.89;

  private AdvanceNeeds() {}

  /// Canary requests, for a rate of total errors.
  static double requests(double errorRate) {
    return errorRate > 0 ? Math.min(REQUESTS, EXPECTED_ERRORS / errorRate) : REQUESTS;
  }

  static double mostly(double share) {
    return MOSTLY + MOSTLY_PER_SHARE * share;
  }
}
