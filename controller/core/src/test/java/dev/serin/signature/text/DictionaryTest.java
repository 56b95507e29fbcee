package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DictionaryTest {

  @Test
  @DisplayName("The dictionary has every word of its list, and words of computing")
  void hasItsWords() {
    // LC_ALL=C grep -Ec '^([a-z]{2,}|[ai])$' american-english-small (wamerican-small 2020.12.07-2): 40133
    assertThat(ReferenceDictionary.ENGLISH).hasSizeGreaterThan(40_133)
        .allMatch(word -> Dictionary.contains(word) && Dictionary.contains(word.toUpperCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @DisplayName("A word belongs if known parts cover 70 % of its letters")
  @ValueSource(strings = {"timeout", "readTimeout", "read_timeout", "HTTPConnection", "no-such-file", "Zookeeper", "a",
      "connectionsXy"})
  void contains(String word) {
    assertThat(Dictionary.contains(word)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("Names, numbers, symbols and very long words do not belong")
  @ValueSource(strings = {"kschmidt", "qwxz", "12", "_", "", "timeoutQwxzy", "éclair",
      "readreadreadreadreadreadreadreadreadreadreadreadreadreadreadreadread"})
  void doesNotContain(String word) {
    assertThat(Dictionary.contains(word)).isFalse();
  }

  @Test
  @DisplayName("An English word that may be a tenant's name is not an everyday word of logs")
  void everydayIsLess() {
    assertThat(Dictionary.contains("oracle")).isTrue();
    assertThat(Dictionary.isEveryday("oracle")).isFalse();
    assertThat(Dictionary.isEveryday("found")).isTrue();
    assertThat(Dictionary.isEveryday("suspended")).isTrue();
  }

  @ParameterizedTest
  @DisplayName("Exactly 70 % of the letters are enough; capitals, digits and dashes begin a part")
  @CsvSource({"timeoutXyz, true", "timeXyq, false", "timeoutXyzq, false", "READTimeout, true", "readTIMEOUT, true",
      "rEAD, false",
      "read-7-timeout, true", "7read, true", "read__, true"})
  void measures(String word, boolean contained) {
    assertThat(Dictionary.contains(word)).isEqualTo(contained);
  }

  @Test
  @DisplayName("A word of 64 bytes may belong, and one of 65 does not")
  void boundsWords() {
    assertThat(Dictionary.contains("Read".repeat(16))).isTrue();
    assertThat(Dictionary.contains("Read".repeat(16) + "_")).isFalse();
    assertThat(Dictionary.contains(bytes("qx " + "Read".repeat(16)), 3, 67)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("Everyday words may be inflected, from five letters on")
  @CsvSource({"quxed, true", "quxly, true", "qxed, false", "SUSPENDED, true", "quxing, true", "ing, false",
      "quxtions, true", "quxen, false"})
  void knowsEndings(String word, boolean everyday) {
    assertThat(Dictionary.isEveryday(word)).isEqualTo(everyday);
  }

  @Test
  @DisplayName("Each short list has its words, in any case, and nothing near them")
  void listsHaveTheirWords() {
    for (var list : WordList.values()) {
      for (var word : list.words) {
        assertThat(lists(word) & list.bit).as(word).isNotZero();
        assertThat(lists(word.toUpperCase(Locale.ROOT)) & list.bit).as(word).isNotZero();
        assertThat(lists(word + "q")).as(word + "q").isZero();
      }
    }
    assertThat(lists("wednesdax")).isZero();
    assertThat(lists("aaaaaaaaaaaaaaaaa")).isZero();
  }

  private static int lists(String word) {
    byte[] bytes = bytes(word);
    return WordLists.of(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
