package dev.serin.signature.record;

import dev.serin.signature.text.Canonicaliser;
import dev.serin.signature.text.Characters;

import java.util.Optional;

/// What stands before the message of a plain line: time, level, thread and logger in the order of the usual libraries.
///
/// @param timestamped
///          whether it begins with a time
/// @param level
///          `UNKNOWN` where there is none
/// @param logger
///          the logger's name, or empty
/// @param messageStart
///          index of the message in the line
/// @param messageEnd
///          index behind it: what follows are fields
record PlainHeader(boolean timestamped, Level level, String logger, int messageStart, int messageEnd) {

  private static final int MAX_PARTS = 12;
  private static final int LONGEST_PART = 128;
  private static final String TIME_CHARACTERS = "-:/.,+TZ";

  static PlainHeader scan(String line) {
    return FixedHeader.scan(line).orElseGet(() -> free(line));
  }

  private static PlainHeader free(String line) {
    var scanner = new Scanner(line);
    for (int i = 0; i < MAX_PARTS && scanner.part(); i++) {
      scanner.skip(" \t");
    }
    scanner.skip(" \t-:|");
    return new PlainHeader(scanner.timestamped, scanner.level, scanner.logger, scanner.found() ? scanner.at : 0,
        line.length());
  }

  /// Whether a line with this header begins a new record.
  boolean beginsRecord() {
    return timestamped || level != Level.UNKNOWN;
  }

  private static final class Scanner {
    private final String line;
    private boolean timestamped;
    private Level level = Level.UNKNOWN;
    private String logger = "";
    private int at;

    Scanner(String line) {
      this.line = line;
      skip(" \t");
    }

    boolean found() {
      return timestamped || level != Level.UNKNOWN;
    }

    void skip(String characters) {
      while (at < line.length() && characters.indexOf(line.charAt(at)) >= 0) {
        at++;
      }
    }

    /// Moves over one part of the header, if one stands here.
    boolean part() {
      if (at >= line.length()) {
        return false;
      }
      if (line.charAt(at) == '[') {
        return bracket();
      }
      var word = wordAt(at);
      if (isTime(word)) {
        timestamped = true;
      } else if (found() && isSeparator(word)) {
        // A separator only.
      } else if (level == Level.UNKNOWN && isLevel(word)) {
        return levelWord(word);
      } else if (!isProcess(word) && !isLogger(word)) {
        return false;
      }
      at += word.length();
      return true;
    }

    private boolean bracket() {
      int close = line.indexOf(']', at, Math.min(line.length(), at + LONGEST_PART));
      if (close < 0) {
        return false;
      }
      var content = line.substring(at + 1, close).strip();
      // Serilog puts time and level into one bracket.
      var last = content.substring(content.lastIndexOf(' ') + 1);
      int space = content.indexOf(' ');
      boolean timed = isTime(space < 0 ? content : content.substring(0, space));
      var named = level == Level.UNKNOWN ? levelOf(timed ? last : content) : Optional.<Level>empty();
      if (!timed && named.isEmpty() && !found()) {
        return false;
      }
      timestamped |= timed;
      if (named.isPresent()) {
        level = named.get();
      } else if (level != Level.UNKNOWN && logger.isEmpty() && line.charAt(at - 1) == ']' && isName(content)) {
        // Envoy: [time][thread][level][logger].
        logger = content;
      }
      at = close + 1;
      return true;
    }

    private static boolean isName(String text) {
      return !text.isEmpty() && Characters.isLetter(text.charAt(0)) && Characters.isWord(text);
    }

    /// `ERROR`, `ERROR:` or, as Python writes it, `ERROR:logger:`.
    private boolean levelWord(String word) {
      int colon = word.indexOf(':');
      level = levelOf(colon < 0 ? word : word.substring(0, colon)).orElseThrow();
      if (colon < 0) {
        at += word.length();
        return true;
      }
      int second = word.indexOf(':', colon + 1);
      var name = second < 0 ? "" : word.substring(colon + 1, second);
      boolean named = second >= 0 && !Canonicaliser.isSecretName(name);
      if (named && !name.isEmpty()) {
        logger = name;
      }
      at += (named ? second : colon) + 1;
      return !named && colon + 1 == word.length();
    }

    private static boolean isLevel(String word) {
      int colon = word.indexOf(':');
      int end = colon < 0 ? word.length() : colon;
      for (int i = 0; i < end; i++) {
        if (word.charAt(i) < 'A' || word.charAt(i) > 'Z') {
          return false;
        }
      }
      return levelOf(word.substring(0, end)).isPresent();
    }

    private static Optional<Level> levelOf(String name) {
      return name.isEmpty() || Characters.isDigit(name.charAt(0)) ? Optional.empty() : Level.parse(name);
    }

    private static boolean isTime(String word) {
      // zerolog prints 2:37AM.
      if (word.isEmpty() || !Characters.isDigit(word.charAt(0))) {
        return false;
      }
      boolean half = word.endsWith("AM") || word.endsWith("PM");
      int marks = half ? 1 : 0;
      int end = half ? word.length() - 2 : word.length();
      for (int i = 0; i < end; i++) {
        char c = word.charAt(i);
        if (!Characters.isDigit(c) && TIME_CHARACTERS.indexOf(c) < 0) {
          return false;
        }
        marks += c == ':' || c == '-' || c == '/' ? 1 : 0;
      }
      return marks >= 2;
    }

    private static boolean isSeparator(String word) {
      for (int i = 0; i < word.length(); i++) {
        if ("-|:".indexOf(word.charAt(i)) < 0) {
          return false;
        }
      }
      return true;
    }

    /// The process number that Spring Boot prints before three dashes.
    private boolean isProcess(String word) {
      for (int i = 0; i < word.length(); i++) {
        if (word.charAt(i) < '0' || word.charAt(i) > '9') {
          return false;
        }
      }
      return level != Level.UNKNOWN && wordAfter(word).equals("---");
    }

    private boolean isLogger(String word) {
      boolean colon = word.endsWith(":");
      var name = colon ? word.substring(0, word.length() - 1) : word;
      // Spring Boot cuts long names at their begin: `.w.s.m.s.DefaultHandlerExceptionResolver`.
      int first = name.startsWith(".") ? 1 : 0;
      if (!found() || !logger.isEmpty() || name.length() <= first || !Characters.isLetter(name.charAt(first))
          || !name.chars().allMatch(c -> Characters.isInWord((char) c) || c == ':')) {
        return false;
      }
      var next = wordAfter(word);
      // The exception itself may follow the level.
      boolean separated = colon
          ? name.indexOf('.') > 0 && !StackTraceReader.hasTypeEnding(name) && !Canonicaliser.isSecretName(name)
          : next.equals("-") || next.equals(":");
      if (!separated || (level == Level.UNKNOWN && !next.equals("-"))) {
        return false;
      }
      logger = name;
      return true;
    }

    private String wordAfter(String word) {
      int next = at + word.length();
      while (next < line.length() && line.charAt(next) == ' ') {
        next++;
      }
      return wordAt(next);
    }

    private String wordAt(int start) {
      int end = start;
      while (end < line.length() && end - start < LONGEST_PART && line.charAt(end) > ' ') {
        end++;
      }
      return line.substring(start, end);
    }
  }
}
