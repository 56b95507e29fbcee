package dev.serin.plan;

import dev.serin.stats.Thresholds;

/// What the judge wants to have seen of a canary before a step is passed.
final class AdvanceNeeds {

  /// 95 % quantile of the time to proof, in medians: 2.9 at 5 %, 3.3 at 50 % (statistics.md §14, simulated).
  private static final double MOSTLY = 2.86;
  private static final double MOSTLY_PER_SHARE = 0.89;

  private AdvanceNeeds() {}

  /// Canary requests, for a rate of total errors.
  static double requests(double errorRate) {
    return errorRate > 0
        ? Math.min(Thresholds.ENOUGH_REQUESTS, Thresholds.EXPECTED_ERRORS / errorRate)
        : Thresholds.ENOUGH_REQUESTS;
  }

  static double mostly(double share) {
    return MOSTLY + MOSTLY_PER_SHARE * share;
  }
}
