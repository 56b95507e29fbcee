package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.record.LogRecord.Flaw;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeLineTest {

  private static final DateTimeFormatter TO_SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456789Z");

  @Test
  @DisplayName("The line in Docker's JSON and in the layout of the Container Runtime Interface is found with its time")
  void unwraps() {
    assertThat(RuntimeLine.read("{\"log\":\"\\tat a.B\\n\",\"stream\":\"stderr\",\"time\":\"" + NOON + "\"}"))
        .isEqualTo(new LogLine(NOON, "\tat a.B"));
    assertThat(RuntimeLine.read(NOON + " stderr F  ERROR x")).isEqualTo(new LogLine(NOON, " ERROR x"));
    assertThat(RuntimeLine.read(NOON + " stdout P ERROR x")).isEqualTo(new LogLine(NOON, "ERROR x", true, false));
    assertThat(RuntimeLine.read(docker("x".repeat(16_384))).partial()).isTrue();
    assertThat(RuntimeLine.read(docker("ended by a forwarder")).partial()).isFalse();
  }

  @ParameterizedTest
  @DisplayName("Anything else stays as it is")
  @ValueSource(strings = {"", "ERROR x", "{\"log\":\"x\",\"stream\":\"y\",\"time\":\"noon\"}", "{\"log\":\"x\"",
      "2026-11-24T12:00:00Z stdin F x", "2026-11-24T12:00:00Z stdout X x", "2026-11-24T12:00:00Z stdout",
      "2026-11-24T99:00:00Z stdout F x", "{\"stream\":\"x\",\"level\":\"error\"}"})
  void leavesOthers(String text) {
    assertThat(RuntimeLine.read(text)).isEqualTo(new LogLine(Instant.EPOCH, text));
  }

  @Test
  @DisplayName("A stack trace in Docker's JSON is one record")
  void assembles() {
    var records = records(NOON + " stderr F ERROR a.B - lost", NOON + " stderr F java.lang.Error: gone",
        NOON + " stderr F \tat a.B.c(D.java:1)", NOON + " stderr F ERROR a.B - next");

    assertThat(records).hasSize(2);
    assertThat(records.getFirst().exception()).isPresent();
    assertThat(records.getFirst().flaws()).isEmpty();
  }

  @Test
  @DisplayName("A line that the runtime cut is whole again, and flagged; JSON too, and one whose end never came")
  void joinsPieces() {
    assertThat(records(NOON + " stdout P ERROR a.B - lo", NOON + " stdout P st ", NOON + " stdout F for good",
        NOON + " stdout F ERROR a.B - next")).satisfiesExactly(record -> {
          assertThat(record.message()).isEqualTo("lost for good");
          assertThat(record.flaws()).containsExactly(Flaw.SPLIT);
        }, record -> assertThat(record.flaws()).isEmpty());
    assertThat(records(NOON + " stdout P  ERROR order ", NOON + " stdout P lost ", NOON + " stdout F  "))
        .extracting(LogRecord::message).containsExactly("order lost");
    assertThat(records(NOON + " stdout P {\"level\":\"error\",\"mess", NOON + " stdout F age\":\"lost\"}"))
        .singleElement().satisfies(record -> {
          assertThat(record.message()).isEqualTo("lost");
          assertThat(record.level()).isEqualTo(Level.ERROR);
          assertThat(record.flaws()).containsExactly(Flaw.SPLIT);
        });
    assertThat(records(NOON + " stdout F ERROR a.B - one", NOON + " stdout P ERROR a.B - two")).hasSize(2);
    assertThat(records(NOON + " stdout P \tat a.B.c(D.java:1)", NOON + " stdout F and more")).isEmpty();
  }

  @Test
  @DisplayName("What was left out of a record is flagged, whether lines, pieces or the middle of one")
  void flagsTruncation() {
    assertThat(Records.record("ERROR " + "x".repeat(70_000)).flaws()).containsExactly(Flaw.TRUNCATED);
    assertThat(Records.record("ERROR x", "  y".repeat(22_000)).flaws())
        .containsExactly(Flaw.TRUNCATED);
    assertThat(LogRecord.ofMessage(new LogLine(NOON, "x".repeat(70_000))).flaws()).containsExactly(Flaw.TRUNCATED);
    var endless = new String[10];
    Arrays.fill(endless, NOON + " stdout P " + "x".repeat(16_384));
    assertThat(records(endless)).singleElement()
        .satisfies(record -> assertThat(record.flaws()).containsExactlyInAnyOrder(Flaw.SPLIT, Flaw.TRUNCATED));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("A time is read exactly as Java's own reader reads it, and what that refuses is no time")
  void readsTimes(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      var digits = i % 10;
      var text = LocalDateTime.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L), 0, ZoneOffset.UTC)
          .format(TO_SECONDS) + (digits == 0 ? "" : "." + "0123456789".repeat(2).substring(i % 7, i % 7 + digits))
          + "Z";
      var changed = new StringBuilder(text);
      if (random.nextBoolean()) {
        changed.setCharAt(random.nextInt(text.length()), "0123456789:-.TZ+".charAt(random.nextInt(16)));
      }
      var time = changed.toString();

      assertThat(RuntimeLine.read(time + " stdout F x")).as("seed %d, %s", seed, time).isEqualTo(parsed(time)
          .map(instant -> new LogLine(instant, "x")).orElse(new LogLine(Instant.EPOCH, time + " stdout F x")));
    }
  }

  @ParameterizedTest
  @DisplayName("A time has a fraction of up to nine digits, and stays within its hour, minute and second")
  @ValueSource(strings = {"2026-11-24T12:34:56Z", "2026-11-24T12:34:56.1Z", "2026-11-24T12:34:56.123456789Z",
      "2026-11-24T00:00:00Z",
      "2026-11-24T23:59:59.999999999Z", "2024-02-29T09:08:07.060Z", "2026-11-24T12:34:56.Z",
      "2026-11-24T12:34:56+01:00", "2026-11-24T12:34:56.123456789+01:00"})
  void readsEdges(String time) {
    assertThat(RuntimeLine.read(time + " stderr F x")).isEqualTo(new LogLine(Instant.parse(time), "x"));
  }

  @ParameterizedTest
  @DisplayName("A time out of its bounds, or with another sign in any place, is none")
  @ValueSource(strings = {"2026-11-24T24:00:01Z", "2026-11-24T12:60:00Z", "2026-11-24T12:34:60Z",
      "2026-13-24T12:34:56Z",
      "2026-00-24T12:34:56Z", "2026-11-00T12:34:56Z", "2026-02-29T12:34:56Z", "2026-11-24 12:34:56Z",
      "2026/11-24T12:34:56Z",
      "2026-11/24T12:34:56Z", "2026-11-24T12.34:56Z", "2026-11-24T12:34.56Z", "2026-11-24T12:34:56,1Z",
      "2026-11-24T12:34:56.1234567890Z", "2026-11-24T12:34:56", "x026-11-24T12:34:56Z", "2026-x1-24T12:34:56Z",
      "2026-11-x4T12:34:56Z",
      "2026-11-24Tx2:34:56Z", "2026-11-24T12:x4:56Z", "2026-11-24T12:34:x6Z", "2026-11-24T12:34:56.x1Z",
      "2026-11-24T12:3Z",
      "2026-11-24T1/:34:56Z", "2026-11-24T1::34:56Z", "2026-11-24T12:34:56.123456789+01:00:000"})
  void refusesEdges(String time) {
    assertThat(RuntimeLine.read(time + " stderr F x")).isEqualTo(new LogLine(Instant.EPOCH, time + " stderr F x"));
  }

  @Test
  @DisplayName("Docker's JSON has a line, a stream and a time; a piece that was cut has 16,384 characters without an end")
  void readsDocker() {
    var other = "{\"log\":\"x\",\"stream\":\"stdout\",\"at\":\"" + NOON + "\"}";

    assertThat(RuntimeLine.read(docker("x"))).isEqualTo(new LogLine(NOON, "x"));
    assertThat(RuntimeLine.read(docker(""))).isEqualTo(new LogLine(NOON, ""));
    assertThat(RuntimeLine.read(docker("x".repeat(16_383))).partial()).isFalse();
    assertThat(RuntimeLine.read(docker("x".repeat(16_384) + "\\n")).partial()).isFalse();
    assertThat(RuntimeLine.read(other)).isEqualTo(new LogLine(Instant.EPOCH, other));
  }

  private static Optional<Instant> parsed(String time) {
    try {
      return Optional.of(Instant.parse(time));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static String docker(String log) {
    return "{\"log\":\"" + log + "\",\"stream\":\"stdout\",\"time\":\"" + NOON + "\"}";
  }

  private static List<LogRecord> records(String... lines) {
    var assembler = new RecordAssembler();
    List<LogRecord> records = new ArrayList<>();
    for (var line : lines) {
      records.addAll(assembler.accept(RuntimeLine.read(line)));
    }
    assembler.flush().ifPresent(records::add);
    return records;
  }
}
