package dev.serin.sandbox.api.table;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Durations as `kubectl` prints them (`HumanDuration` in k8s.io/apimachinery v0.36.3).
final class Ages {

  private Ages() {}

  /// @param timestamp
  ///          RFC 3339; anything else is `<unknown>`
  static String since(String timestamp, Instant now) {
    try {
      return of(Duration.between(Instant.parse(timestamp), now));
    } catch (DateTimeParseException _) {
      return "<unknown>";
    }
  }

  static String of(Duration age) {
    var seconds = age.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    } else if (seconds < 0) {
      return "0s";
    } else if (seconds < 120) {
      return seconds + "s";
    }
    var minutes = seconds / 60;
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    } else if (minutes < 180) {
      return minutes + "m";
    }
    var hours = minutes / 60;
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    } else if (hours < 48) {
      return hours + "h";
    }
    var days = hours / 24;
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    } else if (days < 730) {
      return days + "d";
    }
    return two(days / 365, "y", days % 365, "d");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
  }
}
