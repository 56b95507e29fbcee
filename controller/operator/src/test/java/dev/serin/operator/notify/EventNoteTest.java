package dev.serin.operator.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventNoteTest {
  @Test
  @DisplayName("A note of exactly 1024 bytes stays whole; one byte more is cut and says so")
  void cutsAtTheLimit() {
    assertThat(EventNote.of("a".repeat(1024))).isEqualTo("a".repeat(1024));
    assertThat(EventNote.of("a".repeat(1025))).isEqualTo("a".repeat(1021) + "…");
  }

  @Test
  @DisplayName("Line breaks, escapes and characters that turn the direction of text do not get through")
  void makesTextPlain() {
    assertThat(EventNote.of("first\nsecond\u001b[31m red \u202eevil\u2028x\ud800y")).isEqualTo(
        "first second [31m red ?evil x?y");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("Whatever the text, a note is at most 1024 bytes of valid UTF-8")
  void alwaysFits(long seed) {
    var random = new Random(seed);
    var text = random.ints(3_000, 0, 0x11_0000).collect(StringBuilder::new, StringBuilder::appendCodePoint,
        StringBuilder::append).toString();

    var bytes = EventNote.of(text).getBytes(StandardCharsets.UTF_8);

    assertThat(bytes).as("seed %d", seed).hasSizeBetween(1_000, 1_024);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(EventNote.of(text));
  }
}
