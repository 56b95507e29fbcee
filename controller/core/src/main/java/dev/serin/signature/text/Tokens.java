package dev.serin.signature.text;

import java.util.Arrays;

/// The tokens of one line: at most 256, each a stretch of the line's bytes. Reused from line to line.
///
/// Every step reads the tokens once and writes those that stay to the front of the same arrays.
final class Tokens {

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

  int[] code = new int[FIRST];
  int[] lists = new int[FIRST];
  int[] start = new int[FIRST];
  int[] end = new int[FIRST];
  int size;
  /// Lists of all tokens together: steps that have nothing to do are skipped.
  int allLists;

  void clear() {
    size = 0;
    allLists = 0;
  }

  void add(int newCode, int newLists, int from, int to) {
    if (size == code.length) {
      grow();
    }
    code[size] = newCode;
    lists[size] = newLists;
    start[size] = from;
    end[size] = to;
    allLists |= newLists;
    size++;
  }

  private void grow() {
    code = Arrays.copyOf(code, 2 * size);
    lists = Arrays.copyOf(lists, 2 * size);
    start = Arrays.copyOf(start, 2 * size);
    end = Arrays.copyOf(end, 2 * size);
  }

  /// Copies a token to the front; both places may be the same.
  void move(int from, int to) {
    if (from == to) {
      return;
    }
    code[to] = code[from];
    lists[to] = lists[from];
    start[to] = start[from];
    end[to] = end[from];
  }

  void vary(int token) {
    code[token] = VARIABLE;
    lists[token] = 0;
  }

  /// Makes one variable of the tokens `first` to `last`, at the place `to`, which is not behind them.
  void vary(int first, int last, int to) {
    int from = start[first];
    end[to] = end[last];
    start[to] = from;
    vary(to);
  }

  boolean is(int token, int expected) {
    return token >= 0 && token < size && code[token] == expected;
  }

  boolean isIn(int token, int list) {
    return token >= 0 && token < size && (lists[token] & list) != 0;
  }

  /// Whether the token is a word that has not become a variable. A full stop is punctuation.
  boolean isWord(int token) {
    return code[token] == WORD || isSymbol(token);
  }

  boolean isWordOrVariable(int token) {
    return code[token] <= WORD || isSymbol(token);
  }

  private boolean isSymbol(int token) {
    return code[token] != '.' && (Characters.of((byte) code[token]) & Characters.SYMBOL) != 0;
  }
}
