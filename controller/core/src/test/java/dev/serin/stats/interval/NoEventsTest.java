package dev.serin.stats.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoEventsTest {

  @Test
  @DisplayName("29,957 requests without an event prove, at 5 %, a rate below 1 in 10,000")
  void published() {
    // statistics.md section 9.
    assertThat(NoEvents.requests(1e-4, 0.05)).isCloseTo(29_957, within(0.5));
    assertThat(NoEvents.upperBound(29_957, 0.05)).isCloseTo(1e-4, within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({"1e-4, .05", ".01, .05", ".3, .01", "1, .2"})
  @DisplayName("Silence of that length has, at that rate, at most the probability beta")
  void silenceIsUnlikely(double rate, double beta) {
    double requests = Math.ceil(NoEvents.requests(rate, beta));
    assertThat(StrictMath.pow(1 - rate, requests)).isLessThanOrEqualTo(beta);
  }

  @Test
  @DisplayName("Without requests nothing is proven")
  void nothing() {
    assertThat(NoEvents.upperBound(0, 0.05)).isEqualTo(1);
    assertThat(NoEvents.upperBound(2, 0.05)).isEqualTo(1);
  }

  @Test
  @DisplayName("Impossible arguments are refused with the offending number")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> NoEvents.requests(0, 0.05)).withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> NoEvents.requests(0.1, 1)).withMessageContaining("1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> NoEvents.upperBound(-1, 0.05)).withMessageContaining("-1.0");
  }
}
