package dev.serin.signature.text;

/// What a token does beside others, by its code alone, as bits.
final class Roles {

  static final int VARIABLE = 1;
  /// A word that does not vary, or a symbol that can be a part of one; a full stop is punctuation.
  static final int WORD = 1 << 1;
  static final int ASSIGNS = 1 << 2;
  static final int QUOTE = 1 << 3;
  static final int CLOSES = 1 << 4;
  /// Is dropped before a variable.
  static final int SIGN_BEFORE = 1 << 5;
  /// Is dropped behind a variable.
  static final int SIGN_AFTER = 1 << 6;
  /// Counts as nothing between brackets.
  static final int FILLS = 1 << 7;
  /// Joins two variables.
  static final int JOINS = 1 << 8;
  /// Is dropped at the end of a template.
  static final int STOPS = 1 << 9;

  private static final int[] OF = roles();

  private Roles() {}

  /// The roles of a token.
  ///
  /// @param code
  ///          0..127
  static int of(int code) {
    return OF[code];
  }

  private static int[] roles() {
    int[] roles = new int[Tokens.CODES];
    roles[Tokens.VARIABLE] = VARIABLE | FILLS;
    roles[Tokens.WORD] = WORD;
    for (int code = Tokens.WORD + 1; code < roles.length; code++) {
      roles[code] = code != '.' && (Characters.of((byte) code) & Characters.SYMBOL) != 0 ? WORD : 0;
    }
    play(roles, ASSIGNS, "=");
    play(roles, QUOTE, "\"'`");
    play(roles, CLOSES, ")]}>");
    play(roles, SIGN_BEFORE, "<>#|-+~@");
    play(roles, SIGN_AFTER, "#|%-+");
    play(roles, FILLS, ",:;|-./");
    play(roles, JOINS, ",:/#|-.");
    play(roles, STOPS, ".,;:");
    return roles;
  }

  private static void play(int[] roles, int role, String symbols) {
    symbols.chars().forEach(symbol -> roles[symbol] |= role);
  }
}
