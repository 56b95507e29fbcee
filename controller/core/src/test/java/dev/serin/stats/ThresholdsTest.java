package dev.serin.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThresholdsTest {

  @Test
  @DisplayName("A fault may start in any half hour as likely as in the first, of at least one window")
  void onset() {
    assertThat(Thresholds.onset(Thresholds.WINDOW)).isEqualTo(new OnsetPrior(180));
    assertThat(Thresholds.onset(Duration.ofMinutes(5))).isEqualTo(new OnsetPrior(6));
    assertThat(Thresholds.onset(Duration.ofMinutes(40))).isEqualTo(new OnsetPrior(1));
  }
}
