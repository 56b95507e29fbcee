package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.record.StackTrace.Thrown;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

  @ParameterizedTest
  @DisplayName("A logger is named without its line number, in at most 256 printable characters")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"a.B:77 | a.B", "a.B77 | a.B77", "a.B: | a.B:", "77 | 77",
      ":7 | ``", "a:b:7 | a:b",
      "a\\tb | a b", "7:7 | 7"})
  void namesLoggers(String logger, String name) {
    assertThat(Records.record("{\"level\":\"error\",\"logger\":\"" + logger + "\",\"msg\":\"x\"}").logger())
        .isEqualTo(name);
  }

  @Test
  @DisplayName("Of a longer name of a logger the first 256 characters stay")
  void boundsLoggers() {
    assertThat(Records.record("{\"level\":\"error\",\"logger\":\"" + "x".repeat(300) + "\"}").logger())
        .isEqualTo("x".repeat(256));
  }

  @ParameterizedTest
  @DisplayName("An exception is read from a field with its trace, its type, or the lines below")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{\"level\":\"error\",\"msg\":\"m\",\"stack_trace\":\"a.BException: lost\\n\\tat c.D.e(F.java:1)\"} | a.BException | lost | c.D#e",
      "{\"level\":\"error\",\"msg\":\"m\",\"error\":{\"type\":\"a.BException\",\"message\":\"lost\"}} | a.BException | lost |",
      "{\"level\":\"error\",\"msg\":\"m\",\"error\":{\"type\":\"a.BException\"}} | a.BException | m |",
      "{\"level\":\"error\",\"msg\":\"m\",\"error\":{\"type\":\"not a type\"}} | |  |",
      "{\"@l\":\"Error\",\"@mt\":\"m\",\"@x\":\"A.BException: lost\\n   at C.D.E(F f)\"} | A.BException | lost | C.D#E",
      "{\"level\":\"error\",\"msg\":\"m\",\"stack\":\"none\"} | | |"})
  void readsExceptions(String line, @Nullable String type, @Nullable String message, @Nullable String frame) {
    var exception = Records.record(line).exception();

    assertThat(exception.isPresent()).isEqualTo(type != null);
    assertThat(exception.map(StackTrace::rootCause).stream().toList()).isEqualTo(type == null || message == null
        ? List.of()
        : List.of(new Thrown(type, message, frame == null ? List.of() : List.of(frame))));
  }

  @Test
  @DisplayName("A request told by fields leaves the message alone; one in the message is taken out of it")
  void readsRequests() {
    var fields = Records.record("{\"status\":404,\"msg\":\"lost GET /a 500 1ms\",\"error_code\":\"GONE\"}");
    var message = Records.record("{\"msg\":\"lost GET /a 500 1ms\",\"error_code\":\"GONE\"}");

    assertThat(fields.status()).hasValue(404);
    assertThat(fields.message()).isEqualTo("lost GET /a 500 1ms");
    assertThat(message.status()).hasValue(500);
    assertThat(message.message()).isEqualTo("lost");
    assertThat(List.of(fields, message)).extracting(record -> record.http().errorCode().orElse(""))
        .containsOnly("GONE");
  }

  @Test
  @DisplayName("What a runtime's envelope holds is read once, as JSON or text of several lines, and never as an envelope")
  void readsEnvelopes() {
    var json = Records
        .record("{\"log\":\"{\\\"level\\\":\\\"error\\\",\\\"msg\\\":\\\"lost\\\"}\\n\",\"stream\":\"stdout\"}");
    var text = Records
        .record("{\"log\":\"WARN lost\\na.BException: x\\n\\tat c.D.e(F.java:1)\",\"stream\":\"stdout\"}");
    var inner = Records
        .record("{\"log\":\"{\\\"log\\\":\\\"ERROR x\\\",\\\"stream\\\":\\\"y\\\"}\",\"stream\":\"stdout\"}");
    var empty = Records.record("{\"log\":\"\\n\",\"stream\":\"stdout\"}");

    assertThat(json).extracting(LogRecord::level, LogRecord::message).containsExactly(Level.ERROR, "lost");
    assertThat(text.level()).isEqualTo(Level.WARN);
    assertThat(text.exception().orElseThrow().rootCause().frames()).containsExactly("c.D#e");
    assertThat(inner).extracting(LogRecord::level, LogRecord::message).containsExactly(Level.UNKNOWN, "ERROR x");
    assertThat(empty.message()).isEmpty();
  }

  @Test
  @DisplayName("A message that is an exception is the outermost of its chain, and one with its own line below is not doubled")
  void readsTraces() {
    var outer = Records.record("ERROR shop.Api - a.BException: lost", "\tat c.D.e(F.java:1)",
        "Caused by: a.CException: gone");
    var announced = Records.record("ERROR lost", "a.BException: gone", "\tat c.D.e(F.java:1)");
    var inside = Records.record("ERROR failed: a.BException: gone", "\tat c.D.e(F.java:1)");
    var alone = Records.record("ERROR shop.Api - a.BException: lost");

    assertThat(outer.exception().orElseThrow().chain()).extracting(Thrown::type).containsExactly("a.BException",
        "a.CException");
    assertThat(announced.exception().orElseThrow().chain()).extracting(Thrown::message).containsExactly("gone");
    assertThat(inside.exception().orElseThrow().rootCause())
        .isEqualTo(new Thrown("a.BException", "gone", List.of("c.D#e")));
    assertThat(alone.exception()).isEmpty();
  }

  @Test
  @DisplayName("Two lines of java.util.logging are a record with the class as its logger; one alone is text")
  void readsTwoLines() {
    var head = "Nov 24, 2026 10:00:00 AM shop.Api get";
    var two = Records.record(head, "SEVERE: lost GET /a 404 1ms tenant=acme");

    assertThat(two).extracting(LogRecord::level, LogRecord::logger, LogRecord::message)
        .containsExactly(Level.ERROR, "shop.Api", "lost tenant=<*>");
    assertThat(two.status()).hasValue(404);
    assertThat(two.tenant()).hasValue("acme");
    assertThat(Records.record(head)).extracting(LogRecord::logger, LogRecord::message).containsExactly("", head);
  }

  @ParameterizedTest
  @DisplayName("An exception right behind the level is the record's exception, not its logger")
  @ValueSource(strings = {"ERROR java.lang.IllegalStateException: closed",
      "2026-11-24 10:00:00,123 ERROR java.lang.IllegalStateException: closed"})
  void exceptionBehindLevel(String line) {
    var record = Records.record(line, "\tat shop.Pool.take(Pool.java:7)");
    assertThat(record.logger()).isEmpty();
    assertThat(record.exception()).hasValueSatisfying(
        trace -> assertThat(trace.rootCause().type()).isEqualTo("java.lang.IllegalStateException"));
    assertThat(Records.record("ERROR shop.Pool: closed").logger()).isEqualTo("shop.Pool");
  }
}
