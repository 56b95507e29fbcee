package dev.serin.signature.text;

import dev.serin.signature.text.ReferenceCanonicaliser.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits a text into tokens by regular expressions: the meaning of the scanner.
final class ReferenceScanner {

  enum Kind {
    WORD, SEPARATOR, VARIABLE, HTTP_VERSION, STATUS_NUMBER, KEPT_STATUS
  }

  /// A stretch of the text.
  record Token(String text, Kind kind, int start, int end) {

    boolean isWord() {
      return kind == Kind.WORD || kind == Kind.KEPT_STATUS;
    }

    boolean varies() {
      return kind == Kind.VARIABLE || kind == Kind.HTTP_VERSION || kind == Kind.STATUS_NUMBER;
    }

    /// Whether it is one of these symbols.
    boolean isOneOf(Set<String> symbols) {
      return !varies() && symbols.contains(text);
    }

    Token varied() {
      return new Token(text, Kind.VARIABLE, start, end);
    }

    Token kept() {
      return new Token(text, Kind.KEPT_STATUS, start, end);
    }

    String shown() {
      return varies() ? Canonicaliser.VARIABLE : text;
    }
  }

  static final String IN_WORD = "[A-Za-z0-9\\x80-\\xff./\\\\@_%+~$-]";
  private static final Pattern SPACE = Pattern.compile("[\\x00-\\x20]+");
  private static final Pattern VARIABLE = Pattern.compile("<\\*>");
  private static final String WORD_END = "(?!\\.*+(?!\\\\+\")" + IN_WORD + ")";
  private static final Pattern ESCAPES = Pattern.compile("\\\\+\\z");
  private static final Pattern URL = Pattern.compile("://[^\\x00-\\x20\"'>)\\]]*");
  private static final Pattern QUERY = Pattern.compile("\\?[^\\x00-\\x20\"']*");
  private static final String NO_PATH = "(?!/|\\\\++(?!\"))";
  private static final Pattern LEADER = Pattern.compile("\\.{2,}+" + NO_PATH);
  private static final Pattern WORD = Pattern.compile(IN_WORD + "+");
  private static final Pattern INNER_LEADER = Pattern.compile("(?<=[^./\\\\])\\.{2,}+" + NO_PATH);
  private static final Pattern STOPS = Pattern.compile("\\.+\\z");
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");
  private static final Pattern STATUS = Pattern.compile("[45][0-9][0-9]");
  private static final Pattern DIGIT = Pattern.compile("[0-9]");
  private static final Pattern HTTP = Pattern.compile("(?i)http/[0-9]");
  private static final Pattern LETTER = Pattern.compile("[A-Za-z\\x80-\\xff]");
  private static final Pattern HOST = Pattern.compile("[^/@\\\\%+~$]*\\.([^./@\\\\%+~$]*)");
  private static final Pattern PORT = Pattern.compile(":[0-9]{2,5}+" + WORD_END);

  private final EnumSet<Rule> rules;
  private final List<Token> tokens = new ArrayList<>();
  private String text = "";
  private int at;

  ReferenceScanner(EnumSet<Rule> rules) {
    this.rules = rules;
  }

  static boolean isInWord(String text, int index) {
    return index >= 0 && index < text.length() && WORD.matcher(text.substring(index, index + 1)).matches();
  }

  static boolean endsInWord(String text) {
    return isInWord(text, text.length() - 1);
  }

  /// Without the backslashes at the end, which escape a quote that follows.
  static String unescaped(String text) {
    return ESCAPES.matcher(text).replaceAll("");
  }

  List<Token> scan(String line) {
    text = line;
    at = 0;
    tokens.clear();
    while (at < text.length() && tokens.size() < 256) {
      next();
    }
    return List.copyOf(tokens);
  }

  private void next() {
    int space = end(SPACE);
    int variable = end(VARIABLE);
    int group = colonGroupEnd();
    int leader = rules.contains(Rule.LEADERS) ? end(LEADER) : -1;
    if (space > at) {
      at = space;
    } else if (variable > at || group > at) {
      add(Kind.VARIABLE, Math.max(variable, group));
    } else if (leader > at) {
      tokens.add(new Token(".", Kind.SEPARATOR, at, at + 1));
      at = leader;
    } else if (isInWord(text, at)) {
      word();
    } else {
      add(Kind.SEPARATOR, at + 1);
    }
  }

  private int end(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
    return matcher.lookingAt() ? matcher.end() : -1;
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(text.substring(at, end), kind, at, end));
    at = end;
  }

  private void word() {
    int end = end(WORD);
    if (text.startsWith("\"", end)) {
      int first = at + unescaped(text.substring(at, end)).length();
      if (first == at) {
        at = end;
        return;
      }
      end = first;
    }
    if (rules.contains(Rule.LEADERS)) {
      var leader = INNER_LEADER.matcher(text).region(at, end).useTransparentBounds(true);
      end = leader.find() ? leader.start() : end;
    }
    var word = STOPS.matcher(text.substring(at, end)).replaceAll("");
    var url = URL.matcher(text).region(end, text.length());
    var query = QUERY.matcher(text).region(end, text.length());
    if (url.lookingAt()) {
      add(Kind.VARIABLE, url.end());
    } else if (isPath(word) && query.lookingAt()) {
      add(Kind.VARIABLE, query.end());
    } else {
      if (!word.isEmpty()) {
        add(kind(word, at + word.length()), at + word.length());
      }
      while (at < end && tokens.size() < 256) {
        add(Kind.SEPARATOR, at + 1);
      }
      at = end;
    }
  }

  private Kind kind(String word, int end) {
    boolean letter = LETTER.matcher(word).find();
    if (STATUS.matcher(word).matches()) {
      return Kind.STATUS_NUMBER;
    }
    if (HTTP.matcher(word).lookingAt()) {
      return Kind.HTTP_VERSION;
    }
    boolean varies = DIGIT.matcher(word).find() || isPath(word)
        || (word.contains("@") && word.contains(".") && letter) || (word.contains("\\") && word.length() > 3)
        || (rules.contains(Rule.HOSTS) && isHost(word, end)) || (rules.contains(Rule.TOKENS) && isToken(word))
        || (rules.contains(Rule.ENDPOINTS) && isEndpoint(word, end, letter));
    return varies ? Kind.VARIABLE : Kind.WORD;
  }

  private boolean isPath(String word) {
    boolean relative = rules.contains(Rule.RELATIVE_PATHS)
        && (word.startsWith("./") || word.startsWith("../") || word.startsWith("~/"));
    return (word.startsWith("/") || relative) && LETTER.matcher(word).find();
  }

  private boolean isHost(String word, int end) {
    var host = HOST.matcher(word);
    if (!host.matches() || text.startsWith("(", end)) {
      return false;
    }
    if (rules.contains(Rule.DOUBTFUL_DOMAINS) && ReferenceCanonicaliser.isDoubtfulEnding(host.group(1))) {
      return word.indexOf('.') < word.lastIndexOf('.');
    }
    return ReferenceCanonicaliser.isDomainEnding(host.group(1));
  }

  private static boolean isToken(String word) {
    int humps = HUMP.split(word, -1).length - 1;
    return word.length() >= 20
        && (word.startsWith("eyJ") || (humps * 5 >= word.length() && !ReferenceDictionary.contains(word)));
  }

  private boolean isEndpoint(String word, int end, boolean letter) {
    return word.length() >= 3 && letter && PORT.matcher(text).region(end, text.length()).useTransparentBounds(true)
        .lookingAt() && !ReferenceDictionary.contains(word);
  }

  /// End of four or more groups of one to four hex digits, or of any with `::`; else -1.
  private int colonGroupEnd() {
    int end = at;
    int groups = 0;
    boolean gap = false;
    for (int i = 0; i < 64; i++) {
      int digits = 0;
      while (isHex(end) && digits <= 4) {
        digits++;
        end++;
      }
      if (digits > 4) {
        return -1;
      }
      groups += digits > 0 ? 1 : 0;
      if (text.startsWith("::", end)) {
        gap = true;
        end += 2;
      } else if (digits > 0 && text.startsWith(":", end) && isHex(end + 1)) {
        end++;
      } else {
        break;
      }
    }
    boolean ends = Pattern.compile(WORD_END).matcher(text).region(end, text.length()).lookingAt();
    return ends && groups >= (gap ? 1 : 4) ? end : -1;
  }

  private boolean isHex(int index) {
    return index < text.length() && HEX.matcher(text.substring(index, index + 1)).matches();
  }
}
