package dev.serin.signature.text;

import java.util.regex.Pattern;

/// What kind of value a variable part is, without the value.
enum Shape {
  UUID("uuid", "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"), URL("url",
      "[A-Za-z][A-Za-z0-9+.-]{0,31}://.*"), MAIL("mail",
          "[^ @]{1,128}+@[^ @]*"), PATH("path", "(?:~|\\.{1,2})?[/\\\\].*|[A-Za-z]:\\\\.*"), IP("ip",
              "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?:[:/][0-9]{1,5})?"), TIME("time",
                  "[0-9]{2,4}[-/:.][0-9]{2}[-/:.][0-9]{2}[-0-9T:.,+Z ]*"), ADDRESS("address",
                      "[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,64}"), NUMBER("num",
                          "[-+]?[0-9][0-9.,]*"), HEX("hex", "(?:0[xX])?[0-9A-Fa-f]{6,}"), TEXT("text", "(?s).*");

  private final String label;
  private final Pattern pattern;

  Shape(String label, String pattern) {
    this.label = label;
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
  }

  /// The shape as samples show it; with the number of digits or characters where the kind alone says little.
  static String of(String value) {
    for (var shape : values()) {
      if (shape.pattern.matcher(value).matches()) {
        return switch (shape) {
          case UUID, URL, MAIL, PATH, IP, ADDRESS, TIME -> "<" + shape.label + ">";
          case NUMBER -> "<" + shape.label + ":" + value.chars().filter(c -> c >= '0' && c <= '9').count() + ">";
          case HEX, TEXT -> "<" + shape.label + ":" + value.codePointCount(0, value.length()) + ">";
        };
      }
    }
    throw new IllegalStateException("every value is a text");
  }
}
