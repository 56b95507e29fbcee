package dev.serin.stats.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CdfComparisonTest {

  @ParameterizedTest
  @CsvSource({".05, 8.1227", ".01, 9.2835", ".001, 10.9431"})
  @DisplayName("The constants are those that statistics.md quotes")
  void constants(double alpha, double constant) {
    assertThat(CdfBand.constant(alpha)).isCloseTo(constant, within(1e-4));
  }

  @Test
  @DisplayName("The half-width at 1000 observations, from 100 on, at 5 % is what confseq gives")
  void confseq() {
    // uniform_boundaries_unittest.cpp: empirical_process_lil_bound(1000, .05, 100, .85).
    assertThat(new CdfBand(0.05, 100).halfWidth(1000)).isCloseTo(0.08204769, within(1e-6));
    assertThat(new CdfBand(0.05, 100).halfWidth(99)).isInfinite();
    // statistics.md section 12: .027 at 10,000.
    assertThat(new CdfBand(0.05, 100).halfWidth(10_000)).isCloseTo(0.027, within(5e-4));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, .8"})
  @DisplayName("A canary that is no slower is ever called slower in few of 200 runs, though it grows as it likes")
  void falseAlarms(long seed, double slower) {
    // alpha = .2: P(Binomial(200, .2) >= 78) < 1e-9.
    var random = new Well19937c(seed);
    int slow = 0;
    for (int run = 0; run < 200; run++) {
      slow += everSlower(new CdfComparison(0.2, 50), slower, random) ? 1 : 0;
    }
    assertThat(slow).as("seed %s", seed).isLessThan(78);
  }

  @Test
  @DisplayName("A canary that takes half as long again is called slower in nearly every run of some 6,000 canary requests")
  void power() {
    var random = new Well19937c(3);
    int slow = 0;
    for (int run = 0; run < 40; run++) {
      slow += everSlower(new CdfComparison(0.01, 50), 1.5, random) ? 1 : 0;
    }
    assertThat(slow).isGreaterThan(36);
  }

  @Test
  @DisplayName("A faster canary, and one with too few requests, is never called slower")
  void oneSided() {
    var slow = LatencyHistogram.of(new double[]{1}, new long[]{0, 100_000});
    var fast = LatencyHistogram.of(new double[]{1}, new long[]{100_000, 0});
    var test = new CdfComparison(0.05, 100);
    assertThat(test.excess(slow, fast)).isBetween(0.9, 1.0);
    assertThat(test.excess(fast, slow)).isNegative();
    assertThat(test.excess(LatencyHistogram.of(new double[]{1}, new long[]{0, 99}), fast)).isEqualTo(
        Double.NEGATIVE_INFINITY);
  }

  @Test
  @DisplayName("Impossible levels are refused with the offending number")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CdfBand(0, 1)).withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new CdfComparison(0.1, 0.5)).withMessageContaining("0.5");
  }

  private static boolean everSlower(CdfComparison test, double slower, RandomGenerator random) {
    var canary = LatencyHistogram.empty(Latencies.BOUNDS);
    var baseline = LatencyHistogram.empty(Latencies.BOUNDS);
    int requests = 100;
    for (int t = 0; t < 30; t++) {
      canary = canary.plus(Latencies.sample(requests, 0.1 * slower, random));
      baseline = baseline.plus(Latencies.sample(500, 0.1, random));
      double excess = test.excess(canary, baseline);
      if (excess > 0) {
        return true;
      }
      requests = slower > 1 ? 200 : (int) (50 + 500 * Math.max(0, excess + 0.1));
    }
    return false;
  }

  @Test
  @DisplayName("Each arm has half of alpha: the excess is the distance less the widths of two bands at that level")
  void halves() {
    var slow = LatencyHistogram.of(new double[]{1, 2}, new long[]{100, 300, 600});
    var fast = LatencyHistogram.of(new double[]{1, 2}, new long[]{800, 1_000, 200});
    var band = new CdfBand(0.05, 100);
    // Above 2 s are 60 % and 10 %; above 1 s 90 % and 60 %.
    assertThat(new CdfComparison(0.1, 100).excess(slow, fast))
        .isCloseTo(0.5 - band.halfWidth(1_000) - band.halfWidth(2_000), within(1e-12));
    assertThat(new CdfComparison(0.1, 100).excess(slow, slow)).isCloseTo(-2 * band.halfWidth(1_000), within(1e-12));
    assertThat(band.halfWidth(100)).as("from t_min on").isFinite();
  }

  @Test
  @DisplayName("Histograms of other bounds are not compared")
  void otherBounds() {
    var one = LatencyHistogram.of(new double[]{1}, new long[]{100, 100});
    var other = LatencyHistogram.of(new double[]{2}, new long[]{100, 100});
    assertThatIllegalArgumentException().isThrownBy(() -> new CdfComparison(0.1, 100).excess(one, other))
        .withMessage("bounds must be [1.0], were [2.0]");
  }
}
