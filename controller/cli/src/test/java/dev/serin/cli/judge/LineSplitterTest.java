package dev.serin.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {

  @Test
  @DisplayName("Blank lines are passed over and counted; the last line needs no line break")
  void blanks() throws IOException {
    assertThat(lines(stream("\n  \t\r\na\r\n\nb"))).containsExactly("3:a\r", "5:b");
    assertThat(lines(stream("a\n"))).containsExactly("1:a");
    assertThat(lines(stream(""))).isEmpty();
    assertThat(lines(stream("\n\n"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("Lines of any length come out as they went in, however the stream is cut")
  void anyLength(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> expected = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 60; i++) {
      int length = random.nextInt(5) == 0 ? random.nextInt(300_000) : random.nextInt(200);
      String line = String.valueOf((char) ('a' + random.nextInt(26))).repeat(length);
      text.append(line).append('\n');
      if (length > 0) {
        expected.add(i + ":" + line);
      }
    }

    assertThat(lines(cut(text.toString(), random))).as("seed %s", seed).isEqualTo(expected);
  }

  private static List<String> lines(InputStream in) throws IOException {
    LineSplitter splitter = new LineSplitter(in);
    List<String> lines = new ArrayList<>();
    while (splitter.next()) {
      lines.add(splitter.number() + ":"
          + new String(splitter.bytes(), splitter.offset(), splitter.length(), StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Gives between one byte and all that is asked for, like a pipe.
  private static InputStream cut(String text, Random random) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, 1 + random.nextInt(length));
      }
    };
  }
}
