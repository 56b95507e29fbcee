package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.record.LogRecord.Flaw;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a record holds at most, and which line begins the next one.
class RecordBoundsTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final RecordAssembler assembler = new RecordAssembler();

  @Test
  @DisplayName("A record goes on for less than three seconds after its last line, whatever its first one's time is")
  void boundsGaps() {
    accept(Duration.ZERO, "ERROR one");
    assertThat(accept(Duration.ofMillis(2_999), " more")).isEmpty();
    assertThat(accept(Duration.ofMillis(5_998), " more")).isEmpty();
    assertThat(accept(Duration.ofMillis(8_998), " late")).extracting(LogRecord::message).containsExactly("one");
    assertThat(accept(Duration.ofMillis(8_998), "")).isEmpty();
    assertThat(accept(Duration.ofMillis(11_998), "")).extracting(LogRecord::message).containsExactly("late");
    assertThat(accept(Duration.ofSeconds(12), "")).isEmpty();
    assertThat(assembler.flush()).isEmpty();
  }

  @Test
  @DisplayName("The record under way tells the time of its first line until it is complete")
  void tellsSince() {
    assertThat(assembler.underWaySince()).isEmpty();
    accept(Duration.ofSeconds(1), "ERROR one");
    accept(Duration.ofSeconds(2), " more");
    assertThat(assembler.underWaySince()).hasValue(NOON.plusSeconds(1));
    accept(Duration.ofSeconds(3), "ERROR two");
    assertThat(assembler.underWaySince()).hasValue(NOON.plusSeconds(3));
    assembler.flush();
    assertThat(assembler.underWaySince()).isEmpty();
  }

  @Test
  @DisplayName("A record keeps 128 lines whole, and one more flags it")
  void boundsLines() {
    var lines = Collections.nCopies(127, " more");

    assertThat(flaws("ERROR one", lines)).isEmpty();
    assertThat(flaws("ERROR one", Stream.concat(lines.stream(), Stream.of(" more")).toList()))
        .containsExactly(Flaw.TRUNCATED);
    assertThat(flaws("ERROR one", List.of())).isEmpty();
  }

  @Test
  @DisplayName("A record keeps 65,536 characters whole, and one more flags it; the next one begins to count anew")
  void boundsCharacters() {
    var half = " " + "y".repeat(32_767);

    assertThat(flaws("ERROR " + "x".repeat(32_762), List.of(half))).isEmpty();
    assertThat(flaws("ERROR " + "x".repeat(32_763), List.of(half))).containsExactly(Flaw.TRUNCATED);
    assertThat(flaws("ERROR " + "x".repeat(32_762), List.of(half))).isEmpty();
  }

  @Test
  @DisplayName("Pieces of a line join to 65,536 characters, and what is beyond is left out and flagged")
  void boundsPieces() {
    assertThat(joined(65_536 - 16)).satisfies(record -> {
      assertThat(record.message()).hasSize(65_536 - 6);
      assertThat(record.flaws()).containsExactly(Flaw.SPLIT);
    });
    assertThat(joined(65_536 - 15)).satisfies(record -> {
      assertThat(record.message()).isEqualTo("0123456789");
      assertThat(record.flaws()).containsExactlyInAnyOrder(Flaw.SPLIT, Flaw.TRUNCATED);
    });
  }

  @Test
  @DisplayName("A level, a time or JSON in the second piece of a line counts as if it had never been cut")
  void scansJoinedLines() {
    assembler.accept(new LogLine(NOON, "ERR", true, false));
    assembler.accept(new LogLine(NOON, "OR shop.Api - lost"));
    assertThat(assembler.flush()).hasValueSatisfying(record -> {
      assertThat(record.level()).isEqualTo(Level.ERROR);
      assertThat(record.logger()).isEqualTo("shop.Api");
    });
    assembler.accept(new LogLine(NOON, "{\"level\":\"error\",", true, false));
    assertThat(assembler.accept(new LogLine(NOON, "\"msg\":\"lost\"}"))).extracting(LogRecord::message)
        .containsExactly("lost");
  }

  @ParameterizedTest
  @DisplayName("A trace goes on with a warning or error that announced it, and below that it is a record of its own")
  @CsvSource(delimiter = '|', value = {"ERROR lost | java.io.IOException: x | 1",
      "WARN lost | java.io.IOException: x | 1",
      "INFO lost | java.io.IOException: x | 2", "ERROR lost | Traceback (most recent call last): | 1",
      "INFO lost | Traceback (most recent call last): | 2", "ERROR lost | goroutine 1 [running]: | 1",
      "ERROR lost | panic: x | 1",
      "INFO lost | panic: x | 2", "ERROR lost | more words | 2", "panic: x | main.main() | 1",
      "java.io.IOException: x | more words | 2",
      "Traceback (most recent call last): | ValueError: x | 1", "ERROR lost | {\"level\":\"error\"} | 2",
      "ERROR lost | a=1 b=2 | 2",
      "ERROR lost | Nov 24, 2026 10:00:00 AM a.B c | 2", "Nov 24, 2026 10:00:00 AM a.B c | SEVERE: lost | 1",
      "Nov 24, 2026 10:00:00 AM a.B c | lost | 1"})
  void joins(String first, String second, int records) {
    assertThat(Records.all(first, second)).hasSize(records);
  }

  @ParameterizedTest
  @DisplayName("A traceback goes on after its end with another one that a sentence announces")
  @ValueSource(strings = {"The above exception was the direct cause of the following exception:",
      "During handling of the above exception, another exception occurred:"})
  void chainsTracebacks(String sentence) {
    var traceback = List.of("Traceback (most recent call last):", "  File \"/app/a.py\", line 1, in f",
        "ValueError: x");
    var lines = Stream.of(List.of("ERROR lost"), traceback, List.of("", sentence, ""), traceback, List.of("next"))
        .flatMap(List::stream);

    assertThat(Records.all(lines.toArray(String[]::new))).hasSize(2).first()
        .satisfies(record -> assertThat(record.exception().orElseThrow().chain()).hasSize(2));
  }

  @Test
  @DisplayName("Only a line in braces is complete by itself")
  void completesJson() {
    assertThat(accept(Duration.ZERO, "{\"a\":1}")).hasSize(1);
    assertThat(accept(Duration.ZERO, "{\"a\":1")).isEmpty();
    assertThat(accept(Duration.ZERO, "x}")).hasSize(1);
    assertThat(assembler.flush()).map(LogRecord::message).hasValue("x}");
  }

  private List<LogRecord> accept(Duration after, String text) {
    return assembler.accept(new LogLine(NOON.plus(after), text));
  }

  private List<Flaw> flaws(String first, List<String> more) {
    assembler.accept(new LogLine(NOON, first));
    more.forEach(text -> assembler.accept(new LogLine(NOON, text)));
    return List.copyOf(assembler.flush().orElseThrow().flaws());
  }

  private LogRecord joined(int second) {
    assembler.accept(new LogLine(NOON, "ERROR 0123456789", true, false));
    assembler.accept(new LogLine(NOON, "x".repeat(second)));
    return assembler.flush().orElseThrow();
  }
}
