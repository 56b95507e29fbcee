package dev.serin.stats.frequent;

/// How a [FrequentProcess] guesses the rates of the next window from earlier ones; any guess is valid.
///
/// @param margin
///          what the canary may do
/// @param memory
///          what earlier counts are multiplied with after each window, above 0, at most 1; below 1 the guess follows a
///          fault that starts late
public record PlugIn(RateMargin margin, double memory) {

  /// The prior Beta(.18, .18) of both rates, published with the 2×2 e-variable.
  static final double PRIOR = 0.18;

  public PlugIn {
    if (!(memory > 0 && memory <= 1)) {
      throw new IllegalArgumentException("memory must be above 0 and at most 1, was " + memory);
    }
  }

  /// Posterior mean of a rate with the prior Beta(prior, prior).
  static double rate(double events, double requests, double prior) {
    return (events + prior) / (requests + 2 * prior);
  }
}
