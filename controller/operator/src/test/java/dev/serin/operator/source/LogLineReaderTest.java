package dev.serin.operator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.serin.signature.record.LogLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogLineReaderTest {

  private final CountingMeter meter = new CountingMeter();

  @Test
  @DisplayName("The runtime's timestamp is split off, nanoseconds and zone offsets included")
  void readsTimestamps() throws IOException {
    assertThat(read("2026-01-01T00:00:00.123456789Z first\n2026-01-01T02:00:01+01:00 second\n2026-01-01T00:00:02Z\n"))
        .containsExactly(new LogLine(Instant.parse("2026-01-01T00:00:00.123456789Z"), "first"),
            new LogLine(Instant.parse("2026-01-01T01:00:01Z"), "second"),
            new LogLine(Instant.parse("2026-01-01T00:00:02Z"), ""));
  }

  @Test
  @DisplayName("A line without a timestamp gets the time of the line before; at the start it is skipped")
  void toleratesLinesWithoutTimestamp() throws IOException {
    assertThat(read("unable to open\n2026-01-01T00:00:00Z first\n2026-99-99T00:00:00Z glued\n\n"))
        .extracting(LogLine::time, LogLine::text)
        .containsExactly(tuple(Instant.parse("2026-01-01T00:00:00Z"), "first"),
            tuple(Instant.parse("2026-01-01T00:00:00Z"), "2026-99-99T00:00:00Z glued"),
            tuple(Instant.parse("2026-01-01T00:00:00Z"), ""));
  }

  @Test
  @DisplayName("A line of 10 MB takes 64 KiB, is metered as truncated, and the next line is read whole")
  void truncatesEndlessLines() throws IOException {
    List<LogLine> lines = read(
        "2026-01-01T00:00:00Z " + "x".repeat(10_000_000) + "\n2026-01-01T00:00:01Z after\n");

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).text().length()).isEqualTo(LogLineReader.LINE_LIMIT - "2026-01-01T00:00:00Z ".length());
    assertThat(lines.get(1).text()).isEqualTo("after");
    assertThat(meter.truncated).hasValue(1);
  }

  @Test
  @DisplayName("Bytes that are not UTF-8 are replaced and lose no line")
  void replacesMalformedBytes() throws IOException {
    byte[] body = "2026-01-01T00:00:00Z ab\n2026-01-01T00:00:01Z c\n".getBytes(StandardCharsets.UTF_8);
    body[21] = (byte) 0xff;
    assertThat(read(body)).extracting(LogLine::text).containsExactly("\ufffdb", "c");
  }

  @Test
  @DisplayName("A last line without a line end counts, and bytes and lines are metered")
  void readsUnfinishedLine() throws IOException {
    assertThat(read("2026-01-01T00:00:00Z a\n2026-01-01T00:00:01Z b")).extracting(LogLine::text)
        .containsExactly("a", "b");
    assertThat(meter.lines).hasValue(2);
    assertThat(meter.bytes).hasValue(44);
  }

  @Test
  @DisplayName("Closing gives the stream's permit back exactly once")
  void closes() throws IOException {
    var released = new AtomicInteger();
    try (var _ = new LogLineReader(new ByteArrayInputStream(new byte[0]), meter, released::incrementAndGet)) {
      assertThat(released).hasValue(0);
    }
    assertThat(released).hasValue(1);
  }

  private List<LogLine> read(String body) throws IOException {
    return read(body.getBytes(StandardCharsets.UTF_8));
  }

  private List<LogLine> read(byte[] body) throws IOException {
    var lines = new ArrayList<LogLine>();
    try (var reader = new LogLineReader(new ByteArrayInputStream(body), meter, () -> {})) {
      for (Optional<LogLine> line = reader.next(); line.isPresent(); line = reader.next()) {
        lines.add(line.get());
      }
      assertThat(reader.bytes()).isEqualTo(body.length);
    }
    return lines;
  }
}
