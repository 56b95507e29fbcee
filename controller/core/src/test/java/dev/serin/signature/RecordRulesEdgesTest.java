package dev.serin.signature;

import static dev.serin.signature.record.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.text.WildcardTemplate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What lies at the edges of the rules: words beside other letters, levels, statuses and what a record does not tell.
class RecordRulesEdgesTest {

  private static final RecordRules RULES = new RecordRules(List.of(), Optional.empty());

  @ParameterizedTest
  @DisplayName("A word of failure counts as a whole word anywhere in an information, also behind one that only begins like it")
  @ValueSource(strings = {"failed", "order failed", "failed order", "order failed twice", "unfailed and failed",
      "failedx failed", "Order FAILED",
      "access denied", "a timeout b", "the null value", "not found", "failure"})
  void findsSoftErrors(String message) {
    assertThat(signature("INFO " + message)).map(Signature::family).hasValue(Family.LOG);
    assertThat(signature(message)).as("without a level").isPresent();
    assertThat(signature("DEBUG " + message)).as("below INFO").isEmpty();
    assertThat(signature("TRACE " + message)).as("below INFO").isEmpty();
  }

  @ParameterizedTest
  @DisplayName("A part of a word is no failure")
  @ValueSource(strings = {"unfailed", "failedx", "nullable", "timeouts", "not founded", "xnot found", "fail", "found",
      "x-failed", "failed-"})
  void findsNoSoftErrors(String message) {
    assertThat(signature("INFO " + message)).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("Only an answer between 200 and 299 hides an error behind success")
  @CsvSource({"199, ", "200, 2xx", "299, 2xx", "300, ", "399, ", "400, 4xx"})
  void hidesErrors(int status, @Nullable String kind) {
    var line = "{\"status\":%d,\"method\":\"GET\",\"path\":\"/a\",\"msg\":\"x\",\"error\":\"lost\"}".formatted(status);

    assertThat(signature(line).map(signature -> signature.levels().getFirst())).isEqualTo(Optional.ofNullable(kind));
  }

  @Test
  @DisplayName("A record without trouble is named by what it would count for: its request, else its level and logger")
  void namesAll() {
    assertThat(RULES.nameOf(record("INFO shop.Api - GET /a 200 1ms"))).satisfies(signature -> {
      assertThat(signature.family()).isEqualTo(Family.HTTP);
      assertThat(signature.levels()).containsExactly("2xx", "200 GET /a");
      assertThat(signature.template()).isEqualTo("200 GET /a");
    });
    assertThat(RULES.nameOf(record("INFO shop.Api - started"))).satisfies(signature -> {
      assertThat(signature.levels()).containsExactly("INFO", "shop.Api");
      assertThat(signature.template()).isEqualTo("started");
    });
    assertThat(
        new RecordRules(List.of(), Optional.of(WildcardTemplate.parse("served *"))).nameOf(record("served 7")).family())
        .isEqualTo(Family.LOG);
    assertThat(RULES.nameOf(record("ERROR boom"))).isEqualTo(signature("ERROR boom").orElseThrow());
  }

  @Test
  @DisplayName("An error's code is shown of a request that failed only")
  void showsCodesOfErrors() {
    var line = "{\"status\":STATUS,\"method\":\"GET\",\"path\":\"/a\",\"msg\":\"x\",\"error_code\":\"GONE\"}";

    assertThat(RULES.nameOf(record(line.replace("STATUS", "302"))).levels()).containsExactly("3xx", "302 GET /a");
    assertThat(RULES.nameOf(record(line.replace("STATUS", "404"))).levels()).containsExactly("4xx", "404 GET /a GONE");
  }

  @Test
  @DisplayName("A record without a message shows that, a request its line, an exception its class")
  void namesEmptyMessages() {
    assertThat(signature("ERROR shop.Api - ").orElseThrow().template()).isEqualTo("<*>");
    assertThat(signature("{\"status\":404,\"method\":\"GET\",\"path\":\"/a\"}").orElseThrow().template())
        .isEqualTo("404 GET /a");
    assertThat(signature("ERROR x", "a.BException", "\tat c.D.e(F.java:1)").orElseThrow().template())
        .isEqualTo("BException");
    assertThat(signature("{\"status\":404,\"duration\":7,\"msg\":\"lost\"}").orElseThrow().levels())
        .containsExactly("4xx", "404");
  }

  @Test
  @DisplayName("The five innermost frames of the root cause, or of the nearest exception that has any, tell exceptions apart")
  void tellsFramesApart() {
    var five = trace(5, "Caused by: a.CException: x");
    var six = trace(6, "Caused by: a.CException: x");
    var four = trace(4, "Caused by: a.CException: x");

    assertThat(six.id()).isEqualTo(five.id());
    assertThat(four.id()).isNotEqualTo(five.id());
    assertThat(five.levels()).containsExactly("a.CException", "a.BException > a.CException");
    assertThat(trace(5, "Caused by: a.CException: x", "\tat c.D.other(F.java:1)").id()).isNotEqualTo(five.id());
  }

  @Test
  @DisplayName("A named template matches the message of any exception of the chain")
  void namesByCauses() {
    var rules = new RecordRules(List.of(new NamedTemplate("lost", WildcardTemplate.parse("* is lost"))),
        Optional.empty());

    assertThat(rules.signatureOf(
        record("ERROR x", "a.BException: y", "\tat c.D.e(F.java:1)", "Caused by: a.CException: all is lost")))
        .flatMap(Signature::name).hasValue("lost");
    assertThat(rules.signatureOf(record("ERROR x", "a.BException: y", "\tat c.D.e(F.java:1)"))).map(Signature::family)
        .hasValue(Family.EXC);
    assertThat(rules.signatureOf(record("ERROR x"))).map(Signature::family).hasValue(Family.LOG);
  }

  private static Signature trace(int frames, String... more) {
    var lines = Stream.of(Stream.of("ERROR x", "a.BException: y"),
        IntStream.range(0, frames).mapToObj(i -> "\tat c.D.e" + (char) ('a' + i) + "(F.java:1)"),
        Stream.of(more)).flatMap(part -> part);
    return signature(lines.toArray(String[]::new)).orElseThrow();
  }

  private static Optional<Signature> signature(String... lines) {
    return RULES.signatureOf(record(lines));
  }
}
