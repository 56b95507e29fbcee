package dev.serin.signature.record;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The first of the two lines that `java.util.logging` prints: `Nov 26, 2026 2:37:54 AM shop.Api get`, then
/// `SEVERE: message`.
final class JulHeader {

  private static final Pattern LINE = Pattern.compile(
      "[A-Z][a-z]{2,8}+ [0-9]{1,2}+, [0-9]{4}(?:,| at)?+ [0-9]{1,2}+:[0-9]{2}:[0-9]{2}[ \\u202f][AP]M "
          + "([\\w.$]{1,200}+)(?: \\S{1,200}+)?+");

  private JulHeader() {}

  static boolean matches(String line) {
    return line.length() > 20 && Character.isUpperCase(line.charAt(0)) && LINE.matcher(line).matches();
  }

  /// The class that logged these lines, if a second one follows the first.
  static Optional<String> loggerOf(List<String> lines) {
    if (lines.size() == 1 || !matches(lines.getFirst())) {
      return Optional.empty();
    }
    var line = LINE.matcher(lines.getFirst());
    return line.matches() ? Optional.of(line.group(1)) : Optional.empty();
  }
}
