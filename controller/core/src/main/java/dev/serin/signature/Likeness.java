package dev.serin.signature;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Tells whether two templates may say the same in other words.
public final class Likeness {

  private static final int COMMON = 2;

  private Likeness() {}

  /// The share of all their different words that two templates have in common (Jaccard, 1901), 0..1; 0 with fewer than two common
  /// words. What stands for anything is no word.
  public static double of(String one, String other) {
    Set<String> all = words(one);
    Set<String> common = new HashSet<>(all);
    Set<String> others = words(other);
    common.retainAll(others);
    all.addAll(others);
    return common.size() < COMMON ? 0 : (double) common.size() / all.size();
  }

  /// Whether more than half of all words are common: one word of three may be another, and words may be added.
  public static boolean alike(String one, String other) {
    return of(one, other) > 0.5;
  }

  private static Set<String> words(String template) {
    Set<String> words = new HashSet<>(Arrays.asList(template.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
    words.remove("");
    return words;
  }
}
