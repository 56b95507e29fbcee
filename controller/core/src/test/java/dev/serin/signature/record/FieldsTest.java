package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

  @Test
  @DisplayName("Nested keys are joined by dots, in lower case; of an array the first element counts, and null is no value")
  void readsJson() {
    assertThat(json("""
        { "Level" : "error", "http" : { "Status" : 404, "ok" : true, "none" : null } , "empty" : { },
          "errors" : [ { "Code" : "A" }, { "code" : "B", "other" : "C" } ], "list" : [ ], "plain" : [ "x", "y" ],
          "deep" : [ [ "z" ] ], "number" : -1.5e+3 }
        """.strip())).isEqualTo(Map.of("level", "error", "http.status", "404", "http.ok", "true", "errors[0].code", "A",
        "plain[0]", "x", "deep[0][0]", "z", "number", "-1.5e+3"));
  }

  @Test
  @DisplayName("Escapes stand for their characters, alone and among others")
  void readsEscapes() {
    assertThat(json("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}")).containsEntry("a", "\"\\/\b\f\n\r\t");
    assertThat(json("{\"a\":\"x\\u0041\\u00e9\\u65E5y\"}")).containsEntry("a", "xAé日y");
    assertThat(json("{\"a\":\"\\\\\",\"b\":\"\"}")).isEqualTo(Map.of("a", "\\", "b", ""));
  }

  @ParameterizedTest
  @DisplayName("Malformed JSON is no record")
  @ValueSource(strings = {"", "{", "}", "[]", "\"a\"", "{\"a\"}", "{\"a\":}", "{\"a\":1", "{\"a\":1,}", "{\"a\":1}}",
      "{\"a\":1} x", "{a:1}", "{\"a\" 1}", "{\"a\":\"x}", "{\"a\":\"x\\", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}",
      "{\"a\":\"\\u12g4\"}",
      "{\"a\":[1}", "{\"a\":[1,]}", "{\"a\":[}", "{\"a\":{\"b\":1}", "{\"a\":1]", "{\"a\":'x'}", "{\"a\":\"x\\u00"})
  void refusesMalformed(String text) {
    assertThat(Fields.json(text)).isEmpty();
  }

  @Test
  @DisplayName("Sixteen levels below the outermost are read, of objects and arrays, empty or not; one more makes it no record")
  void boundsDepth() {
    assertThat(Fields.json(nested("{\"a\":", "1", "}", 16))).isPresent();
    assertThat(Fields.json(nested("{\"a\":", "{}", "}", 16))).isPresent();
    assertThat(Fields.json("{\"a\":" + nested("[", "1", "]", 16) + "}")).isPresent();
    assertThat(Fields.json("{\"a\":" + nested("[", "[]", "]", 15) + "}")).isPresent();
    assertThat(Fields.json(nested("{\"a\":", "1", "}", 18))).isEmpty();
    assertThat(Fields.json(nested("{\"a\":", "{}", "}", 17))).isEmpty();
    assertThat(Fields.json("{\"a\":" + nested("[", "1", "]", 17) + "}")).isEmpty();
    assertThat(Fields.json("{\"a\":" + nested("[", "[]", "]", 16) + "}")).isEmpty();
  }

  @Test
  @DisplayName("A record has 256 fields at most: more are left out, and it stays one")
  void boundsFields() {
    var many = IntStream.range(0, 300).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    var pairs = IntStream.range(0, 300).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining(" "));

    assertThat(json(many)).hasSize(256).containsKey("k255").doesNotContainKey("k256");
    assertThat(logfmt(pairs)).hasSize(256).containsKey("k255").doesNotContainKey("k256");
  }

  @Test
  @DisplayName("A key has 128 characters at most, with all that it is nested in; longer ones are left out")
  void boundsKeys() {
    var key = "k".repeat(128);

    assertThat(json("{\"" + key + "\":1,\"x" + key + "\":2}")).containsOnlyKeys(key);
    assertThat(json("{\"a\":{\"" + key.substring(2) + "\":1,\"" + key.substring(1) + "\":2}}"))
        .containsOnlyKeys("a." + key.substring(2));
    assertThat(json("{\"" + key.substring(3) + "\":[1],\"" + key.substring(2) + "\":[{\"a\":2}]}"))
        .containsOnlyKeys(key.substring(3) + "[0]");
    assertThat(logfmt(key + "=1 x" + key + "=2")).containsOnlyKeys(key);
  }

  @ParameterizedTest
  @DisplayName("Pairs are read whatever separates them, with quoted values, and later words without a value are left out")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"a=1 b=2 | 1 | 2", "`\ta=1\t b=2 ` | 1 | 2",
      "a=1 b=2 word b=3 | 1 | 2", "a=\"one two\" b=\"x\\\"y\" | one two | x\"y", "a= b=2 | `` | 2", "A=1 B=2 | 1 | 2",
      "a=1 b=\"cut off | 1 | cut off", "a=1=2 b=\"\" | 1=2 | ``", "a=é b=x,y | é | x,y", "a=1 b=\"x\\q\" | 1 | x\\q\"",
      "a=1 b=\"\\\\\" c=3 | 1 | \\"})
  void readsLogfmt(String text, String a, String b) {
    assertThat(logfmt(text)).containsEntry("a", a).containsEntry("b", b);
  }

  @Test
  @DisplayName("Keys have letters, digits and some signs")
  void readsKeys() {
    assertThat(logfmt("a_b=1 c.d=2 @e=3 f/g=4 h-i=5 j7=6 {k}=7"))
        .containsOnlyKeys("a_b", "c.d", "@e", "f/g", "h-i", "j7");
  }

  @ParameterizedTest
  @DisplayName("A text that does not begin with two pairs is no logfmt")
  @ValueSource(strings = {"", " ", "a=1", "word a=1 b=2", "a=1 word b=2", "=1 a=2 b=3", "a b", "a"})
  void needsTwoPairs(String text) {
    assertThat(Fields.logfmt(text)).isEmpty();
  }

  @Test
  @DisplayName("Of several keys the first that has a value tells it; a blank one has none")
  void prefersTheFirst() {
    var fields = new Fields(Map.of("a", " ", "b", "2", "c", "3"));

    assertThat(fields.first(List.of("x", "a", "c", "b"))).hasValue("3");
    assertThat(fields.first(List.of("x", "a"))).isEmpty();
    assertThat(fields.containsAll(Set.of("a", "b"))).isTrue();
    assertThat(fields.containsAll(Set.of("a", "x"))).isFalse();
  }

  private static Map<String, String> json(String text) {
    return Fields.json(text).orElseThrow().values();
  }

  private static Map<String, String> logfmt(String text) {
    return Fields.logfmt(text).orElseThrow().values();
  }

  private static String nested(String open, String inner, String close, int times) {
    return open.repeat(times) + inner + close.repeat(times);
  }
}
