package dev.serin.signature;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The word lists of the canonicaliser. They are part of the algorithm's version; case is ignored.
final class Vocabulary {

  private static final Set<String> KEEP = words("""
      msg message error err reason cause exception level lvl severity logger caller code status method op operation
      component event type kind state result action""");

  private static final Set<String> UNITS = words(
      """
          b kb mb gb tb kib mib gib byte bytes bits ns us ms s sec secs second seconds m min mins minute minutes h hour hours
          day days hz mhz ghz kbps mbps % percent""");

  private static final Set<String> CALENDAR = words("""
      jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september october
      november december mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
      pdt pst utc gmt""");

  private static final Set<String> DOMAIN_ENDINGS = words(
      """
          com net org edu gov mil int io co info biz name tv me asia arpa local localdomain internal lan svc us uk cn hk tw jp
          kr de fr ru it nl pl br in au ca eu cc gr cz es se ch at be dk fi no pt ro hu il tr mx ar cl za nz sg my th vn id ph
          ir pk ua by kz""");

  private static final String NOT_IN_HOST_NAMES = "/@\\%+~$";
  private static final int LONGEST_HOST_NAME = 253;
  private static final int LONGEST_WORD = 16;

  private Vocabulary() {}

  static Set<String> words(String text) {
    return Set.of(Pattern.compile("\\s+").split(text));
  }

  /// Whether the value of this key stays, because it tells kinds of events apart.
  static boolean keepsValue(String key) {
    return contains(KEEP, key);
  }

  static boolean isUnit(String token) {
    return contains(UNITS, token);
  }

  static boolean isCalendar(String token) {
    return contains(CALENDAR, token);
  }

  /// Whether a word is dotted and ends in a domain ending.
  static boolean isHostName(String word) {
    int dot = word.lastIndexOf('.');
    return dot >= 0 && word.length() <= LONGEST_HOST_NAME && contains(DOMAIN_ENDINGS, word.substring(dot + 1))
        && word.chars().noneMatch(c -> NOT_IN_HOST_NAMES.indexOf(c) >= 0);
  }

  private static boolean contains(Set<String> words, String word) {
    return word.length() <= LONGEST_WORD && words.contains(word.toLowerCase(Locale.ROOT));
  }
}
