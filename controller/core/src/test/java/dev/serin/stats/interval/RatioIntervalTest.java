package dev.serin.stats.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RatioIntervalTest {

  @Test
  @DisplayName("Both ends lie inside, what is beyond them outside")
  void contains() {
    var interval = new RatioInterval(0.5, 2);
    assertThat(interval.contains(0.5)).isTrue();
    assertThat(interval.contains(2)).isTrue();
    assertThat(interval.contains(Math.nextDown(0.5))).isFalse();
    assertThat(interval.contains(Math.nextUp(2.0))).isFalse();
    assertThat(new RatioInterval(0, Double.POSITIVE_INFINITY).contains(0)).as("no end is known").isTrue();
  }

  @Test
  @DisplayName("Ends that are no interval are refused with both")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RatioInterval(1, 1))
        .withMessageContaining("was 1.0 and 1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new RatioInterval(-0.1, 1)).withMessageContaining("-0.1");
    assertThatIllegalArgumentException().isThrownBy(() -> new RatioInterval(Double.NaN, 1))
        .withMessageContaining("NaN");
  }
}
