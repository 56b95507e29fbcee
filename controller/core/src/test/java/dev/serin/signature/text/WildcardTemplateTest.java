package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WildcardTemplateTest {
  @ParameterizedTest
  @DisplayName("A wildcard stands for any characters or none; the template covers the whole text; case counts")
  @CsvSource(delimiter = '|', value = {"Community * not found | Community 8842 not found | true",
      "Community * not found | Community two words not found | true",
      "Community <*> not found | Community acme not found | true",
      "Community * not found | community 8842 not found | false",
      "Community * not found | Error: Community 8842 not found | false",
      "*Community * not found* | Error: Community 8842 not found! | true", "a*a | a | false", "a*a | aa | true",
      "*ab*abc | xababc | true", "*ab*ab | xab | false", "exact | exact | true", "exact | exactly | false"})
  void matches(String template, String text, boolean expected) {
    assertThat(WildcardTemplate.parse(template).matches(text)).isEqualTo(expected);
  }

  @Test
  @DisplayName("A template that is too long, has too many wildcards or matches everything is refused, and says why")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> WildcardTemplate.parse("x".repeat(257)))
        .withMessage("template must have at most 256 characters, had 257");
    assertThatIllegalArgumentException().isThrownBy(() -> WildcardTemplate.parse("a*".repeat(17)))
        .withMessage("template must have at most 16 wildcards, had 17");
    assertThatIllegalArgumentException().isThrownBy(() -> WildcardTemplate.parse(" * "))
        .withMessageContaining("must contain text beside wildcards");
    assertThatIllegalArgumentException().isThrownBy(() -> WildcardTemplate.parse("<*> <*>"))
        .withMessageContaining("must contain text beside wildcards");
    assertThatIllegalArgumentException().isThrownBy(() -> WildcardTemplate.parse(""));
  }

  @ParameterizedTest
  @DisplayName("The first wildcard stands for the shortest text with which the template matches")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"Community * not found | Community acme not found | acme",
      "Community * not found | Community  not found | ``", "* not found | acme not found | acme",
      "Community * | Community acme | acme",
      "a * b * c | a x b y b z c | x", "a * b * c | a b b c c | b", "*ab*aab* | xabaab | x", "* aab | aaab aab | aaab",
      "a*aab*c | aaaabc | a"})
  void findsTheFirstWildcard(String template, String text, String wildcard) {
    assertThat(WildcardTemplate.parse(template).firstWildcard(text)).hasValue(wildcard);
  }

  @Test
  @DisplayName("Without a wildcard, or for a text that does not match, nothing stands for the first one")
  void findsNoWildcard() {
    assertThat(WildcardTemplate.parse("exact").firstWildcard("exact")).isEmpty();
    assertThat(WildcardTemplate.parse("a * b").firstWildcard("a x c")).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A part that repeats itself is found wherever it stands")
  @CsvSource({"*aab*, aaab, true", "*aab*, aaa, false", "*abab*, abaabab, true", "*ababc*, abababc, true",
      "*aabaaac*, aabaabaaac, true",
      "*aabaaac*, aabaabaaab, false", "a*b, ab, true", "ab*ba, aba, false", "ab*ba, abba, true", "x*ab*ab, xabab, true",
      "x*ab*ab, xab, false"})
  void findsRepetitions(String template, String text, boolean expected) {
    assertThat(WildcardTemplate.parse(template).matches(text)).isEqualTo(expected);
  }

  @Test
  @DisplayName("Templates with the same text are equal, however their wildcards are written; limits are 256 characters and 16 wildcards")
  void comparesTexts() {
    assertThat(WildcardTemplate.parse(" a <*> b ** ")).isEqualTo(WildcardTemplate.parse("a * b *"))
        .hasToString("a * b *")
        .hasSameHashCodeAs(WildcardTemplate.parse("a * b *")).isNotEqualTo(WildcardTemplate.parse("a * b"))
        .isNotEqualTo("a * b *");
    assertThat(WildcardTemplate.parse("a").hashCode()).isNotEqualTo(WildcardTemplate.parse("b").hashCode());
    assertThat(WildcardTemplate.parse("x".repeat(256)).text()).hasSize(256);
    assertThat(WildcardTemplate.parse("a*".repeat(16)).matches("a".repeat(16))).isTrue();
  }

  @Test
  @DisplayName("A character is a character, also one that Java stores in two parts")
  void countsCharacters() {
    assertThat(WildcardTemplate.parse("🐤".repeat(256)).matches("🐤".repeat(256))).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> WildcardTemplate.parse("🐤".repeat(257)))
        .withMessage("template must have at most 256 characters, had 257");
  }

  @ParameterizedTest
  @DisplayName("Templates match exactly what the equal regular expression matches")
  @ValueSource(longs = {3, 20_261_124})
  void agreesWithRegularExpressions(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      var template = letters(random, 1, "ab*") + "a";
      var text = letters(random, 0, "ab") + (random.nextInt(3) == 0 ? "" : "a");
      var regex = Stream.of(template.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));

      assertThat(WildcardTemplate.parse(template).matches(text)).as("seed %d: %s on %s", seed, template, text)
          .isEqualTo(Pattern.matches(regex, text));
    }
  }

  @Test
  @DisplayName("Matching reads each character of a hostile text a bounded number of times")
  void isLinear() {
    var template = WildcardTemplate.parse("*" + ("a".repeat(20) + "b*").repeat(8));
    for (int length : new int[]{1_000, 60_000}) {
      var text = new CountedText("a".repeat(length));

      assertThat(template.matches(text)).isFalse();
      assertThat(text.reads()).isBetween((long) length / 2, 2L * length);
    }
  }

  private static String letters(Random random, int least, String alphabet) {
    return random.ints(least + random.nextInt(9), 0, alphabet.length()).mapToObj(alphabet::charAt).map(String::valueOf)
        .collect(Collectors.joining());
  }
}
