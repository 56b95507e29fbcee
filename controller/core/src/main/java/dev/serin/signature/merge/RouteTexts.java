package dev.serin.signature.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the texts of all routes have in common: one piece of code writes what many routes answer, so where another route shows that
/// a word is a name, it is one here too, even if only one was seen.
///
/// Loggers share nothing: of two that each say one thing, the word in which they differ tells which.
///
/// Bounded in memory; beyond, nothing more is learned. Not thread-safe.
final class RouteTexts {

  /// Most texts that differ in more than names.
  static final int MOST = 2_000;

  private final Map<Integer, List<Pattern>> byLength = new HashMap<>();
  private int size;

  /// Compares a text of a route with those before.
  ///
  /// @return whether names have shown, in this text or in others
  boolean learn(Pattern text) {
    var others = byLength.computeIfAbsent(text.length(), _ -> new ArrayList<>());
    for (int i = 0; i < others.size(); i++) {
      var other = others.get(i);
      if (other.equals(text)) {
        return false;
      }
      var common = other.withNames(text).or(() -> text.withNames(other));
      if (common.isPresent()) {
        if (!common.get().equals(other)) {
          others.remove(i);
          size--;
          // It may be of a kind with others that neither of the two was.
          learn(common.get());
        }
        return true;
      }
    }
    if (size < MOST) {
      others.add(text);
      size++;
    }
    return false;
  }

  /// The text without the names that are known by now.
  Pattern withoutNames(Pattern text) {
    return byLength.getOrDefault(text.length(), List.of()).stream()
        .filter(other -> other.withNames(text).filter(other::equals).isPresent()).findFirst().orElse(text);
  }
}
