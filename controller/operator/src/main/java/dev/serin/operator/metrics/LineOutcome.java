package dev.serin.operator.metrics;

import java.util.Locale;

/// What became of a log line.
public enum LineOutcome {
  /// Counted in a window.
  COUNTED,
  /// Longer than a record may be; counted by its beginning.
  TRUNCATED,
  /// Arrived after its window had closed; dropped, and that pod's next window is missing.
  LATE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
