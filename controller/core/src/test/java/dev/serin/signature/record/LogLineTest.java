package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogLineTest {

  @ParameterizedTest
  @DisplayName("Colours, other control sequences and carriage returns vanish, and everything beside them stays")
  @MethodSource("sequences")
  void strips(String text, String plain) {
    assertThat(line(text).text()).isEqualTo(plain);
  }

  static Stream<Arguments> sequences() {
    return Stream.of(Arguments.of("a\u001b[1;31mb\u001b[0mc", "abc"), Arguments.of("a\u001b[K", "a"),
        Arguments.of("a\u001b[?25 b", "a"), Arguments.of("a\u001b[", "a"), Arguments.of("a\u001b[1;3", "a"),
        Arguments.of("a\u001b", "a"), Arguments.of("a\u001bb", "ab"), Arguments.of("[1;31mb", "[1;31mb"),
        Arguments.of("a\u001b[\u001fb", "ab"), Arguments.of("\rab\r", "ab"), Arguments.of("a\rb\u001b[mc", "abc"),
        Arguments.of("a\tb", "a\tb"));
  }

  @Test
  @DisplayName("A text of 65,536 characters stays whole, one more loses its middle and says so")
  void boundsLength() {
    var whole = line("x".repeat(65_536));
    var longer = line("a".repeat(8_192) + "b".repeat(60_000) + "c".repeat(1_024));

    assertThat(whole.text()).hasSize(65_536);
    assertThat(whole.truncated()).isFalse();
    assertThat(longer.text()).isEqualTo("a".repeat(8_192) + " " + "c".repeat(1_024));
    assertThat(longer.truncated()).isTrue();
    assertThat(line("x".repeat(65_537)).truncated()).isTrue();
  }

  private static LogLine line(String text) {
    return new LogLine(Instant.EPOCH, text);
  }
}
