package dev.serin.signature.text;

import static dev.serin.signature.text.WordList.BETWEEN;
import static dev.serin.signature.text.WordList.CALENDAR;
import static dev.serin.signature.text.WordList.CREDENTIAL;
import static dev.serin.signature.text.WordList.DOMAIN;
import static dev.serin.signature.text.WordList.DOUBTFUL_DOMAIN;
import static dev.serin.signature.text.WordList.KEEP;
import static dev.serin.signature.text.WordList.SCHEME;
import static dev.serin.signature.text.WordList.SECRET;
import static dev.serin.signature.text.WordList.STATUS;
import static dev.serin.signature.text.WordList.TENANT;
import static dev.serin.signature.text.WordList.UNIT;

import dev.serin.signature.text.ReferenceScanner.Kind;
import dev.serin.signature.text.ReferenceScanner.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The meaning of the canonicaliser in plain steps, slow and obvious: each step reads a list of tokens and makes a new one.
///
/// A text is a string in which each character is one byte.
final class ReferenceCanonicaliser {

  /// Rules that can be left out, to see what they are worth.
  enum Rule {
    LEADERS, RELATIVE_PATHS, HOSTS, DOUBTFUL_DOMAINS, TOKENS, ENDPOINTS, STATUSES, TENANTS, SECRETS, QUOTED, DATES, KEY_VALUE, UNITS, SIGNS, BRACKETS, RUNS
  }

  private static final Set<String> SIGNS_BEFORE = Set.of("<", ">", "#", "|", "-", "+", "~", "@");
  private static final Set<String> SIGNS_AFTER = Set.of("#", "|", "%", "-", "+");
  private static final Set<String> BRACKETED = Set.of(",", ":", ";", "|", "-", ".", "/");
  private static final Set<String> RUN_JOINTS = Set.of(",", ":", "/", "#", "|", "-", ".");
  private static final Set<String> STATUS_JOINTS = Set.of(":", "=", "\"", "'", "(", "[");
  private static final Set<String> NAME_JOINTS = Set.of("\"", "'", "`", ":", "=", "#", "(", "[");
  private static final Set<String> NAME_QUOTES = Set.of("\"", "'");
  private static final Set<String> PUNCTUATION = Set.of(".", ",", ";", ":", ")", "]", "}", "\"", "'", "`");
  private static final Pattern NUMBERED = Pattern
      .compile(ReferenceScanner.IN_WORD + "*[0-9]" + ReferenceScanner.IN_WORD + "*");
  private static final Set<String> QUOTES = Set.of("\"", "'", "`");
  private static final Set<String> STOPS = Set.of(".", ",", ";", ":");

  private final EnumSet<Rule> rules;
  private final ReferenceScanner scanner;

  ReferenceCanonicaliser(EnumSet<Rule> rules) {
    this.rules = rules;
    this.scanner = new ReferenceScanner(rules);
  }

  static ReferenceCanonicaliser complete() {
    return new ReferenceCanonicaliser(EnumSet.allOf(Rule.class));
  }

  String canonicalise(String text) {
    var tokens = statuses(scanner.scan(text));
    tokens = rules.contains(Rule.TENANTS) ? named(tokens, TENANT, text) : tokens;
    tokens = rules.contains(Rule.SECRETS) ? named(tokens, SECRET, text) : tokens;
    tokens = rules.contains(Rule.QUOTED) ? quoted(tokens, text) : tokens;
    tokens = rules.contains(Rule.DATES) ? dates(dates(tokens).reversed()).reversed() : tokens;
    tokens = rules.contains(Rule.KEY_VALUE) ? keyValues(tokens) : tokens;
    tokens = rules.contains(Rule.UNITS) ? units(tokens) : tokens;
    tokens = rules.contains(Rule.SIGNS) ? signs(tokens) : tokens;
    tokens = rules.contains(Rule.BRACKETS) ? brackets(tokens) : tokens;
    tokens = new ArrayList<>(rules.contains(Rule.RUNS) ? runs(tokens) : tokens);
    while (!tokens.isEmpty() && tokens.getLast().isOneOf(STOPS)) {
      tokens.removeLast();
    }
    return tokens.stream().map(Token::shown).collect(Collectors.joining(" "));
  }

  private List<Token> statuses(List<Token> tokens) {
    List<Token> result = new ArrayList<>();
    boolean request = false;
    for (int i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      request |= token.kind() == Kind.HTTP_VERSION && i >= 2 && result.get(i - 1).varies()
          && result.get(i - 2).isWord();
      if (token.kind() != Kind.STATUS_NUMBER) {
        result.add(token);
        continue;
      }
      int before = i - 1;
      while (before >= 0 && i - before <= 3 && tokens.get(before).isOneOf(STATUS_JOINTS)) {
        before--;
      }
      boolean said = before >= 0
          && (tokens.get(before).kind() == Kind.HTTP_VERSION || isIn(STATUS, tokens.get(before)));
      boolean kept = rules.contains(Rule.STATUSES) && said && !request;
      result.add(kept ? token.kept() : token.varied());
    }
    return result;
  }

  private static List<Token> named(List<Token> tokens, WordList list, String text) {
    List<Token> result = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      var key = tokens.get(i);
      boolean sure = isIn(list, key);
      boolean announces = sure || (list == SECRET && isCredential(key));
      boolean element = list == SECRET && !result.isEmpty() && result.getLast().isOneOf(Set.of("<"));
      result.add(key);
      if (!announces) {
        continue;
      }
      int value = i + 1;
      boolean colon = false;
      boolean equals = false;
      boolean opened = false;
      boolean option = list == SECRET && key.text().startsWith("-");
      boolean listed = option && result.size() > 1 && result.get(result.size() - 2).isOneOf(Set.of("\"", "'", "`"))
          && text.charAt(key.start() - 1) > ' ';
      while (!opened && value < tokens.size() && value <= i + 4) {
        var token = tokens.get(value);
        boolean end = token.isOneOf(Set.of(">"))
            && (tokens.get(value - 1).isOneOf(Set.of("=")) || (element && value == i + 1));
        boolean next = listed && token.isOneOf(Set.of(","));
        if (!end && !next && !token.isOneOf(NAME_JOINTS) && !isIn(BETWEEN, token)) {
          break;
        }
        opened = (colon || equals) && token.isOneOf(NAME_QUOTES);
        colon |= next || token.isOneOf(Set.of(":"));
        equals |= end || token.isOneOf(Set.of("="));
        result.add(token);
        value++;
      }
      i = value - 1;
      int end = value;
      if (value < tokens.size()) {
        end = list == SECRET && (colon || equals || (option && !listed))
            ? assignedEnd(tokens, value, sure || equals, text)
            : bareEnd(tokens, value, sure, list, text);
      }
      if (end > value) {
        result.add(tokens.get(value).varied());
        i = end - 1;
      }
    }
    return result;
  }

  private static int bareEnd(List<Token> tokens, int value, boolean sure, WordList list, String text) {
    if (!sure || !tokens.get(value).isWord()) {
      return value;
    }
    int end = value + 1;
    int checked = value + 1;
    if (tokens.get(value - 1).isOneOf(NAME_QUOTES)) {
      boolean possessive = tokens.get(value - 1).isOneOf(Set.of("'")) && tokens.get(value).text().equals("s");
      int close = possessive ? -1 : quoteEnd(tokens, value, text);
      end = close < 0 ? value + 1 : close;
      checked = end;
    } else if (list == SECRET) {
      checked = isScheme(tokens, value) ? value + 2 : value + 1;
      end = runEnd(tokens, checked - 1, text);
    }
    return isEveryday(tokens.subList(value, checked)) ? value : end;
  }

  private static int assignedEnd(List<Token> tokens, int value, boolean sure, String text) {
    boolean quoted = tokens.get(value - 1).isOneOf(NAME_QUOTES);
    int close = quoted ? quoteEnd(tokens, value, text) : -1;
    int end = close >= 0 ? close : runEnd(tokens, isScheme(tokens, value) ? value + 1 : value, text);
    var secret = tokens.subList(value, end);
    boolean kept = !sure && !quoted && secret.size() == 1 && isEveryday(secret);
    return !kept && secret.stream().anyMatch(token -> token.isWord() || token.varies()) ? end : value;
  }

  private static int runEnd(List<Token> tokens, int value, String text) {
    int end = value;
    for (int i = value; i < tokens.size(); i++) {
      if (i > value && text.charAt(tokens.get(i).start() - 1) <= ' ') {
        break;
      }
      boolean opening = tokens.get(i).isOneOf(NAME_QUOTES)
          && (i == value || tokens.get(i - 1).isOneOf(Set.of("=", ":")));
      int close = opening ? quoteEnd(tokens, i + 1, text) : -1;
      if (close >= 0) {
        i = close;
        end = i + 1;
      } else if (!tokens.get(i).isOneOf(PUNCTUATION)) {
        end = i + 1;
      }
    }
    return end;
  }

  private static boolean isEveryday(List<Token> tokens) {
    return tokens.stream().allMatch(token -> !token.isWord() || ReferenceDictionary.isEveryday(token.text()));
  }

  private static boolean isCredential(Token token) {
    var parts = List.of(token.text().split("(?s)(?<=[-_.])|(?<=[a-z])(?=[A-Z])|(?<=.)(?=[A-Z][a-z])"));
    var lasts = Stream.of(1, 2).filter(count -> parts.size() > 1)
        .map(count -> lower(String.join("", parts.subList(parts.size() - count, parts.size()))));
    boolean name = token.isWord() || (token.varies() && NUMBERED.matcher(token.text()).matches());
    return isIn(CREDENTIAL, token)
        || (name && lasts.anyMatch(part -> SECRET.words.contains(part) || CREDENTIAL.words.contains(part)));
  }

  private static boolean isScheme(List<Token> tokens, int value) {
    var next = value + 1 < tokens.size() ? tokens.get(value + 1) : null;
    return !tokens.get(value - 1).isOneOf(NAME_QUOTES) && isIn(SCHEME, tokens.get(value))
        && next != null && (!next.isOneOf(PUNCTUATION) || next.isOneOf(NAME_QUOTES));
  }

  private static int quoteEnd(List<Token> tokens, int value, String text) {
    var open = tokens.get(value - 1);
    int inside = -1;
    for (int i = value; i < tokens.size(); i++) {
      if (tokens.get(i).isOneOf(Set.of(open.text()))) {
        if (escapes(text, tokens.get(i)) <= escapes(text, open)) {
          return i;
        }
        inside = inside < 0 ? i : inside;
      }
    }
    return inside;
  }

  private static int escapes(String text, Token quote) {
    var before = text.substring(0, quote.start());
    return before.length() - ReferenceScanner.unescaped(before).length();
  }

  private static List<Token> quoted(List<Token> tokens, String text) {
    List<Token> result = new ArrayList<>();
    int i = 0;
    while (i < tokens.size()) {
      var token = tokens.get(i);
      int close = opens(token, text) ? close(tokens, i, text) : -1;
      if (close <= i + 1 || isValue(result, token)) {
        result.add(token);
        i++;
        continue;
      }
      var inside = tokens.subList(i + 1, close);
      boolean english = inside.stream().allMatch(part -> !part.isWord() || ReferenceDictionary.contains(part.text()));
      result.add(token);
      result.addAll(english ? inside : List.of(inside.getFirst().varied()));
      result.add(tokens.get(close));
      i = close + 1;
    }
    return result;
  }

  private static boolean opens(Token token, String text) {
    var before = text.substring(0, token.start());
    return token.isOneOf(QUOTES)
        && !ReferenceScanner.endsInWord(token.isOneOf(Set.of("\"")) ? ReferenceScanner.unescaped(before) : before);
  }

  private static int close(List<Token> tokens, int open, String text) {
    for (int i = open + 1; i < tokens.size(); i++) {
      if (tokens.get(i).isOneOf(Set.of(tokens.get(open).text()))
          && !ReferenceScanner.isInWord(text, tokens.get(i).end())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isValue(List<Token> before, Token quote) {
    int last = before.size() - 1;
    if (last >= 0 && before.get(last).isOneOf(Set.of("="))) {
      return true;
    }
    return last >= 1 && before.get(last).isOneOf(Set.of(":")) && (isIn(KEEP, before.get(last - 1))
        || (last >= 2 && before.get(last - 1).isOneOf(Set.of(quote.text())) && isIn(KEEP, before.get(last - 2))));
  }

  private static List<Token> dates(List<Token> tokens) {
    List<Token> result = new ArrayList<>();
    for (var token : tokens) {
      boolean beside = !result.isEmpty() && result.getLast().varies();
      result.add(beside && isIn(CALENDAR, token) ? token.varied() : token);
    }
    return result;
  }

  private static List<Token> keyValues(List<Token> tokens) {
    List<Token> result = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      boolean assigned = token.isOneOf(Set.of("=")) && !result.isEmpty() && i + 1 < tokens.size()
          && (result.getLast().isWord() || result.getLast().varies()) && !isIn(KEEP, result.getLast());
      result.add(token);
      int end = assigned ? valueEnd(tokens, i + 1) : i + 1;
      if (end > i + 1) {
        result.add(tokens.get(i + 1).varied());
        i = end - 1;
      }
    }
    return result;
  }

  private static int valueEnd(List<Token> tokens, int value) {
    var first = tokens.get(value);
    if (first.isOneOf(Set.of("\"", "'"))) {
      for (int i = value + 1; i < tokens.size(); i++) {
        if (tokens.get(i).isOneOf(Set.of(first.text()))) {
          return i + 1;
        }
      }
      return tokens.size();
    }
    boolean key = value + 1 < tokens.size() && tokens.get(value + 1).isOneOf(Set.of("="));
    return (first.isWord() || first.varies()) && !key && first.kind() != Kind.KEPT_STATUS ? value + 1 : value;
  }

  private static List<Token> units(List<Token> tokens) {
    List<Token> result = new ArrayList<>();
    for (var token : tokens) {
      if (result.isEmpty() || !result.getLast().varies() || !isIn(UNIT, token)) {
        result.add(token);
      }
    }
    return result;
  }

  private static List<Token> signs(List<Token> tokens) {
    List<Token> result = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      if (!result.isEmpty() && result.getLast().varies() && token.isOneOf(SIGNS_AFTER)) {
        continue;
      }
      if (token.varies() && !closesBracket(tokens.subList(i + 1, tokens.size()))) {
        while (!result.isEmpty() && result.getLast().isOneOf(SIGNS_BEFORE)) {
          result.removeLast();
        }
      }
      result.add(token);
    }
    return result;
  }

  private static boolean closesBracket(List<Token> tokens) {
    return tokens.stream().dropWhile(token -> token.varies() || token.isOneOf(BRACKETED)).findFirst()
        .filter(token -> token.isOneOf(Set.of(">"))).isPresent();
  }

  private static List<Token> brackets(List<Token> tokens) {
    List<Token> result = new ArrayList<>();
    for (var token : tokens) {
      int kind = token.isOneOf(Set.of(")", "]", "}", ">")) ? ")]}>".indexOf(token.text()) : -1;
      int open = result.size() - 1;
      while (open >= 0 && (result.get(open).varies() || result.get(open).isOneOf(BRACKETED))) {
        open--;
      }
      if (kind >= 0 && open >= 0 && result.get(open).isOneOf(Set.of("([{<".substring(kind, kind + 1)))) {
        result.subList(open, result.size()).clear();
      } else {
        result.add(token);
      }
    }
    return result;
  }

  private static List<Token> runs(List<Token> tokens) {
    List<Token> result = new ArrayList<>();
    for (var token : tokens) {
      int start = result.size();
      while (start > 0 && result.get(start - 1).isOneOf(RUN_JOINTS)) {
        start--;
      }
      if (token.varies() && start > 0 && result.get(start - 1).varies()) {
        result.subList(start, result.size()).clear();
      } else {
        result.add(token);
      }
    }
    return Collections.unmodifiableList(result);
  }

  private static boolean isIn(WordList list, Token token) {
    return !token.varies() && list.words.contains(lower(token.text()));
  }

  static boolean isDomainEnding(String ending) {
    return DOMAIN.words.contains(lower(ending));
  }

  static boolean isDoubtfulEnding(String ending) {
    return DOUBTFUL_DOMAIN.words.contains(lower(ending));
  }

  /// Only ASCII has case here: other bytes are parts of characters.
  static String lower(String text) {
    return text.chars().map(c -> c < 0x80 ? Character.toLowerCase(c) : c)
        .collect(StringBuilder::new, (builder, c) -> builder.append((char) c), StringBuilder::append).toString();
  }
}
