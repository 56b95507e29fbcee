package dev.serin.operator.notify;

import java.nio.charset.StandardCharsets;

/// Makes any text fit to be an event's note: at most 1 KiB of UTF-8, one line, nothing that controls a terminal.
final class EventNote {
  /// The API server's limit for a note, in bytes.
  static final int LIMIT = 1024;
  private static final String CUT = "…";

  private EventNote() {}

  static String of(String text) {
    var plain = new StringBuilder();
    // More code points than the limit has bytes cannot fit.
    text.codePoints().limit(LIMIT + 1L).map(EventNote::shown).forEach(plain::appendCodePoint);
    if (bytes(plain) <= LIMIT) {
      return plain.toString();
    }
    while (bytes(plain) > LIMIT - bytes(CUT)) {
      plain.setLength(plain.offsetByCodePoints(plain.length(), -1));
    }
    return plain.append(CUT).toString();
  }

  private static int bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static int shown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      // Directions and invisible joins disguise text; a lone surrogate is no character.
      case Character.FORMAT, Character.SURROGATE -> '?';
      default -> point;
    };
  }
}
