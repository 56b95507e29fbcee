package dev.serin.operator.metrics;

import java.util.Locale;

/// What became of an event that the loop reported.
public enum EventOutcome {
  /// Accepted by the API server.
  WRITTEN,
  /// Equal to one of the last ten minutes, so not written again.
  MERGED,
  /// Above the object's budget.
  LIMITED,
  /// Refused, unreachable, or more than the outbox holds.
  FAILED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
