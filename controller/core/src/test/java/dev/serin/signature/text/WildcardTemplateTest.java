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
