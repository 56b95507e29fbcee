package dev.serin.stats;

import java.time.Duration;

/// The numbers that the judge decides by and the planner reckons with.
public final class Thresholds {

  /// Part of alpha for the comparison with the concurrent baseline; the rest is for the watch after promotion.
  public static final double CONCURRENT = 0.8;

  /// The cautious evidence must agree at least this much: whatever the past did not show of clusters that stick to a pod,
  /// at most one good canary in five gets there.
  public static final double CAUTIOUS = 5;

  /// Fewest events above the margin that may roll back.
  public static final double EXCESS = 3;

  /// Canary requests that must all fail before that alone rolls back.
  public static final int ALL_FAIL_REQUESTS = 20;

  /// Errors expected on the canary at the baseline's rate that are enough to advance.
  public static final double EXPECTED_ERRORS = 8;

  /// Canary requests that are enough to advance, however rare errors are.
  public static final double ENOUGH_REQUESTS = 4000;

  /// Errors per request that do not matter to a proof that the canary is good.
  public static final double NEGLIGIBLE_PER_REQUEST = 7.5e-4;

  /// Rate ratio that such a proof must exclude.
  public static final double WORST_RATIO = 2;

  /// Probability that it does although the ratio is true.
  public static final double BETA = 0.05;

  /// Usual canary requests that a step needs.
  public static final long MIN_REQUESTS = 500;

  /// Usual length of a window.
  public static final Duration WINDOW = Duration.ofSeconds(10);

  /// Usual age from which a pod is judged.
  public static final Duration WARMUP = Duration.ofMinutes(1);

  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private Thresholds() {}

  /// A late fault costs as if it could start in any half hour.
  ///
  /// @param window
  ///          length of every window, above 0
  public static OnsetPrior onset(Duration window) {
    return new OnsetPrior((int) Math.max(1, HALF_HOUR.toNanos() / window.toNanos()));
  }
}
