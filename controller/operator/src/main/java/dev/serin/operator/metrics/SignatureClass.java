package dev.serin.operator.metrics;

import dev.serin.judge.Evidence;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the judge knew of a signature before the canary started.
public enum SignatureClass {
  /// Named in the Rollout, or seen on stable.
  KNOWN,
  /// Never seen before.
  NOVEL,
  /// One for a Rollout with more signatures than are judged apart: it stands for all the others.
  FOLDED;

  /// The signatures that the evidence of one Rollout tells apart, by class. The sum of all errors is none of them.
  public static Map<SignatureClass, Integer> counts(List<Evidence.SignatureEvidence> evidence) {
    Map<SignatureClass, Integer> counts = new EnumMap<>(SignatureClass.class);
    for (var signature : evidence) {
      var observed = signature.observed();
      if (observed.signature().equals(Evidence.OTHER)) {
        // Judged from the first window on, whether there are such signatures or not.
        if (observed.canaryEvents() + observed.baselineEvents() > 0) {
          counts.put(FOLDED, 1);
        }
      } else if (!observed.signature().equals(Evidence.TOTAL_ERRORS)) {
        counts.merge(signature.novel() ? NOVEL : KNOWN, 1, Integer::sum);
      }
    }
    return counts;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
