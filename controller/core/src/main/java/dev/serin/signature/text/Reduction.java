package dev.serin.signature.text;

import static dev.serin.signature.text.Tokens.VARIABLE;

/// Steps 2 to 5: drops what carries no name beside the parts that vary.
final class Reduction {

  private final Tokens tokens;

  Reduction(Tokens tokens) {
    this.tokens = tokens;
  }

  void apply() {
    keyValues();
    boolean variable = tokens.mayHaveRole(Roles.VARIABLE);
    if (variable && tokens.mayHaveList(WordLists.UNIT)) {
      units();
    }
    if (variable && tokens.mayHaveRole(Roles.SIGN_BEFORE | Roles.SIGN_AFTER)) {
      signs();
    }
    if (tokens.mayHaveRole(Roles.CLOSES)) {
      brackets();
    }
  }

  /// Step 2: the word or quoted string after `word =`, unless it is a key itself. A string without end varies to the end
  /// of the line.
  void keyValues() {
    if (!tokens.mayHaveRole(Roles.ASSIGNS)) {
      return;
    }
    int to = 0;
    int size = tokens.size;
    for (int i = 0; i < size; i++) {
      tokens.move(i, to++);
      boolean assigned = to > 1 && tokens.code(to - 1) == '=' && i + 1 < size && tokens.isWordOrVariable(to - 2)
          && !tokens.isIn(to - 2, WordLists.KEEP);
      if (assigned) {
        int end = valueEnd(i + 1, size);
        if (end > i + 1) {
          tokens.vary(i + 1, end - 1, to++);
          i = end - 1;
        }
      }
    }
    tokens.size = to;
  }

  private int valueEnd(int value, int size) {
    int first = tokens.code(value);
    if (first == '"' || first == '\'') {
      for (int i = value + 1; i < size; i++) {
        if (tokens.code(i) == first) {
          return i + 1;
        }
      }
      return size;
    }
    boolean key = value + 1 < size && tokens.code(value + 1) == '=';
    return tokens.isWordOrVariable(value) && !key && !tokens.isIn(value, Tokens.STATUS_NUMBER) ? value + 1 : value;
  }

  /// Step 3: units right after a variable.
  private void units() {
    int to = 0;
    for (int i = 0; i < tokens.size; i++) {
      if (to == 0 || tokens.code(to - 1) != VARIABLE || !tokens.isIn(i, WordLists.UNIT)) {
        tokens.move(i, to++);
      }
    }
    tokens.size = to;
  }

  /// Step 4: signs that stand alone before or after a variable.
  private void signs() {
    int to = 0;
    int size = tokens.size;
    int before = 0;
    for (int i = 0; i < size; i++) {
      int roles = tokens.roles(i);
      if ((before & Roles.VARIABLE) != 0 && (roles & Roles.SIGN_AFTER) != 0) {
        continue;
      }
      if ((roles & Roles.VARIABLE) != 0 && (before & Roles.SIGN_BEFORE) != 0 && !closesBracket(i + 1, size)) {
        while (to > 0 && (tokens.roles(to - 1) & Roles.SIGN_BEFORE) != 0) {
          to--;
        }
      }
      tokens.move(i, to++);
      before = roles;
    }
    tokens.size = to;
  }

  /// Whether `>` ends a bracket here, so that the `<` before it is not a sign.
  private boolean closesBracket(int start, int size) {
    int i = start;
    while (i < size && (tokens.roles(i) & Roles.FILLS) != 0) {
      i++;
    }
    return i < size && tokens.code(i) == '>';
  }

  /// Step 5: brackets that hold nothing, or only variables and punctuation, so that a missing value and a given one agree.
  private void brackets() {
    int to = 0;
    for (int i = 0; i < tokens.size; i++) {
      if ((tokens.roles(i) & Roles.CLOSES) != 0) {
        int open = to - 1;
        while (open >= 0 && (tokens.roles(open) & Roles.FILLS) != 0) {
          open--;
        }
        if (open >= 0 && tokens.code(open) == opening(tokens.code(i))) {
          to = open;
          continue;
        }
      }
      tokens.move(i, to++);
    }
    tokens.size = to;
  }

  private static int opening(int closing) {
    return switch (closing) {
      case ')' -> '(';
      case ']' -> '[';
      case '}' -> '{';
      default -> '<';
    };
  }
}
