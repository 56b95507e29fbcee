package dev.serin.signature.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// JSON with sorted keys, integers only and no spaces, so that equal values have equal bytes. Values are sorted maps, lists,
/// texts and [Long].
final class CanonicalJson {

  private static final int DEEPEST = 16;

  private final String text;
  private int at;

  private CanonicalJson(String text) {
    this.text = text;
  }

  static String write(Object value) {
    var json = new StringBuilder();
    append(json, value);
    return json.toString();
  }

  /// Reads what [#write] writes, and nothing else.
  ///
  /// @throws IllegalArgumentException
  ///           if it is anything else
  static Object read(String text) {
    var reader = new CanonicalJson(text);
    var value = reader.value(0);
    if (reader.at != text.length()) {
      throw reader.wrong();
    }
    return value;
  }

  private static void append(StringBuilder json, Object value) {
    String comma = "";
    switch (value) {
      case Map<?, ?> map -> {
        json.append('{');
        for (var member : map.entrySet()) {
          appendText(json.append(comma), member.getKey().toString());
          append(json.append(':'), member.getValue());
          comma = ",";
        }
        json.append('}');
      }
      case Collection<?> list -> {
        json.append('[');
        for (var element : list) {
          append(json.append(comma), element);
          comma = ",";
        }
        json.append(']');
      }
      case Long number -> json.append(number.longValue());
      default -> appendText(json, value.toString());
    }
  }

  private static void appendText(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c == 0x7F) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong();
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> number();
    };
  }

  private SortedMap<String, Object> object(int depth) {
    SortedMap<String, Object> members = new TreeMap<>();
    take('{');
    while (peek() != '}') {
      if (!members.isEmpty()) {
        take(',');
      }
      var key = string();
      take(':');
      if (members.put(key, value(depth + 1)) != null) {
        throw wrong();
      }
    }
    take('}');
    return members;
  }

  private List<Object> array(int depth) {
    List<Object> elements = new ArrayList<>();
    take('[');
    while (peek() != ']') {
      if (!elements.isEmpty()) {
        take(',');
      }
      elements.add(value(depth + 1));
    }
    take(']');
    return elements;
  }

  private String string() {
    var string = new StringBuilder();
    take('"');
    while (peek() != '"') {
      char c = next();
      if (c != '\\') {
        string.append(c);
      } else if (peek() == 'u' && at + 5 <= text.length()) {
        string.append((char) Integer.parseInt(text, at + 1, at + 5, 16));
        at += 5;
      } else {
        string.append(next());
      }
    }
    take('"');
    return string.toString();
  }

  private Long number() {
    int start = at;
    while (peek() == '-' || (peek() >= '0' && peek() <= '9')) {
      at++;
    }
    return Long.valueOf(text.substring(start, at));
  }

  private char next() {
    if (at >= text.length()) {
      throw wrong();
    }
    return text.charAt(at++);
  }

  private void take(char expected) {
    if (next() != expected) {
      throw wrong();
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("no canonical JSON at character " + at);
  }
}
