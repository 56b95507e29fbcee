package dev.serin.stats.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  private static final double[] BOUNDS = {0.1, 0.25, 0.5, 1, 2.5};

  @Test
  @DisplayName("Requests above a bound are those of all later buckets; sums add up bucket by bucket")
  void counts() {
    var one = LatencyHistogram.of(BOUNDS, new long[]{500, 300, 150, 40, 9, 1});
    assertThat(one.total()).isEqualTo(1000);
    assertThat(one.above(0)).isEqualTo(500);
    assertThat(one.above(4)).isEqualTo(1);
    var sum = one.plus(LatencyHistogram.empty(BOUNDS)).plus(one);
    assertThat(sum.total()).isEqualTo(2000);
    assertThat(sum.above(2)).isEqualTo(100);
    assertThat(sum.size()).isEqualTo(5);
    assertThat(sum.bound(3)).isEqualTo(1);
  }

  @Test
  @DisplayName("The bounds watched are those nearest to p50, p90 and p99; a bound near two of them is watched once")
  void nearest() {
    var spread = LatencyHistogram.of(BOUNDS, new long[]{500, 300, 110, 77, 10, 3});
    assertThat(spread.nearest(0.5, 0.9, 0.99)).containsExactly(0, 2, 3);

    var narrow = LatencyHistogram.of(BOUNDS, new long[]{3, 900, 97, 0, 0, 0});
    // 99.7 % are above the first bound, 9.7 % above the second, none above the others.
    assertThat(narrow.nearest(0.5, 0.9)).containsExactly(1);
    assertThat(narrow.nearest(0.01)).containsExactly(0);
  }

  @Test
  @DisplayName("Distance is measured in odds: 4 % above is nearer to p99 than .22 %, not than .4 %")
  void odds() {
    var above = LatencyHistogram.of(new double[]{1, 2}, new long[]{9600, 378, 22});
    assertThat(above.nearest(0.99)).containsExactly(0);
    var below = LatencyHistogram.of(new double[]{1, 2}, new long[]{9600, 360, 40});
    assertThat(below.nearest(0.99)).containsExactly(1);
  }

  @Test
  @DisplayName("Bounds that do not rise, missing counts and negative ones are refused with the offending values")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> LatencyHistogram.of(new double[]{1, 1}, new long[3]))
        .withMessageContaining("[1.0, 1.0]");
    assertThatIllegalArgumentException().isThrownBy(() -> LatencyHistogram.of(BOUNDS, new long[5]))
        .withMessage("needs 6 counts, were 5");
    assertThatIllegalArgumentException().isThrownBy(() -> LatencyHistogram.of(new double[]{1}, new long[]{1, -2}))
        .withMessageContaining("-2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencyHistogram.empty(1, 2).plus(LatencyHistogram.empty(1, 3)))
        .withMessageContaining("[1.0, 3.0]");
    assertThatIllegalArgumentException().isThrownBy(() -> LatencyHistogram.empty(1).nearest(1.0))
        .withMessageContaining("1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> LatencyHistogram.empty().nearest(0.5))
        .withMessageContaining("0 bounds");
  }
}
