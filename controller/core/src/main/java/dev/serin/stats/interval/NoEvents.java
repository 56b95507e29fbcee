package dev.serin.stats.interval;

/// What silence proves: an upper bound on a rate after requests without a single event.
///
/// *Theorem.* If each request fails with probability at least δ, whatever happened before, the first n requests are
/// all well with probability at most `(1 − δ)^n ≤ e^{−δn}`. So whoever claims "rate below δ" only once
/// `n ≥ ln(1/β)/δ` requests have passed without an event, at whatever moment, errs with probability at most β.
/// Not guaranteed: anything after the first event, and independence of requests: a failing dependency that spares every
/// request for minutes looks like silence.
public final class NoEvents {

  private NoEvents() {}

  /// Requests without an event that prove a rate below `rate`.
  ///
  /// @param rate
  ///          `δ`, above 0, at most 1
  /// @param beta
  ///          probability of a false claim, above 0 and below 1
  public static double requests(double rate, double beta) {
    if (!(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate must be above 0 and at most 1, was " + rate);
    }
    return logInverse(beta) / rate;
  }

  /// The smallest rate that is disproved by requests without an event; 1 if nothing is.
  ///
  /// @param requests
  ///          at least 0
  /// @param beta
  ///          probability of a false claim, above 0 and below 1
  public static double upperBound(double requests, double beta) {
    if (!(requests >= 0)) {
      throw new IllegalArgumentException("requests must be at least 0, was " + requests);
    }
    return Math.min(1, logInverse(beta) / requests);
  }

  private static double logInverse(double beta) {
    if (!(beta > 0 && beta < 1)) {
      throw new IllegalArgumentException("beta must be above 0 and below 1, was " + beta);
    }
    return -StrictMath.log(beta);
  }
}
