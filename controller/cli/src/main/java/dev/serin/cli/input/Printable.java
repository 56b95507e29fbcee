package dev.serin.cli.input;

import java.util.stream.Collectors;

/// Text out of a log or another input as a terminal may show it. Whoever can make an application log could otherwise send escape
/// sequences, or turn the order of what a person reads.
public final class Printable {

  private static final int REPLACEMENT = 0xFFFD;

  private Printable() {}

  /// The text with U+FFFD for every control character, invisible mark and half of a character.
  public static String text(String text) {
    return text.codePoints().map(c -> isSafe(c) ? c : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
  }

  /// The same, with its line breaks.
  public static String lines(String text) {
    return text.lines().map(Printable::text).collect(Collectors.joining("\n"));
  }

  private static boolean isSafe(int c) {
    if (c >= ' ' && c < 0x7F) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
        false;
      default -> true;
    };
  }
}
