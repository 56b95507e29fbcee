package dev.serin.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

  @ParameterizedTest(name = "{0} is {1} s and is written {2}")
  @CsvSource({"90s, 90, 1m30s", "2m, 120, 2m", "1h30m, 5400, 1h30m", "30m1h, 5400, 1h30m", "0s, 0, 0s",
      "99999h, 359996400, 99999h"})
  @DisplayName("A duration is read in any order of units and written in its shortest form")
  void durations(String text, long seconds, String shortest) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(DurationText.format(Duration.ofSeconds(seconds))).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "m", "-2m", "2 m", "1.5h", "500ms", "100000s", "1m1m1m1m1m1m1m1m1m", "2d"})
  @DisplayName("What is not a duration is refused with the text")
  void notDurations(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse(text))
        .withMessage("'" + text + "' is not a duration such as 90s, 2m or 1h30m");
  }

  @ParameterizedTest(name = "{0} is {1} ppm and is written {2}")
  @CsvSource({"0.5%, 5000, 0.5%", "25%, 250000, 25%", "0.0001%, 1, 0.0001%", "5.0%, 50000, 5%", "100%, 1000000, 100%",
      "0%, 0, 0%", "10%, 100000, 10%"})
  @DisplayName("A weight is exact to a part per million and written in its shortest form")
  void weights(String text, int partsPerMillion, String shortest) {
    assertThat(WeightText.parse(text)).isEqualTo(partsPerMillion);
    assertThat(WeightText.format(partsPerMillion)).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "%", "-5%", "100.0001%", "0.00001%", "5,5%", "1e1%", "101%", "٥%"})
  @DisplayName("What is not a weight is refused with the text")
  void notWeights(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> WeightText.parse(text))
        .withMessage("'" + text + "' is not a weight such as 0.5% or 25%");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1_000_001})
  @DisplayName("A share outside 0..1000000 ppm is a programmer's error")
  void sharesOutOfRange(int partsPerMillion) {
    assertThatIllegalArgumentException().isThrownBy(() -> WeightText.format(partsPerMillion))
        .withMessageContaining("was " + partsPerMillion);
  }
}
