package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelTest {

  @ParameterizedTest
  @DisplayName("Every name and number of the usual libraries is the level that it means, in any case")
  @CsvSource({"trace trc finest finer 10, TRACE", "debug dbg fine verbose 20, DEBUG",
      "info inf information informational notice config 30, INFO", "warn warning wrn 40, WARN",
      "error err severe 50, ERROR", "fatal ftl pnc dpanic critical crit alert emerg emergency panic 60, FATAL"})
  void parses(String names, Level level) {
    assertThat(Stream.of(names.split(" "))).allSatisfy(name -> {
      assertThat(Level.parse(name)).hasValue(level);
      assertThat(Level.parse(name.toUpperCase(Locale.ROOT))).hasValue(level);
    });
  }

  @ParameterizedTest
  @DisplayName("Anything else is no level")
  @ValueSource(strings = {"", "none", "unknown", "errors", "70", "informationally", " info"})
  void refuses(String name) {
    assertThat(Level.parse(name)).isEmpty();
  }

  @Test
  @DisplayName("Levels rise, and one is at least itself")
  void rises() {
    assertThat(Level.ERROR.atLeast(Level.WARN)).isTrue();
    assertThat(Level.WARN.atLeast(Level.WARN)).isTrue();
    assertThat(Level.INFO.atLeast(Level.WARN)).isFalse();
    assertThat(Level.UNKNOWN.atLeast(Level.TRACE)).isFalse();
  }
}
