package dev.serin.operator.metrics;

import java.util.Map;

/// What one look at a Rollout showed.
///
/// @param state the machine's state, a CamelCase constant such as `Stepping`
/// @param judged whether a candidate is under judgement, which gives the Rollout series of its own
/// @param weight share of traffic approved for the canary, 0..1
/// @param signatures number of signatures under test, see [SignatureClass#counts]
public record RolloutSample(String state, boolean judged, double weight, Map<SignatureClass, Integer> signatures) {
  public RolloutSample {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("weight must be 0..1, was " + weight);
    }
    signatures = Map.copyOf(signatures);
  }

  /// A Rollout with no candidate under judgement.
  public static RolloutSample idle(String state) {
    return new RolloutSample(state, false, 0, Map.of());
  }
}
