package dev.serin.signature.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  @Test
  @DisplayName("Keys are sorted, nothing stands between members, and every value comes back as it was")
  void writes() {
    var value = new TreeMap<String, Object>(
        Map.of("b", List.of(1L, -2L, "x"), "a", new TreeMap<>(Map.of("k", "v", "l", 0L)),
            "c", List.of(), "d", new TreeMap<>()));

    assertThat(CanonicalJson.write(value))
        .isEqualTo("{\"a\":{\"k\":\"v\",\"l\":0},\"b\":[1,-2,\"x\"],\"c\":[],\"d\":{}}");
    assertThat(CanonicalJson.read(CanonicalJson.write(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @DisplayName("Quotes, backslashes and control characters are escaped, and no other character is")
  @CsvSource(quoteCharacter = '`', value = {"`\"`, `\"\\\"\"`", "\\, \"\\\\\"", "/, \"/\"", "é日, \"é日\"", "~, \"~\"",
      "` `, `\" \"`"})
  void escapes(String text, String json) {
    assertThat(CanonicalJson.write(text)).isEqualTo(json);
    assertThat(CanonicalJson.read(json)).isEqualTo(text);
  }

  @Test
  @DisplayName("A control character is written with four hexadecimal digits, and so is the last one of ASCII")
  void escapesControls() {
    assertThat(CanonicalJson.write("\u0000\n\u001f \u007f\u0080")).isEqualTo("\"\\u0000\\u000a\\u001f \\u007f\u0080\"");
    assertThat(CanonicalJson.read("\"a\\u0041\\u000ab\"")).isEqualTo("aA\nb");
  }

  @ParameterizedTest
  @DisplayName("Whole numbers are read to their last digit")
  @ValueSource(longs = {0, 9, -1, 1_234_567_890, Long.MAX_VALUE, Long.MIN_VALUE})
  void readsNumbers(long number) {
    assertThat(CanonicalJson.read(Long.toString(number))).isEqualTo(number);
  }

  @Test
  @DisplayName("Sixteen levels are read, and one more is refused")
  void boundsDepth() {
    assertThat(CanonicalJson.read("[".repeat(16) + "1" + "]".repeat(16))).isInstanceOf(List.class);
    assertThat(CanonicalJson.read("{\"a\":".repeat(16) + "1" + "}".repeat(16))).isInstanceOf(Map.class);
    assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.read("[".repeat(17) + "1" + "]".repeat(17)))
        .withMessage("no canonical JSON at character 17");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalJson.read("{\"a\":".repeat(17) + "1" + "}".repeat(17)))
        .withMessage("no canonical JSON at character 85");
  }

  @ParameterizedTest
  @DisplayName("What is refused is refused at the character that is wrong")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"[1]x | 3", "{\"a\":1,\"a\":2} | 12", "{\"a\"1} | 5",
      "{\"a\":1\"b\":2} | 7", "[1 2] | 3", "\"open | 5", "{1:2} | 2", "[1,2 | 4", "\"a\\ | 3"})
  void tellsWhere(String json, int at) {
    assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.read(json))
        .withMessage("no canonical JSON at character " + at);
  }

  @ParameterizedTest
  @DisplayName("Fractions, constants, empty elements and escapes cut off are no canonical JSON")
  @ValueSource(strings = {"1.5", "1e3", "true", "[1,]", "[,1]", "{\"a\":}", "-", "\"\\u00", "\"\\u004", "\"\\u00zz\"",
      "'a'"})
  void refuses(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.read(json));
  }
}
