package dev.serin.signature.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the texts of all routes have in common: one piece of code writes what many routes answer, so where another route shows that
/// a word is a name, it is one here too, even if only one was seen.
///
/// Loggers share nothing: of two that each say one thing, the word in which they differ tells which.
///
/// Bounded in memory; beyond, no text is learned that has nothing in common with those known. Not thread-safe.
final class RouteTexts {

  /// Most texts that differ in more than names.
  static final int MOST = 2_000;

  private final Map<Integer, List<Pattern>> byLength = new HashMap<>();
  private int size;

  /// Compares a text of a route with those before.
  ///
  /// @return what it has in common with others, if that shows more names than this text did, or than others did
  Optional<Pattern> learn(Pattern text) {
    var others = byLength.computeIfAbsent(text.length(), _ -> new ArrayList<>());
    for (int i = 0; i < others.size(); i++) {
      var other = others.get(i);
      if (other.equals(text)) {
        return Optional.empty();
      }
      var common = other.withNames(text).or(() -> text.withNames(other));
      if (common.isPresent()) {
        if (common.get().equals(other)) {
          return common;
        }
        others.remove(i);
        size--;
        // It may be of a kind with others that neither of the two was.
        return learn(common.get()).or(() -> common);
      }
    }
    if (size < MOST) {
      others.add(text);
      size++;
    }
    return Optional.empty();
  }
}
