package dev.serin.signature.record;

import dev.serin.signature.text.Characters;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a structured record. Keys are in lower case; those of nested objects are joined by dots; of an array only
/// the first element counts, as `errors[0]`. At most 256 fields and 16 levels; malformed text is no record and never an error.
record Fields(Map<String, String> values) {

  /// A text without structure has none.
  static final Fields NONE = new Fields(Map.of());

  private static final int MAX_FIELDS = 256;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_KEY = 128;
  private static final String FIRST = "[0]";

  /// Reads a text that is one JSON object.
  static Optional<Fields> json(String text) {
    var reader = new JsonReader(text);
    return reader.document() ? Optional.of(new Fields(reader.fields)) : Optional.empty();
  }

  /// Reads a text that begins with two or more `key=value`; later words without a value are left out.
  static Optional<Fields> logfmt(String text) {
    Map<String, String> fields = new HashMap<>();
    int pairs = 0;
    int at = 0;
    while (at < text.length() && fields.size() < MAX_FIELDS) {
      if (text.charAt(at) <= ' ') {
        at++;
        continue;
      }
      int keyEnd = at;
      while (keyEnd < text.length() && isKeyCharacter(text.charAt(keyEnd))) {
        keyEnd++;
      }
      boolean pair = keyEnd > at && keyEnd < text.length() && text.charAt(keyEnd) == '=';
      if (!pair && pairs < 2) {
        return Optional.empty();
      }
      int end = valueEnd(text, pair ? keyEnd + 1 : at);
      if (pair && keyEnd - at <= MAX_KEY) {
        fields.putIfAbsent(text.substring(at, keyEnd).toLowerCase(Locale.ROOT), unquoted(text, keyEnd + 1, end));
      }
      pairs += pair ? 1 : 0;
      at = end;
    }
    return pairs < 2 ? Optional.empty() : Optional.of(new Fields(fields));
  }

  /// The first of these keys that has a value.
  Optional<String> first(List<String> keys) {
    for (var key : keys) {
      var value = values.get(key);
      if (value != null && !value.isBlank()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  boolean containsAll(Set<String> keys) {
    return values.keySet().containsAll(keys);
  }

  private static boolean isKeyCharacter(char c) {
    return Characters.isLetter(c) || Characters.isDigit(c) || "_.@/-".indexOf(c) >= 0;
  }

  private static int valueEnd(String text, int start) {
    int end = start;
    if (end < text.length() && text.charAt(end) == '"') {
      end++;
      while (end < text.length() && text.charAt(end) != '"') {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
      return Math.min(end + 1, text.length());
    }
    while (end < text.length() && text.charAt(end) > ' ') {
      end++;
    }
    return end;
  }

  private static String unquoted(String text, int start, int end) {
    if (start >= end || text.charAt(start) != '"') {
      return text.substring(start, end);
    }
    var string = new JsonReader(text.substring(start, end)).string();
    return string == null ? text.substring(start + 1, end) : string;
  }

  /// A recursive reader; every method answers whether the text was well-formed so far.
  private static final class JsonReader {
    private final String text;
    private final Map<String, String> fields = new HashMap<>();
    private int at;

    JsonReader(String text) {
      this.text = text;
    }

    boolean document() {
      skipSpace();
      if (peek() != '{' || !object("", 0)) {
        return false;
      }
      skipSpace();
      return at == text.length();
    }

    private boolean value(@Nullable String key, int depth) {
      skipSpace();
      return switch (peek()) {
        case '{' -> object(key == null ? null : key + ".", depth + 1);
        case '[' -> array(key, depth + 1);
        case '"' -> store(key, string());
        default -> literal(key);
      };
    }

    private boolean literal(@Nullable String key) {
      int start = at;
      while (Characters.isLetter(peek()) || Characters.isDigit(peek()) || "+-.".indexOf(peek()) >= 0) {
        at++;
      }
      var literal = text.substring(start, at);
      return !literal.isEmpty() && (literal.equals("null") || store(key, literal));
    }

    private boolean object(@Nullable String prefix, int depth) {
      at++;
      skipSpace();
      if (peek() == '}') {
        at++;
        return depth <= MAX_DEPTH;
      }
      while (depth <= MAX_DEPTH) {
        skipSpace();
        var key = peek() == '"' ? string() : null;
        skipSpace();
        if (key == null || peek() != ':') {
          return false;
        }
        at++;
        var path = prefix == null || prefix.length() + key.length() > MAX_KEY
            ? null
            : prefix + key.toLowerCase(Locale.ROOT);
        if (!value(path, depth)) {
          return false;
        }
        if (!comma()) {
          return closed('}');
        }
      }
      return false;
    }

    private boolean array(@Nullable String key, int depth) {
      var path = key == null || key.length() + FIRST.length() > MAX_KEY ? null : key + FIRST;
      at++;
      skipSpace();
      if (peek() == ']') {
        at++;
        return depth <= MAX_DEPTH;
      }
      while (depth <= MAX_DEPTH) {
        if (!value(path, depth)) {
          return false;
        }
        path = null;
        if (!comma()) {
          return closed(']');
        }
      }
      return false;
    }

    private boolean store(@Nullable String key, @Nullable String value) {
      if (key != null && value != null && fields.size() < MAX_FIELDS) {
        fields.put(key, value);
      }
      return value != null;
    }

    /// The string that starts here, or null if it is malformed.
    @Nullable
    String string() {
      int plain = ++at;
      while (plain < text.length() && text.charAt(plain) != '"' && text.charAt(plain) != '\\') {
        plain++;
      }
      var string = text.substring(at, plain);
      at = plain;
      if (peek() == '"') {
        at++;
        return string;
      }
      return escaped(new StringBuilder(string));
    }

    private @Nullable String escaped(StringBuilder string) {
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          return string.toString();
        }
        if (c != '\\') {
          string.append(c);
          continue;
        }
        int escape = peek() == 'u' ? unicode() : "\"\\/bfnrt".indexOf(peek()) < 0 ? -1 : escaped(peek());
        if (escape < 0) {
          return null;
        }
        string.append((char) escape);
        at++;
      }
      return null;
    }

    private static char escaped(char c) {
      return switch (c) {
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        default -> c;
      };
    }

    private int unicode() {
      int code = 0;
      for (int i = 0; i < 4; i++) {
        at++;
        if (!Characters.isHex(peek())) {
          return -1;
        }
        code = code << 4 | Character.digit(peek(), 16);
      }
      return code;
    }

    private boolean comma() {
      skipSpace();
      boolean comma = peek() == ',';
      at += comma ? 1 : 0;
      return comma;
    }

    private boolean closed(char bracket) {
      boolean closed = peek() == bracket;
      at++;
      return closed;
    }

    private void skipSpace() {
      while (at < text.length() && text.charAt(at) <= ' ') {
        at++;
      }
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : '\0';
    }
  }
}
