package dev.serin.stats.bound;

/// Lower bounds on what a verdict costs, for every test that holds the error promise.
///
/// *Theorem* (Wald's identity with the data-processing inequality; cf. Farrell, Ann. Math. Stat. 35(1) 1964). A test
/// that rolls a good canary back with probability at most α, ever, and a bad one certainly, needs at least
/// `ln(1/α)/I` requests on average, I being the information of one request. If it may miss with probability β, at least
/// `[(1−β)ln((1−β)/α) + β·ln(β/(1−α))]/I`.
///
/// A judge pays more for what it does not know: `ln(1/γ)` for a hypothesis with the share γ of alpha and `ln(1/v)` for a
/// start whose window has the prior v. Assumed: independent requests at constant rates. Not a bound on the median, which
/// may lie below a mean; nor on lucky runs.
public final class DetectionBound {

  private DetectionBound() {}

  /// Evidence that a test without misses must gather on average.
  ///
  /// @param alpha
  ///          probability of a false verdict, above 0 and below 1
  /// @return `ln(1/α)`
  public static double nats(double alpha) {
    return -StrictMath.log(open("alpha", alpha));
  }

  /// The same for a test that may miss.
  ///
  /// @param alpha
  ///          probability of a false verdict, above 0 and below 1
  /// @param miss
  ///          `β`, probability of no verdict on a bad canary, above 0 and below 1 − α
  public static double nats(double alpha, double miss) {
    if (!(open("miss", miss) < 1 - open("alpha", alpha))) {
      throw new IllegalArgumentException("miss must be below 1 - alpha, was " + miss + " with alpha " + alpha);
    }
    return (1 - miss) * StrictMath.log((1 - miss) / alpha) + miss * StrictMath.log(miss / (1 - alpha));
  }

  /// What a hypothesis must gather in addition because it has only a share of alpha, or of the starts.
  ///
  /// @param share
  ///          γ, or v, above 0, at most 1
  /// @return `ln(1/share)`
  public static double natsOfShare(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be above 0 and at most 1, was " + share);
    }
    return -StrictMath.log(share);
  }

  /// Requests of both arms until the evidence is there, on average.
  ///
  /// @param nats
  ///          at least 0
  public static double requests(Contrast contrast, double nats) {
    return least(nats) / contrast.information();
  }

  /// Requests of the canary until the evidence is there, on average.
  ///
  /// @param nats
  ///          at least 0
  public static double canaryRequests(Contrast contrast, double nats) {
    return contrast.weight() * requests(contrast, nats);
  }

  /// Requests of the canary if the baseline's rate were known: what is left when the weight goes to 0.
  ///
  /// @param p0
  ///          known rate, above 0 and below p1
  /// @param p1
  ///          rate of the canary, at most 1
  /// @param nats
  ///          at least 0
  public static double canaryRequestsForKnownRate(double p0, double p1, double nats) {
    if (!(p0 > 0 && p0 < p1)) {
      throw new IllegalArgumentException("needs 0 < p0 < p1, was " + p0 + " and " + p1);
    }
    return least(nats) / Divergence.bernoulli(p1, p0);
  }

  /// Events of a signature that stable never shows until the evidence is there: each brings ln(1/w), as if the baseline
  /// was known to have none.
  ///
  /// @param weight
  ///          the canary's share of requests, above 0 and below 1
  /// @param nats
  ///          at least 0
  public static long novelEvents(double weight, double nats) {
    // The quotient of two logarithms may exceed a whole number by its rounding error.
    return (long) Math.ceil(least(nats) / -StrictMath.log(open("weight", weight)) * (1 - 1e-12));
  }

  /// Windows until the evidence is there if nothing is assumed inside a window, so that one with any event counts like
  /// one event.
  ///
  /// @param nats
  ///          at least 0
  public static double windows(Contrast contrast, double nats) {
    return least(nats) / contrast.eventInformation();
  }

  /// Requests of a canary as good as stable until its ratio is known to be below a margin, on average:
  /// `w·nats / (λ·KL(Bern(w)‖Bern(π)))`, `λ = p`, `π = ρw/(ρw + 1 − w)`.
  ///
  /// @param weight
  ///          the canary's share of requests, above 0 and below 1
  /// @param rate
  ///          events per request of either arm, above 0, at most 1; small, since only the events are looked at
  /// @param margin
  ///          ρ_NI, above 1
  /// @param nats
  ///          ln(1/β), at least 0
  public static double canaryRequestsToAdvance(double weight, double rate, double margin, double nats) {
    if (!(margin > 1 && rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException("needs margin > 1 and 0 < rate <= 1, was " + margin + " and " + rate);
    }
    double share = margin * open("weight", weight) / (margin * weight + 1 - weight);
    return weight * least(nats) / (rate * Divergence.bernoulli(weight, share));
  }

  private static double open(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be above 0 and below 1, was " + value);
    }
    return value;
  }

  private static double least(double nats) {
    if (!(nats >= 0)) {
      throw new IllegalArgumentException("nats must be at least 0, were " + nats);
    }
    return nats;
  }
}
