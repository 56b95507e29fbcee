package dev.serin.plan;

import dev.serin.stats.AlphaShares;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a service does while nothing is wrong.
///
/// @param requestsPerMinute
///          of both arms together, above 0, at most a billion
/// @param errorRate
///          total errors per request, 0..1
/// @param signatures
///          events per request of the signatures known on stable, each above 0, at most 1; may be empty
/// @param stablePods
///          pods that share the baseline's requests, at least 1
public record Service(double requestsPerMinute, double errorRate, SortedMap<String, Double> signatures,
    int stablePods) {

  private static final String TOTAL = "total errors";
  private static final double MOST_REQUESTS = 1e9;

  public Service {
    if (!(requestsPerMinute > 0 && requestsPerMinute <= MOST_REQUESTS)) {
      throw new IllegalArgumentException(
          "requests per minute must be above 0 and at most a billion, were " + requestsPerMinute);
    }
    if (!(errorRate >= 0 && errorRate <= 1)) {
      throw new IllegalArgumentException("error rate must be 0..1, was " + errorRate);
    }
    if (stablePods < 1) {
      throw new IllegalArgumentException("stable pods must be at least 1, were " + stablePods);
    }
    signatures = Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
    signatures.forEach((name, rate) -> {
      if (!(rate > 0 && rate <= 1)) {
        throw new IllegalArgumentException("rate of " + name + " must be above 0 and at most 1, was " + rate);
      }
    });
  }

  /// All errors together, `times` as frequent as usual.
  ///
  /// @param times
  ///          above 1
  public Fault total(double times) {
    return new Fault(TOTAL, errorRate, Math.min(1, errorRate * times), AlphaShares.TOTAL);
  }

  /// All errors together, at this rate on the canary.
  public Fault totalAt(double rate) {
    return new Fault(TOTAL, errorRate, rate, AlphaShares.TOTAL);
  }

  /// One known signature, `times` as frequent as usual.
  ///
  /// @param name
  ///          one of [#signatures]
  /// @param times
  ///          above 1
  public Fault signature(String name, double times) {
    Double usual = signatures.get(name);
    if (usual == null) {
      throw new IllegalArgumentException("no rate of " + name + " is known");
    }
    return new Fault(name, usual, Math.min(1, usual * times), AlphaShares.KNOWN / signatures.size());
  }

  /// A signature that stable does not show.
  ///
  /// @param rate
  ///          events per request on the canary, above 0
  public Fault novel(double rate) {
    return new Fault("a signature never seen", 0, rate, AlphaShares.FIRST_NOVEL);
  }
}
