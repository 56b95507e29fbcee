package dev.serin.api.v1alpha1;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Kubernetes writes them: `90s`, `2m`, `1h30m`.
public final class DurationText {

  private static final int MAX_LENGTH = 16;
  private static final Pattern WHOLE = Pattern.compile("([0-9]{1,5}[hms])+");
  private static final Pattern PART = Pattern.compile("([0-9]{1,5})([hms])");

  private DurationText() {}

  /// Reads hours, minutes and seconds in any order.
  ///
  /// @throws IllegalArgumentException
  ///           when the text is not a duration in whole seconds, or longer than 16 characters
  public static Duration parse(String text) {
    if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a duration such as 90s, 2m or 1h30m");
    }
    Duration total = Duration.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      long amount = Long.parseLong(parts.group(1));
      total = total.plus(switch (parts.group(2)) {
        case "h" -> Duration.ofHours(amount);
        case "m" -> Duration.ofMinutes(amount);
        default -> Duration.ofSeconds(amount);
      });
    }
    return total;
  }

  /// The shortest text of a duration, with fractions of a second dropped: `1h30m`, `0s`.
  ///
  /// @throws IllegalArgumentException
  ///           when the duration is negative or 100,000 hours and longer
  public static String format(Duration duration) {
    if (duration.isNegative() || duration.toHours() > 99_999) {
      throw new IllegalArgumentException("duration must be 0s..99999h, was " + duration);
    }
    var text = new StringBuilder();
    append(text, duration.toHours(), 'h');
    append(text, duration.toMinutesPart(), 'm');
    append(text, duration.toSecondsPart(), 's');
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, char unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }
}
