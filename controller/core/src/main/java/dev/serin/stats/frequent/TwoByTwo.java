package dev.serin.stats.frequent;

import dev.serin.stats.TwoArmCounts;

/// One window as a block of requests of both arms, some of which fail.
///
/// *Theorem.* Let θ be any alternative, fixed before the window, and θ° the rates within the margin that are nearest to
/// it ([RateMargin#nearest]). Then `E Π P_θ/P_θ° ≤ 1` for all independent requests whose mean rates are within the
/// margin, whatever the single probabilities. *Proof.* The logarithm of the expectation is `Σ ln(1 + (p_i −
/// θ°)·(θ−θ°)/(θ°(1−θ°)))`, at most its value at the mean rates by concavity; as a function of these it is concave, 0 at
/// θ°, and its gradient there is minus the gradient of the divergence, which θ° minimises over a convex set: so it falls
/// toward every point of the set.
/// Source: Turner, Ly and Grünwald, "Generic e-variables for exact sequential k-sample tests" (2×2 tables, equal rates);
/// linear margins with the same proof: Turner and Grünwald 2023.
///
/// Not guaranteed: requests of a window that fail together. If at most u of them depend on each other, the logarithm must
/// be multiplied by 1/u (Hölder's inequality).
public final class TwoByTwo {

  private TwoByTwo() {}

  /// `ln P_θ/P_θ°` of one window.
  ///
  /// @param counts
  ///          events at most requests, on both arms
  /// @param alternative
  ///          `θ`, strictly between 0 and 1
  /// @param nearest
  ///          `θ°`, strictly between 0 and 1
  /// @return in nats
  public static double logFactor(TwoArmCounts counts, Rates alternative, Rates nearest) {
    return arm(counts.xc(), counts.nc(), alternative.canary(), nearest.canary())
        + arm(counts.xb(), counts.nb(), alternative.baseline(), nearest.baseline());
  }

  private static double arm(long x, double n, double theta, double nearest) {
    return x * StrictMath.log(theta / nearest) + (n - x) * (StrictMath.log1p(-theta) - StrictMath.log1p(-nearest));
  }
}
