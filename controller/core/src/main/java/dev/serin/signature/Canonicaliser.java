package dev.serin.signature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// Masks what varies between two occurrences of the same event: `Community 8842 not found` becomes
/// `Community <*> not found`.
///
/// A pure function without state. Result: the first 256 tokens, single spaces between them, `<*>` for what varies.
/// Canonical texts are their own canonical form. Time is linear in the text.
public final class Canonicaliser {

  // The steps run in order, again and again until none changes anything: a vanished bracket may leave two variables side
  // by side. Each round that changes something has fewer tokens or more variables, and there are at most 256 tokens.

  /// What a variable part looks like in a template.
  public static final String VARIABLE = "<*>";

  private static final Set<String> SIGNS_BEFORE = Set.of("<", ">", "#", "|", "-", "+", "~", "@");
  private static final Set<String> SIGNS_AFTER = Set.of("#", "|", "%", "-", "+");
  private static final Set<String> BRACKETED = Set.of(VARIABLE, ",", ":", ";", "|", "-", ".", "/");
  private static final Set<String> RUN_JOINTS = Set.of(",", ":", "/", "#", "|", "-", ".");
  private static final int MOST_BETWEEN = 4;
  private static final Set<String> QUOTES = Set.of("\"", "'");
  private static final String OPENING = "([{<";
  private static final String CLOSING = ")]}>";
  private static final String END = ".,;:";

  private Canonicaliser() {}

  public static String canonicalise(String text) {
    return canonicalise((CharSequence) text);
  }

  /// Reads the text through its interface, so that a test can count the reads.
  static String canonicalise(CharSequence text) {
    var tokens = TokenScanner.scan(text);
    List<String> before;
    do {
      before = tokens;
      tokens = round(tokens);
    } while (!tokens.equals(before));
    return String.join(" ", tokens);
  }

  private static List<String> round(List<String> scanned) {
    var tokens = tenants(domains(scanned));
    calendar(tokens);
    tokens = keyValues(tokens);
    tokens = unitsAndSigns(tokens);
    tokens = brackets(tokens);
    tokens = runs(tokens);
    return end(tokens);
  }

  /// Step 1: names of hosts. A following bracket makes it a call.
  private static List<String> domains(List<String> scanned) {
    var tokens = new ArrayList<>(scanned);
    for (int i = 0; i < tokens.size(); i++) {
      if (Vocabulary.isHostName(tokens.get(i)) && !is(tokens, i + 1, "(")) {
        tokens.set(i, VARIABLE);
      }
    }
    return tokens;
  }

  /// Step 1: names of tenants, the word after `tenant`, `community` and the like, unless it is an ordinary one:
  /// `Community acme not found` is masked, `Community not found` keeps its words.
  private static List<String> tenants(List<String> tokens) {
    List<String> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      result.add(tokens.get(i));
      if (Vocabulary.isTenantWord(tokens.get(i))) {
        int value = i + 1;
        while (value < tokens.size() && value <= i + MOST_BETWEEN && Vocabulary.isBetween(tokens.get(value))) {
          result.add(tokens.get(value++));
        }
        int end = tenantEnd(tokens, value);
        if (end > value) {
          result.add(Canonicaliser.VARIABLE);
        }
        i = end - 1;
      }
    }
    return result;
  }

  /// End of the tenant's name: of its word, or of the quoted string that it starts; `value` itself where there is none.
  private static int tenantEnd(List<String> tokens, int value) {
    if (value >= tokens.size() || !TokenScanner.isWord(tokens.get(value))) {
      return value;
    }
    var before = tokens.get(value - 1);
    boolean quoted = before.equals("\"") || (before.equals("'") && !tokens.get(value).equals("s"));
    int close = quoted ? tokens.subList(value, tokens.size()).indexOf(before) : -1;
    int end = close < 0 ? value + 1 : value + close;
    boolean ordinary = tokens.subList(value, end).stream().filter(TokenScanner::isWord)
        .allMatch(Vocabulary::isOrdinary);
    return ordinary ? value : end;
  }

  /// Step 1: names of months, weekdays and time zones beside a variable, in both directions.
  private static void calendar(List<String> tokens) {
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 1; i < tokens.size(); i++) {
        if (tokens.get(i - 1).equals(VARIABLE) && Vocabulary.isCalendar(tokens.get(i))) {
          tokens.set(i, VARIABLE);
        }
      }
      Collections.reverse(tokens);
    }
  }

  /// Step 2: the word or quoted string after `word =`, unless it is a key itself.
  private static List<String> keyValues(List<String> tokens) {
    List<String> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      result.add(tokens.get(i));
      boolean assigned = i > 0 && i + 1 < tokens.size() && tokens.get(i).equals("=")
          && TokenScanner.isWord(tokens.get(i - 1))
          && !Vocabulary.keepsValue(tokens.get(i - 1));
      if (assigned) {
        int end = valueEnd(tokens, i + 1);
        if (end > i + 1) {
          result.add(VARIABLE);
          i = end - 1;
        }
      }
    }
    return result;
  }

  private static int valueEnd(List<String> tokens, int start) {
    var first = tokens.get(start);
    if (QUOTES.contains(first)) {
      return tokens.subList(start + 1, tokens.size()).indexOf(first) + start + 2;
    }
    return TokenScanner.isWord(first) && !is(tokens, start + 1, "=") ? start + 1 : start;
  }

  /// Steps 3 and 4: units after a variable, signs around it.
  private static List<String> unitsAndSigns(List<String> tokens) {
    List<String> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      boolean afterVariable = !result.isEmpty() && result.getLast().equals(VARIABLE);
      if (afterVariable && (Vocabulary.isUnit(token) || SIGNS_AFTER.contains(token))) {
        continue;
      }
      if (token.equals(VARIABLE) && !closesBracket(tokens, i + 1)) {
        while (!result.isEmpty() && SIGNS_BEFORE.contains(result.getLast())) {
          result.removeLast();
        }
      }
      result.add(token);
    }
    return result;
  }

  /// Whether `>` ends a bracket here, so that the `<` before it is not a sign.
  private static boolean closesBracket(List<String> tokens, int start) {
    int i = start;
    while (i < tokens.size() && BRACKETED.contains(tokens.get(i))) {
      i++;
    }
    return is(tokens, i, ">");
  }

  /// Step 5: brackets that hold nothing, or only variables and punctuation, so that a missing value and a given
  /// one agree.
  private static List<String> brackets(List<String> tokens) {
    List<String> result = new ArrayList<>(tokens.size());
    for (var token : tokens) {
      int kind = token.length() == 1 ? CLOSING.indexOf(token) : -1;
      if (kind >= 0) {
        int open = result.size() - 1;
        while (open >= 0 && BRACKETED.contains(result.get(open))) {
          open--;
        }
        if (open >= 0 && result.get(open).equals(String.valueOf(OPENING.charAt(kind)))) {
          result.subList(open, result.size()).clear();
          continue;
        }
      }
      result.add(token);
    }
    return result;
  }

  /// Step 6: neighbouring variables, also with punctuation between them, are one.
  private static List<String> runs(List<String> tokens) {
    List<String> result = new ArrayList<>(tokens.size());
    for (var token : tokens) {
      if (token.equals(VARIABLE)) {
        int start = result.size();
        while (start > 0 && RUN_JOINTS.contains(result.get(start - 1))) {
          start--;
        }
        if (start > 0 && result.get(start - 1).equals(VARIABLE)) {
          result.subList(start, result.size()).clear();
          continue;
        }
      }
      result.add(token);
    }
    return result;
  }

  /// Step 7: punctuation at the end, also where it is part of the last word.
  private static List<String> end(List<String> tokens) {
    while (!tokens.isEmpty()) {
      var last = tokens.getLast();
      int end = last.length();
      while (end > 0 && END.indexOf(last.charAt(end - 1)) >= 0) {
        end--;
      }
      if (end > 0) {
        tokens.set(tokens.size() - 1, last.substring(0, end));
        return tokens;
      }
      tokens.removeLast();
    }
    return tokens;
  }

  private static boolean is(List<String> tokens, int index, String expected) {
    return index < tokens.size() && tokens.get(index).equals(expected);
  }
}
