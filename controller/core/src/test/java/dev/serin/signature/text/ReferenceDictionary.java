package dev.serin.signature.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The dictionary as plain sets of strings.
final class ReferenceDictionary {

  static final Set<String> ENGLISH = english();

  private static final Pattern HUMP = Pattern.compile("(?<=[a-z\\x80-\\xff])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern BETWEEN_PARTS = Pattern.compile("[^A-Za-z\\x80-\\xff]+");
  private static final List<String> ENDINGS = List.of("ed", "ing", "tion", "sion", "tions", "ment", "ments", "able",
      "ible", "ly", "ness", "ity", "ance", "ence");

  private ReferenceDictionary() {}

  static boolean contains(String word) {
    return knows(word, ENGLISH::contains);
  }

  static boolean isEveryday(String word) {
    return knows(word, part -> EverydayWords.all().contains(part)
        || (part.length() >= 5 && ENDINGS.stream().anyMatch(part::endsWith)));
  }

  private static boolean knows(String word, Predicate<String> list) {
    var humps = BETWEEN_PARTS.split(HUMP.matcher(word).replaceAll(" "), -1);
    int letters = 0;
    int known = 0;
    for (var part : humps) {
      letters += part.length();
      known += list.test(ReferenceCanonicaliser.lower(part)) ? part.length() : 0;
    }
    return word.length() <= 64 && letters > 0 && known * 100 >= letters * 70;
  }

  private static Set<String> english() {
    var lists = new Properties();
    try (InputStream resource = Objects.requireNonNull(
        ReferenceDictionary.class.getResourceAsStream("dictionary.properties"))) {
      lists.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> words = new HashSet<>(WordList.split(Dictionary.COMPUTING));
    for (var list : lists.values()) {
      String word = "";
      for (var coded : list.toString().split(" ", -1)) {
        word = word.substring(0, Character.digit(coded.charAt(0), 36)) + coded.substring(1);
        words.add(word);
      }
    }
    return words;
  }
}
