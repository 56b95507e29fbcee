package dev.serin.signature.text;

import java.util.Arrays;

/// The tokens of one line: at most 256, each a stretch of the line's bytes. Reused from line to line.
///
/// Every step reads the tokens once and writes those that stay to the front of the same arrays.
final class Tokens {

  // A token is two numbers, so that adding or moving one is two stores: its lists and code, its start and end.

  static final int MAX = 256;

  /// Code of a part that varies.
  static final int VARIABLE = 0;
  /// Code of a word. One that is a single symbol has that symbol as its code, as separators have.
  static final int WORD = 1;

  /// An HTTP status, if the words before it say so. Beside the lists of [WordLists].
  static final int STATUS_NUMBER = 1 << 16;
  /// `HTTP/1.1` and its like.
  static final int HTTP_VERSION = 1 << 17;

  /// Room for a usual line: whoever canonicalises a single one should not pay for the longest.
  private static final int FIRST = 32;
  private static final int CODE_BITS = 7;
  /// Codes are below this. The lists of a token have the other 25 bits beside its code.
  static final int CODES = 1 << CODE_BITS;
  private static final int CODE = CODES - 1;

  private int[] kinds = new int[FIRST];
  private long[] spans = new long[FIRST];
  int size;
  /// Lists and roles of all tokens together, perhaps more: steps that have nothing to do are skipped.
  private int allLists;
  private int allRoles;

  void clear() {
    size = 0;
    allLists = 0;
    allRoles = 0;
  }

  /// @param code
  ///          [#VARIABLE], [#WORD] or an ASCII symbol
  void add(int code, int lists, int from, int to) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * size);
      spans = Arrays.copyOf(spans, 2 * size);
    }
    kinds[size] = lists << CODE_BITS | code;
    spans[size] = (long) from << Integer.SIZE | to;
    allLists |= lists;
    allRoles |= Roles.of(code);
    size++;
  }

  int code(int token) {
    return kinds[token] & CODE;
  }

  /// What the token does beside others, as bits of [Roles].
  int roles(int token) {
    return Roles.of(kinds[token] & CODE);
  }

  int start(int token) {
    return (int) (spans[token] >> Integer.SIZE);
  }

  int end(int token) {
    return (int) spans[token];
  }

  boolean mayHaveList(int lists) {
    return (allLists & lists) != 0;
  }

  boolean mayHaveRole(int roles) {
    return (allRoles & roles) != 0;
  }

  /// Copies a token to the front; both places may be the same.
  void move(int from, int to) {
    kinds[to] = kinds[from];
    spans[to] = spans[from];
  }

  /// Makes the token a word that does not vary.
  void keep(int token) {
    kinds[token] = (kinds[token] & ~CODE) | WORD;
    allRoles |= Roles.WORD;
  }

  void vary(int token) {
    kinds[token] = VARIABLE;
    allRoles |= Roles.of(VARIABLE);
  }

  /// Makes one variable of the tokens `first` to `last`, at the place `to`, which is not behind them.
  void vary(int first, int last, int to) {
    spans[to] = spans[first] >> Integer.SIZE << Integer.SIZE | (spans[last] & 0xFFFF_FFFFL);
    vary(to);
  }

  boolean is(int token, int expected) {
    return token >= 0 && token < size && code(token) == expected;
  }

  boolean isIn(int token, int list) {
    return token >= 0 && token < size && (kinds[token] >> CODE_BITS & list) != 0;
  }

  /// Whether the token is a word that has not become a variable. A full stop is punctuation.
  boolean isWord(int token) {
    return (roles(token) & Roles.WORD) != 0;
  }

  boolean isWordOrVariable(int token) {
    return (roles(token) & (Roles.WORD | Roles.VARIABLE)) != 0;
  }
}
