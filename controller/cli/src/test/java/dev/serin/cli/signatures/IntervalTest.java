package dev.serin.cli.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  @DisplayName("Exact intervals of rates and ratios, as published")
  void exact() {
    // Garwood's intervals of 0 and 10: 0 to 3.689, 4.795 to 18.39. Clopper and Pearson's of 4 in 10: 0.1216 to 0.7376.
    assertThat(Interval.rate(0, 1).high()).isCloseTo(3.689, within(5e-4));
    assertThat(Interval.rate(0, 1).low()).isZero();
    assertThat(Interval.rate(10, 2)).satisfies(rate -> {
      assertThat(rate.estimate()).isEqualTo(5);
      assertThat(rate.low()).isCloseTo(4.795 / 2, within(5e-4));
      assertThat(rate.high()).isCloseTo(18.39 / 2, within(5e-3));
    });
    assertThat(Interval.ratio(4, 100, 6, 200)).satisfies(ratio -> {
      assertThat(ratio.estimate()).isCloseTo(4.0 / 3, within(1e-12));
      assertThat(ratio.low()).isCloseTo(2 * 0.1216 / 0.8784, within(5e-4));
      assertThat(ratio.high()).isCloseTo(2 * 0.7376 / 0.2624, within(5e-3));
    });
    assertThat(Interval.ratio(5, 1, 0, 1).high()).isInfinite();
    assertThat(Interval.ratio(0, 1, 5, 1).low()).isZero();
  }

  @Test
  @DisplayName("Counts of millions keep their digits")
  void large() {
    // Normal approximation: 1.96 standard deviations of 1000 each side.
    assertThat(Interval.rate(1_000_000, 1)).satisfies(rate -> {
      assertThat(rate.low()).isCloseTo(998_040, within(5.0));
      assertThat(rate.high()).isCloseTo(1_001_960, within(5.0));
    });
  }
}
