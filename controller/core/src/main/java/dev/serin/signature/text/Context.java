package dev.serin.signature.text;

/// Finds what varies by the words beside it: HTTP statuses, what is [Announced], quoted strings, dates.
final class Context {

  private static final int MOST_JOINTS = 3;
  private static final int DOUBLE = 1;
  private static final int SINGLE = 1 << 1;
  private static final int BACK = 1 << 2;

  private final Tokens tokens;
  private final Announced announced;

  Context(Tokens tokens) {
    this.tokens = tokens;
    announced = new Announced(tokens);
  }

  /// @param text
  ///          the line that the tokens are stretches of, `text[from, to)`
  void apply(byte[] text, int from, int to) {
    if (tokens.mayHaveList(Tokens.STATUS_NUMBER)) {
      statuses();
    }
    if (tokens.mayHaveList(Announced.LISTS)) {
      announced.apply(text, from);
    }
    if (tokens.mayHaveRole(Roles.QUOTE)) {
      quoted(text, from, to);
    }
    if (tokens.mayHaveList(WordLists.CALENDAR)) {
      calendar();
    }
  }

  /// A status after `status`, `code`, `returned` or the version of a response stays, because it names the event. In a
  /// line that shows the request too it does not: every access record has one, and the record's own field tells it.
  private void statuses() {
    boolean request = false;
    for (int i = 0; i < tokens.size; i++) {
      request |= tokens.isIn(i, Tokens.HTTP_VERSION) && i > 1 && tokens.is(i - 1, Tokens.VARIABLE)
          && tokens.isWord(i - 2);
      if (tokens.isIn(i, Tokens.STATUS_NUMBER)) {
        int before = i - 1;
        while (before >= 0 && i - before <= MOST_JOINTS && isJoint(tokens.code(before))) {
          before--;
        }
        if (!request && tokens.isIn(before, WordLists.STATUS | Tokens.HTTP_VERSION)) {
          tokens.keep(i);
        }
      }
    }
  }

  private static boolean isJoint(int code) {
    return switch (code) {
      case ':', '=', '"', '\'', '(', '[' -> true;
      default -> false;
    };
  }

  /// Quoted strings with a word that the dictionary does not have. Values of keys are left to the next step.
  private void quoted(byte[] text, int from, int to) {
    int kept = 0;
    int size = tokens.size;
    // Where no closing quote of a kind was found there is none further on: without this, time would be quadratic.
    int closed = 0;
    for (int i = 0; i < size; i++) {
      int quote = tokens.code(i);
      int kind = kind(quote);
      tokens.move(i, kept++);
      if (kind == 0 || (closed & kind) != 0
          || isInside(text, from, tokens.start(i))) {
        continue;
      }
      int close = close(text, i, size, to);
      if (close < 0) {
        closed |= kind;
      } else if (close > i + 1 && !isValue(kept - 1)) {
        if (!isEnglish(text, i + 1, close)) {
          tokens.vary(i + 1, close - 1, kept++);
          i = close - 1;
        }
        while (i < close) {
          tokens.move(++i, kept++);
        }
      }
    }
    tokens.size = kept;
  }

  /// Whether a word goes up to the quote, as in `can't`. Backslashes before it are not that word's.
  private static boolean isInside(byte[] text, int from, int quote) {
    int before = quote - 1 - (text[quote] == '"' ? Scanner.escapes(text, from, quote) : 0);
    return before >= from && (Characters.of(text[before]) & Characters.IN_WORD) != 0;
  }

  private static int kind(int quote) {
    return switch (quote) {
      case '"' -> DOUBLE;
      case '\'' -> SINGLE;
      case '`' -> BACK;
      default -> 0;
    };
  }

  /// The token that closes the quote: the next of its kind that no word follows directly.
  private int close(byte[] text, int open, int size, int to) {
    for (int i = open + 1; i < size; i++) {
      if (tokens.code(i) == tokens.code(open)
          && (tokens.end(i) >= to || (Characters.of(text[tokens.end(i)]) & Characters.IN_WORD) == 0)) {
        return i;
      }
    }
    return -1;
  }

  /// Whether a quote opens the value of a key: any after `=`, one that is to be kept after `:`.
  private boolean isValue(int open) {
    if (tokens.is(open - 1, '=')) {
      return true;
    }
    return tokens.is(open - 1, ':') && (tokens.isIn(open - 2, WordLists.KEEP)
        || (tokens.isIn(open - 3, WordLists.KEEP) && tokens.is(open - 2, tokens.code(open))));
  }

  private boolean isEnglish(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (tokens.isWord(i) && !Dictionary.contains(text, tokens.start(i), tokens.end(i))) {
        return false;
      }
    }
    return true;
  }

  /// Names of months, weekdays and time zones beside a variable: first to the right, then to the left.
  private void calendar() {
    for (int i = 1; i < tokens.size; i++) {
      if (tokens.code(i - 1) == Tokens.VARIABLE && tokens.isIn(i, WordLists.CALENDAR)) {
        tokens.vary(i);
      }
    }
    for (int i = tokens.size - 2; i >= 0; i--) {
      if (tokens.code(i + 1) == Tokens.VARIABLE && tokens.isIn(i, WordLists.CALENDAR)) {
        tokens.vary(i);
      }
    }
  }
}
