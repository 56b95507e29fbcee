package dev.serin.operator.metrics;

import java.util.Locale;

/// Why a signature is counted.
public enum SignatureClass {
  /// Named in the Rollout.
  DECLARED,
  /// Seen on stable before the canary started.
  KNOWN,
  /// Never seen before.
  NOVEL,
  /// Stands for those beyond the cap.
  FOLDED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
