package dev.serin.signature.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lines as container runtimes store them on a node: JSON of Docker, or the layout of the Container Runtime Interface
/// (`2026-11-24T10:00:00.123Z stderr F message`). `kubectl logs` shows what is in them.
public final class RuntimeLine {

  /// Docker cuts longer lines. A shorter one without an end of line lost it to a program that passed it on.
  private static final int DOCKER_PIECE = 16_384;
  private static final int SHORTEST_TIME = 20;
  private static final int LONGEST_TIME = 35;
  private static final int SECONDS_END = 19;
  private static final Set<String> DOCKER_KEYS = Set.of("log", "stream", "time");

  private RuntimeLine() {}

  /// The line in it, or the text itself, at 1970, where it is no line of a runtime.
  public static LogLine read(String text) {
    return (text.startsWith("{") ? docker(text) : cri(text)).orElseGet(() -> new LogLine(Instant.EPOCH, text));
  }

  private static Optional<LogLine> docker(String text) {
    if (!text.contains("\"stream\"")) {
      return Optional.empty();
    }
    return Fields.json(text).filter(fields -> fields.containsAll(DOCKER_KEYS)).flatMap(fields -> {
      var line = fields.first(List.of("log")).orElse("");
      boolean ended = line.endsWith("\n");
      boolean partial = !ended && line.length() >= DOCKER_PIECE;
      return time(fields.first(List.of("time")).orElse("")).map(
          time -> new LogLine(time, ended ? line.substring(0, line.length() - 1) : line, partial, false));
    });
  }

  private static Optional<LogLine> cri(String text) {
    int stream = text.indexOf(' ') + 1;
    int tag = stream + "stdout ".length();
    if (stream <= SHORTEST_TIME || stream > LONGEST_TIME + 1
        || !(text.startsWith("stdout ", stream) || text.startsWith("stderr ", stream))) {
      return Optional.empty();
    }
    boolean partial = text.startsWith("P ", tag);
    return partial || text.startsWith("F ", tag)
        ? time(text.substring(0, stream - 1)).map(time -> new LogLine(time, text.substring(tag + 2), partial, false))
        : Optional.empty();
  }

  /// `2026-11-24T10:00:00.123456789Z`, as runtimes write it: the general reader takes most of the time of a line.
  private static Optional<Instant> usualTime(String text) {
    int end = text.length() - 1;
    if (text.charAt(end) != 'Z' || text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(13) != ':'
        || text.charAt(16) != ':' || (end > SECONDS_END && text.charAt(SECONDS_END) != '.')
        || end == SECONDS_END + 1 || end > SECONDS_END + 10) {
      return Optional.empty();
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, SECONDS_END);
    int fraction = end > SECONDS_END ? number(text, SECONDS_END + 1, end) : 0;
    if ((year | month | day | hour | minute | second | fraction) < 0 || hour > 23 || minute > 59 || second > 59) {
      return Optional.empty();
    }
    for (int digits = end - SECONDS_END - 1; digits > 0 && digits < 9; digits++) {
      fraction *= 10;
    }
    long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second;
    return Optional.of(Instant.ofEpochSecond(seconds, fraction));
  }

  /// The number there, or -1.
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  private static Optional<Instant> time(String text) {
    if (text.length() < SHORTEST_TIME || text.length() > LONGEST_TIME || text.charAt(10) != 'T') {
      return Optional.empty();
    }
    try {
      var usual = usualTime(text);
      return Optional.of(usual.isPresent() ? usual.get() : Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
