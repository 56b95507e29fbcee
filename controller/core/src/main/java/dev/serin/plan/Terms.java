package dev.serin.plan;

import dev.serin.stats.Thresholds;
import java.time.Duration;

/// What the judge promises, and what it asks for.
///
/// @param alpha
///          probability of ever rolling back a good canary, above 0, at most 0.2
/// @param maxIncrease
///          `ρ0`, tolerated ratio of the rates, 1..100
/// @param window
///          length of a window, above 0
/// @param warmup
///          pods younger than this are left out, at least 0
/// @param minRequests
///          canary requests that a step needs, at least 0
/// @param proof
///          what a proof that the canary is good must show
public record Terms(double alpha, double maxIncrease, Duration window, Duration warmup, long minRequests,
    Proof proof) {

  /// @param worstRatio
  ///          `ρ_NI`, the ratio that is to be excluded, above 1
  /// @param beta
  ///          probability of excluding it although it is true, above 0, below 1
  public record Proof(double worstRatio, double beta) {

    public Proof {
      if (!(worstRatio > 1)) {
        throw new IllegalArgumentException("worst ratio must be above 1, was " + worstRatio);
      }
      if (!(beta > 0 && beta < 1)) {
        throw new IllegalArgumentException("beta must be above 0 and below 1, was " + beta);
      }
    }
  }

  /// The defaults of a Rollout.
  public static final Terms USUAL = new Terms(0.01, 1, Thresholds.WINDOW, Thresholds.WARMUP,
      Thresholds.MIN_REQUESTS, new Proof(Thresholds.WORST_RATIO, Thresholds.BETA));

  private static final double MILLIS_PER_MINUTE = 60_000;

  public Terms {
    if (!(alpha > 0 && alpha <= 0.2)) {
      throw new IllegalArgumentException("alpha must be above 0 and at most 0.2, was " + alpha);
    }
    if (!(maxIncrease >= 1 && maxIncrease <= 100)) {
      throw new IllegalArgumentException("maxIncrease must be 1..100, was " + maxIncrease);
    }
    if (!window.isPositive()) {
      throw new IllegalArgumentException("window must be positive, was " + window);
    }
    if (warmup.isNegative()) {
      throw new IllegalArgumentException("warmup must be at least 0, was " + warmup);
    }
    if (minRequests < 0) {
      throw new IllegalArgumentException("minRequests must be at least 0, was " + minRequests);
    }
  }

  /// `α_c`.
  double concurrentAlpha() {
    return Thresholds.CONCURRENT * alpha;
  }

  double windowsPerMinute() {
    return MILLIS_PER_MINUTE / window.toMillis();
  }

  /// Windows in a time.
  double windows(Duration time) {
    return (double) time.toMillis() / window.toMillis();
  }

  /// The time of so many windows.
  Duration time(double windows) {
    return window.multipliedBy((long) Math.ceil(windows));
  }
}
