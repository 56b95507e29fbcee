package dev.serin.signature.text;

import java.util.List;
import java.util.Optional;

/// A text with wildcards that stand for any characters or none: `Community * not found`.
///
/// It must cover the whole text, case counts, and `<*>`, as signatures print it, means the same as `*`. Matching takes
/// time linear in the text, whatever template and text are.
public final class WildcardTemplate {

  // The schema of Rollouts refuses what is refused here, and counts as is counted here: characters are code points.

  /// Longest template, in characters.
  public static final int MAX_LENGTH = 256;
  /// Most wildcards of a template.
  public static final int MAX_WILDCARDS = 16;

  private final String text;
  private final List<String> literals;

  private WildcardTemplate(String text, List<String> literals) {
    this.text = text;
    this.literals = literals;
  }

  /// @throws IllegalArgumentException
  ///           with a message for users, if the template is too long, has too many wildcards or would match everything
  public static WildcardTemplate parse(String text) {
    int length = text.codePointCount(0, text.length());
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException("template must have at most " + MAX_LENGTH + " characters, had " + length);
    }
    var normal = text.strip().replace(Canonicaliser.VARIABLE, "*");
    var literals = List.of(normal.split("\\*", -1));
    if (literals.size() - 1 > MAX_WILDCARDS) {
      throw new IllegalArgumentException(
          "template must have at most " + MAX_WILDCARDS + " wildcards, had " + (literals.size() - 1));
    }
    if (literals.stream().allMatch(String::isBlank)) {
      throw new IllegalArgumentException("template must contain text beside wildcards, was '" + text + "'");
    }
    var single = normal.replaceAll("\\*+", "*");
    return new WildcardTemplate(single, List.of(single.split("\\*", -1)));
  }

  /// The template as written, with `*` for every wildcard.
  public String text() {
    return text;
  }

  public boolean matches(String candidate) {
    return matches((CharSequence) candidate);
  }

  /// What stands for the first wildcard, if the candidate matches; the shortest there is.
  public Optional<String> firstWildcard(String candidate) {
    if (literals.size() == 1 || !matches(candidate)) {
      return Optional.empty();
    }
    int start = literals.getFirst().length();
    var next = literals.get(1);
    if (literals.size() == 2) {
      return Optional.of(candidate.substring(start, candidate.length() - next.length()));
    }
    int behind = after(candidate, start, candidate.length() - literals.getLast().length(), next);
    return Optional.of(candidate.substring(start, behind - next.length()));
  }

  /// Reads the candidate through its interface, so that a test can count the reads.
  boolean matches(CharSequence candidate) {
    var first = literals.getFirst();
    var last = literals.getLast();
    if (literals.size() == 1) {
      return candidate.length() == first.length() && at(candidate, 0, first);
    }
    int end = candidate.length() - last.length();
    if (end < first.length() || !at(candidate, 0, first) || !at(candidate, end, last)) {
      return false;
    }
    int from = first.length();
    for (var literal : literals.subList(1, literals.size() - 1)) {
      // The leftmost place leaves most room for the rest, so no other needs to be tried.
      from = after(candidate, from, end, literal);
      if (from < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean at(CharSequence text, int start, String literal) {
    for (int i = 0; i < literal.length(); i++) {
      if (text.charAt(start + i) != literal.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Knuth–Morris–Pratt: the position behind the first occurrence in `text[from, end)`, or -1.
  private static int after(CharSequence text, int from, int end, String literal) {
    if (literal.isEmpty()) {
      return from;
    }
    int[] border = borders(literal);
    int matched = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      while (matched > 0 && literal.charAt(matched) != c) {
        matched = border[matched - 1];
      }
      if (literal.charAt(matched) == c) {
        matched++;
      }
      if (matched == literal.length()) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int[] borders(String literal) {
    int[] border = new int[literal.length()];
    for (int i = 1, length = 0; i < border.length; i++) {
      while (length > 0 && literal.charAt(i) != literal.charAt(length)) {
        length = border[length - 1];
      }
      if (literal.charAt(i) == literal.charAt(length)) {
        length++;
      }
      border[i] = length;
    }
    return border;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WildcardTemplate template && text.equals(template.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
