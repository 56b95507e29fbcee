package dev.serin.stats;

/// A number of additional failures per request that a canary may have beyond its margin: the hypothesis to be disproved
/// becomes `p_c ≤ ρ0·p_b + δ`.
///
/// The charge `c = δ·n_c·(e^{l_c} − 1)`, `l_c` being what one canary event adds, is subtracted from each window's log
/// likelihood ratio L before tempering, also from that of a window without events: silence now speaks for the canary.
///
/// *Theorem.* `E e^{η(L − c)} ≤ 1` under the hypothesis. Let Λ be the expected number of events m. By `(e^{l_c} −
/// 1)·ρ0·n_c + (e^{l_b} − 1)·n_b = 0` one event multiplies by `1 + c/Λ` on average at most, and independent ones by
/// `E(1 + c/Λ)^m ≤ e^c`.
/// - `η = 1`: immediate, also for independent requests with any probabilities.
/// - `η = 1/max(m, 1)`, nothing assumed inside the window, m of any distribution: with g(m) = e^{−ηc} the claim is
///   `Λ·E(1 − g) ≥ c·E[g; m ≥ 1]`; m rises and 1 − g falls, so by Chebyshev's sum inequality the left side is at least
///   `E[m(1 − e^{−c/m}); m ≥ 1]`, and `1 − e^{−x} ≥ x·e^{−x}`.
/// - `η = 1/min(max(m, 1), u)`, events independent or in equally large clusters of at most u, at Poisson times: η falls
///   with m and `m·ln(1 + c/Λ) − c` rises, so the exponent lies below the same one with η fixed at the value where it
///   crosses 0, and for a fixed η Jensen gives the claim.
///
/// Not guaranteed: clusters of unequal sizes under a finite u (no counterexample is known); a hypothesis that holds on
/// average over days but not given what both arms share in a window.
///
/// @param delta
///          `δ`, additional failures per request, 0..1; 0 changes nothing
public record AdditiveTolerance(double delta) {

  public AdditiveTolerance {
    if (!(delta >= 0 && delta <= 1)) {
      throw new IllegalArgumentException("tolerance must be 0..1, was " + delta);
    }
  }

  /// What is subtracted from the log likelihood ratio of a ratio of the grid.
  ///
  /// @param nc
  ///          requests of the canary, above 0
  /// @param nb
  ///          requests of the baseline, above 0
  /// @return in nats, at least 0
  public double charge(RatioGrid grid, int index, double nc, double nb) {
    return delta * nc * StrictMath.expm1(grid.logLikelihoodRatio(index, new TwoArmCounts(1, 0, nc, nb)));
  }
}
