package dev.serin.signature.record;

import java.util.Locale;
import java.util.Optional;

/// Severity of a record, in rising order; a record that names none is `UNKNOWN`.
public enum Level {
  UNKNOWN, TRACE, DEBUG, INFO, WARN, ERROR, FATAL;

  private static final int LONGEST = 13;

  public boolean atLeast(Level other) {
    return compareTo(other) >= 0;
  }

  /// Reads the level names of the usual logging libraries, and the numbers of Bunyan and Pino (10 to 60).
  static Optional<Level> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "trace", "trc", "finest", "finer", "10" -> Optional.of(TRACE);
      case "debug", "dbg", "fine", "verbose", "20" -> Optional.of(DEBUG);
      case "info", "inf", "information", "informational", "notice", "config", "30" -> Optional.of(INFO);
      case "warn", "warning", "wrn", "40" -> Optional.of(WARN);
      case "error", "err", "severe", "50" -> Optional.of(ERROR);
      case "fatal", "ftl", "pnc", "dpanic", "critical", "crit", "alert", "emerg", "emergency", "panic", "60" ->
        Optional.of(FATAL);
      default -> Optional.empty();
    };
  }
}
