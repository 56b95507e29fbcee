package dev.serin.plan;

import java.time.Duration;

/// Times for people: two units at most, such as `40s`, `1m40s`, `2h10m`, `3d4h`.
public final class Times {

  private Times() {}

  /// The text of a time of at least 0; fractions of a second are dropped.
  public static String text(Duration time) {
    if (time.toDays() > 0) {
      return two(time.toDays(), "d", time.toHoursPart(), "h");
    }
    if (time.toHours() > 0) {
      return two(time.toHours(), "h", time.toMinutesPart(), "m");
    }
    return time.toMinutes() > 0
        ? two(time.toMinutes(), "m", time.toSecondsPart(), "s")
        : time.toSeconds() + "s";
  }

  private static String two(long large, String unit, int small, String smallUnit) {
    return large + unit + (small == 0 ? "" : small + smallUnit);
  }
}
