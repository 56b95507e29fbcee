package dev.serin.signature.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.serin.testkit.data.LogHub;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The fast canonicaliser against its meaning in plain steps. `-Dserin.signature.lines=10000000` for the long run.
class AgreementTest {

  private static final int LINES = Integer.getInteger("serin.signature.lines", 100_000);

  private final TemplateWriter fast = new TemplateWriter();
  private final ReferenceCanonicaliser reference = ReferenceCanonicaliser.complete();

  @ParameterizedTest
  @DisplayName("Fast and plain canonicaliser agree on hostile lines")
  @MethodSource("seeds")
  void agreeOnHostileLines(long seed) {
    var random = new Random(seed);
    int masked = 0;
    for (int i = 0; i < LINES / 4; i++) {
      byte[] line = HostileText.line(random);
      var expected = reference.canonicalise(new String(line, StandardCharsets.ISO_8859_1));
      masked += expected.contains(Canonicaliser.VARIABLE) ? 1 : 0;

      if (!fastOf(line).equals(expected)) {
        assertThat(fastOf(line)).as("seed %d, line %d: <%s>", seed, i, new String(line, StandardCharsets.ISO_8859_1))
            .isEqualTo(expected);
      }
    }
    assertThat(masked).as("masked lines of seed %d", seed).isGreaterThan(LINES / 8);
  }

  @Test
  @DisplayName("Fast and plain canonicaliser agree on every line of LogHub")
  void agreeOnLogHub() {
    var sets = LogHub.sets(LogHub.Truth.ORIGINAL);
    assumeThat(sets).as("LogHub in the folder that SERIN_DATA names").isNotEmpty();
    int lines = 0;
    for (var set : sets) {
      for (var line : set.lines()) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        lines++;

        assertThat(fastOf(bytes)).isEqualTo(reference.canonicalise(new String(bytes, StandardCharsets.ISO_8859_1)));
      }
    }
    assertThat(lines).isGreaterThanOrEqualTo(16_000);
  }

  @Test
  @DisplayName("A line within a larger buffer has the same template as alone")
  void ignoresWhatIsAround() {
    var random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] line = HostileText.line(random);
      byte[] around = new byte[line.length + 20];
      random.nextBytes(around);
      System.arraycopy(line, 0, around, 7, line.length);
      var alone = fastOf(line);
      int length = fast.write(around, 7, 7 + line.length);

      assertThat(new String(fast.template(), 0, length, StandardCharsets.ISO_8859_1)).as("line %d", i).isEqualTo(alone);
    }
  }

  static Stream<Long> seeds() {
    return Stream.of(1L, 20_261_124L, 8_842L, 404L);
  }

  private String fastOf(byte[] line) {
    int length = fast.write(line, 0, line.length);
    return new String(fast.template(), 0, length, StandardCharsets.ISO_8859_1);
  }
}
