package dev.serin.signature.text;

/// Finds what varies by the words beside it: HTTP statuses, names of tenants, secrets, quoted strings, dates.
final class Context {

  private static final int MOST_BETWEEN = 4;
  private static final int MOST_JOINTS = 3;
  private static final int SECRETS = WordLists.SECRET | WordLists.CREDENTIAL;
  private static final int DOUBLE = 1;
  private static final int SINGLE = 1 << 1;
  private static final int BACK = 1 << 2;

  private final Tokens tokens;

  Context(Tokens tokens) {
    this.tokens = tokens;
  }

  /// @param text
  ///          the line that the tokens are stretches of, `text[from, to)`
  void apply(byte[] text, int from, int to) {
    if ((tokens.allLists & Tokens.STATUS_NUMBER) != 0) {
      statuses();
    }
    if ((tokens.allLists & WordLists.TENANT) != 0) {
      named(text, WordLists.TENANT);
    }
    if ((tokens.allLists & SECRETS) != 0) {
      named(text, SECRETS);
    }
    quoted(text, from, to);
    if ((tokens.allLists & WordLists.CALENDAR) != 0) {
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
        while (before >= 0 && i - before <= MOST_JOINTS && isJoint(tokens.code[before])) {
          before--;
        }
        if (!request && tokens.isIn(before, WordLists.STATUS | Tokens.HTTP_VERSION)) {
          tokens.code[i] = Tokens.WORD;
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

  /// The word or quoted string after a word of the lists, unless its words are everyday ones. A secret after a colon or
  /// equals sign is one whatever its words and signs are, and what only names a credential's header needs that sign.
  private void named(byte[] text, int lists) {
    int to = 0;
    int size = tokens.size;
    for (int i = 0; i < size; i++) {
      tokens.move(i, to++);
      if (!tokens.isIn(to - 1, lists)) {
        continue;
      }
      boolean bare = lists != SECRETS || tokens.isIn(to - 1, WordLists.SECRET);
      boolean assigned = false;
      int value = i + 1;
      while (value < size && value <= i + MOST_BETWEEN && isBetween(value)) {
        assigned |= tokens.code[value] == ':' || tokens.code[value] == '=';
        tokens.move(value++, to++);
      }
      i = value - 1;
      int end = assigned && lists == SECRETS ? secretEnd(value) : bareEnd(text, value, bare, lists);
      if (end > value) {
        tokens.vary(value, end - 1, to++);
        i = end - 1;
      }
    }
    tokens.size = to;
  }

  /// End of a name or secret that no sign assigns; `value` if there is none.
  private int bareEnd(byte[] text, int value, boolean bare, int lists) {
    if (!bare || value >= tokens.size || !tokens.isWord(value)) {
      return value;
    }
    int end = lists == SECRETS && isScheme(value) ? value + 2 : nameEnd(text, value);
    return isEveryday(text, value, end) ? value : end;
  }

  /// End of a secret behind its sign; `value` if there is none. Without quotes it reaches to the next space, or to what
  /// ends a list: `sword!fish` is one. A single sign is no secret: `unexpected token: <`.
  private int secretEnd(int value) {
    if (value >= tokens.size) {
      return value;
    }
    int close = quoteEnd(value);
    int end = close >= 0 ? close : gluedEnd(isScheme(value) ? value + 1 : value);
    for (int i = value; i < end; i++) {
      if (tokens.isWordOrVariable(i)) {
        return end;
      }
    }
    return value;
  }

  private int gluedEnd(int value) {
    int end = value;
    while (end < tokens.size && !isListEnd(tokens.code[end])
        && (end == value || tokens.start[end] == tokens.end[end - 1])) {
      end++;
    }
    return end;
  }

  private static boolean isListEnd(int code) {
    return switch (code) {
      case ',', ';', ')', ']', '}', '"', '\'', '`' -> true;
      default -> false;
    };
  }

  /// Whether a scheme stands here and the secret itself behind it.
  private boolean isScheme(int value) {
    return tokens.isIn(value, WordLists.SCHEME) && !isQuote(tokens.code[value - 1]) && value + 1 < tokens.size
        && tokens.isWordOrVariable(value + 1);
  }

  private boolean isBetween(int token) {
    return switch (tokens.code[token]) {
      case '"', '\'', '`', ':', '=', '#', '(', '[' -> true;
      default -> tokens.isIn(token, WordLists.BETWEEN);
    };
  }

  private int nameEnd(byte[] text, int value) {
    boolean possessive = tokens.code[value - 1] == '\'' && tokens.end[value] - tokens.start[value] == 1
        && text[tokens.start[value]] == 's';
    int close = possessive ? -1 : quoteEnd(value);
    return close >= 0 ? close : value + 1;
  }

  /// The token that closes the quote opened just before `value`, or -1.
  private int quoteEnd(int value) {
    int quote = tokens.code[value - 1];
    if (isQuote(quote)) {
      for (int i = value; i < tokens.size; i++) {
        if (tokens.code[i] == quote) {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean isQuote(int code) {
    return code == '"' || code == '\'';
  }

  private boolean isEveryday(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (tokens.isWord(i) && !Dictionary.isEveryday(text, tokens.start[i], tokens.end[i])) {
        return false;
      }
    }
    return true;
  }

  /// Quoted strings with a word that the dictionary does not have. Values of keys are left to the next step.
  private void quoted(byte[] text, int from, int to) {
    int first = 0;
    while (first < tokens.size && kind(tokens.code[first]) == 0) {
      first++;
    }
    int kept = first;
    int size = tokens.size;
    // Where no closing quote of a kind was found there is none further on: without this, time would be quadratic.
    int closed = 0;
    for (int i = first; i < size; i++) {
      int quote = tokens.code[i];
      int kind = kind(quote);
      tokens.move(i, kept++);
      if (kind == 0 || (closed & kind) != 0
          || isInside(text, from, tokens.start[i])) {
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
    int before = quote - 1;
    while (text[quote] == '"' && before >= from && text[before] == '\\') {
      before--;
    }
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
      if (tokens.code[i] == tokens.code[open]
          && (tokens.end[i] >= to || (Characters.of(text[tokens.end[i]]) & Characters.IN_WORD) == 0)) {
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
        || (tokens.isIn(open - 3, WordLists.KEEP) && tokens.is(open - 2, tokens.code[open])));
  }

  private boolean isEnglish(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (tokens.isWord(i) && !Dictionary.contains(text, tokens.start[i], tokens.end[i])) {
        return false;
      }
    }
    return true;
  }

  /// Names of months, weekdays and time zones beside a variable: first to the right, then to the left.
  private void calendar() {
    for (int i = 1; i < tokens.size; i++) {
      if (tokens.code[i - 1] == Tokens.VARIABLE && tokens.isIn(i, WordLists.CALENDAR)) {
        tokens.vary(i);
      }
    }
    for (int i = tokens.size - 2; i >= 0; i--) {
      if (tokens.code[i + 1] == Tokens.VARIABLE && tokens.isIn(i, WordLists.CALENDAR)) {
        tokens.vary(i);
      }
    }
  }
}
