package dev.serin.stats.bound;

/// A fault to be detected: two error rates, and the share of requests that shows the larger one.
///
/// @param weight
///          `w`, the canary's share of requests, above 0 and below 1
/// @param p0
///          share of the baseline's requests that fail, at least 0; 0 for a signature that stable never shows
/// @param p1
///          share of the canary's requests that fail, above p0, at most 1
public record Contrast(double weight, double p0, double p1) {

  public Contrast {
    if (!(weight > 0 && weight < 1)) {
      throw new IllegalArgumentException("weight must be above 0 and below 1, was " + weight);
    }
    if (!(p0 >= 0 && p0 < p1 && p1 <= 1)) {
      throw new IllegalArgumentException("needs 0 <= p0 < p1 <= 1, was " + p0 + " and " + p1);
    }
  }

  /// `I(w) = w·KL(p1‖q) + (1−w)·KL(p0‖q)`, `q = w·p1 + (1−w)·p0`: nats per request of either arm. No rate q that both
  /// arms could share explains the requests better, so no test gains evidence faster.
  public double information() {
    double q = weight * p1 + (1 - weight) * p0;
    return weight * Divergence.bernoulli(p1, q) + (1 - weight) * Divergence.bernoulli(p0, q);
  }

  /// `λ·KL(Bern(π1)‖Bern(w))`: the same for a test that looks only at which arm each event came from. Below
  /// [#information], by .3 % at rates below 1 %.
  public double informationOfEvents() {
    return eventRate() * eventInformation();
  }

  /// `λ = w·p1 + (1−w)·p0`: events per request of either arm.
  public double eventRate() {
    return weight * p1 + (1 - weight) * p0;
  }

  /// `KL(Bern(π1)‖Bern(w))`, `π1 = w·p1/λ` being the canary's share of the events: nats per event.
  public double eventInformation() {
    return Divergence.bernoulli(weight * p1 / eventRate(), weight);
  }
}
