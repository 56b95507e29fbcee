package dev.serin.signature.text;

/// Masks what the word before it announces: names of tenants, and secrets.
///
/// Not thread-safe.
final class Announced {

  static final int SECRETS = WordLists.SECRET | WordLists.CREDENTIAL;
  /// Without a word of these lists there is nothing to do.
  static final int LISTS = WordLists.TENANT | SECRETS;

  private static final byte[] NOTHING = {};
  private static final int MOST_BETWEEN = 4;
  private static final int NO_SIGN = 0;

  private final Tokens tokens;
  private byte[] text = NOTHING;
  private int from;

  Announced(Tokens tokens) {
    this.tokens = tokens;
  }

  /// @param line
  ///          the bytes that the tokens are stretches of, from `start` on
  void apply(byte[] line, int start) {
    text = line;
    from = start;
    if (tokens.mayHaveList(WordLists.TENANT)) {
      mask(WordLists.TENANT);
    }
    if (tokens.mayHaveList(SECRETS)) {
      mask(SECRETS);
    }
    text = NOTHING;
  }

  private void mask(int lists) {
    int to = 0;
    int size = tokens.size;
    for (int i = 0; i < size; i++) {
      tokens.move(i, to++);
      if (!tokens.isIn(to - 1, lists)) {
        continue;
      }
      boolean sure = lists != SECRETS || tokens.isIn(to - 1, WordLists.SECRET);
      boolean element = lists == SECRETS && tokens.is(to - 2, '<');
      // An option of a command, as `--password`, needs no sign. In quotes it is one of a list, or what the text is about.
      boolean option = lists == SECRETS && text[tokens.start(to - 1)] == '-';
      boolean listed = option && (isQuote(to - 2) || tokens.is(to - 2, '`')) && isGlued(to - 1);
      int sign = NO_SIGN;
      int value = i + 1;
      while (value < size && value <= i + MOST_BETWEEN && isBetween(value, element && value == i + 1, listed)) {
        boolean opening = sign != NO_SIGN && isQuote(value);
        sign = sign(value, sign);
        tokens.move(value++, to++);
        if (opening) {
          break;
        }
      }
      boolean assigned = lists == SECRETS && (sign != NO_SIGN || (option && !listed));
      i = value - 1;
      int end = value == size
          ? size
          : assigned ? assigned(value, sure || sign == '=') : bare(value, sure, lists);
      if (end > value) {
        tokens.vary(value, end - 1, to++);
        i = end - 1;
      }
    }
    tokens.size = to;
  }

  /// @param element
  ///          whether the word before is the name of an XML element, whose value begins behind `>`
  /// @param listed
  ///          whether it is an option in a list of arguments
  private boolean isBetween(int token, boolean element, boolean listed) {
    return switch (tokens.code(token)) {
      case '"', '\'', '`', ':', '=', '#', '(', '[' -> true;
      case '>' -> element || tokens.is(token - 1, '=');
      case ',' -> listed;
      default -> tokens.isIn(token, WordLists.BETWEEN);
    };
  }

  /// The sign that assigns: `=` also stands for `=>` and `>`, and counts more than a colon, which stands for the comma of a list.
  private int sign(int token, int before) {
    return switch (tokens.code(token)) {
      case '=', '>' -> '=';
      case ':', ',' -> before == NO_SIGN ? ':' : before;
      default -> before;
    };
  }

  /// End of a name or secret that no sign assigns; `value` if there is none. Everyday words are none.
  ///
  /// @param sure
  ///          whether one may follow without a sign
  private int bare(int value, boolean sure, int lists) {
    if (!sure || !tokens.isWord(value)) {
      return value;
    }
    if (isQuote(value - 1)) {
      int close = isPossessive(value) ? -1 : close(value);
      int end = close < 0 ? value + 1 : close;
      return isEveryday(value, end) ? value : end;
    }
    boolean scheme = lists == SECRETS && isScheme(value);
    if (isEveryday(value, scheme ? value + 2 : value + 1)) {
      return value;
    }
    return lists == SECRETS ? run(scheme ? value + 1 : value) : value + 1;
  }

  /// End of a secret behind its sign or option; `value` if there is none. A single sign is no secret: `unexpected token: <`.
  ///
  /// @param sure
  ///          whether an everyday word is a secret too; it may well be what is wrong with one: `csrf.token: missing`
  private int assigned(int value, boolean sure) {
    int close = isQuote(value - 1) ? close(value) : -1;
    int end = close >= 0 ? close : run(isScheme(value) ? value + 1 : value);
    boolean kept = !sure && !isQuote(value - 1) && end == value + 1 && isEveryday(value, end);
    for (int i = value; i < end && !kept; i++) {
      if (tokens.isWordOrVariable(i)) {
        return end;
      }
    }
    return value;
  }

  /// End of what goes on from here without a space, but in quotes, less the punctuation behind it: `sword!fish` is one.
  private int run(int value) {
    int end = value;
    for (int i = value; i < tokens.size && (i == value || isGlued(i)); i++) {
      boolean opening = isQuote(i) && (i == value || tokens.code(i - 1) == '=' || tokens.code(i - 1) == ':');
      int close = opening ? close(i + 1) : -1;
      if (close >= 0) {
        i = close;
        end = i + 1;
      } else if (!isPunctuation(i)) {
        end = i + 1;
      }
    }
    return end;
  }

  private boolean isGlued(int token) {
    return (Characters.of(text[tokens.start(token) - 1]) & Characters.SPACE) == 0;
  }

  private boolean isPunctuation(int token) {
    return switch (tokens.code(token)) {
      case '.', ',', ';', ':', ')', ']', '}', '"', '\'', '`' -> true;
      default -> false;
    };
  }

  /// Whether a scheme stands here and the secret itself behind it.
  private boolean isScheme(int value) {
    return tokens.isIn(value, WordLists.SCHEME) && !isQuote(value - 1) && value + 1 < tokens.size
        && (!isPunctuation(value + 1) || isQuote(value + 1));
  }

  private boolean isQuote(int token) {
    return tokens.is(token, '"') || tokens.is(token, '\'');
  }

  private boolean isPossessive(int value) {
    return tokens.code(value - 1) == '\'' && tokens.end(value) - tokens.start(value) == 1
        && text[tokens.start(value)] == 's';
  }

  /// The token that closes the quote opened just before `value`, or -1. One that is escaped more is inside.
  private int close(int value) {
    int quote = tokens.code(value - 1);
    int depth = Scanner.escapes(text, from, tokens.start(value - 1));
    int inside = -1;
    for (int i = value; i < tokens.size; i++) {
      if (tokens.code(i) == quote) {
        if (Scanner.escapes(text, from, tokens.start(i)) <= depth) {
          return i;
        }
        inside = inside < 0 ? i : inside;
      }
    }
    return inside;
  }

  private boolean isEveryday(int first, int end) {
    for (int i = first; i < end; i++) {
      if (tokens.isWord(i) && !Dictionary.isEveryday(text, tokens.start(i), tokens.end(i))) {
        return false;
      }
    }
    return true;
  }
}
