package dev.serin.operator.metrics;

import java.util.Locale;

/// What became of a line of a followed log.
public enum LineOutcome {
  /// It arrived, whatever became of it then.
  READ,
  /// Of these: longer than a record may be; counted by its beginning.
  TRUNCATED,
  /// Of these: arrived after its window had closed; dropped, and that pod's next window is missing.
  LATE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
