package dev.serin.stats.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileComparisonTest {

  @ParameterizedTest(name = "quantile {0}, shifted by {1}")
  @CsvSource({".5, 70, .814704", ".5, 85, .0838055", ".5, 100, .0054947", ".9, 55, .0340463"})
  @DisplayName("The numbers 1 to 1000 against the same ones shifted: two-sided, the p-value is that of confseq")
  void confseq(double quantile, int shift, double pValue) {
    // uniform_boundaries_unittest.cpp, QuantileABTest, t_opt 100, alpha_opt .05. Every number is a bucket of its own: at
    // x the first arm has x − 1 to x numbers below, the second x − shift − 1 to x − shift.
    var mixture = new QuantileMixture(quantile, 100, 0.05);
    double least = Double.POSITIVE_INFINITY;
    for (int x = 0; x <= 1000 + shift; x++) {
      for (int k1 = x - 1; k1 <= x; k1++) {
        for (int k2 = x - shift - 1; k2 <= x - shift; k2++) {
          least = Math.min(least, mixture.different(Math.clamp(k1, 0, 1000), 1000)
              + mixture.different(Math.clamp(k2, 0, 1000), 1000));
        }
      }
    }
    assertThat(StrictMath.exp(-least)).isCloseTo(pValue, within(1e-6));
  }

  @Test
  @DisplayName("The one-sided comparison of the shifted numbers is a little stronger, and silent on the other side")
  void oneSided() {
    var comparison = new QuantileComparison(0.5, 100, 0.05, 1);
    double slower = comparison.logE(shifted(100), shifted(0));
    assertThat(slower).isBetween(-StrictMath.log(.0054947), -StrictMath.log(.0054947) + 2 * StrictMath.log(2) + 0.01);
    assertThat(comparison.logE(shifted(0), shifted(100))).isNegative();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9, 0.99})
  @DisplayName("At the quantile the exact expectation of each kind of evidence is 1")
  void expectation(double p) {
    var mixture = new QuantileMixture(p, 100, 0.05);
    var below = new BinomialDistribution(null, 60, p);
    double different = 0;
    double smaller = 0;
    double larger = 0;
    for (int k = 0; k <= 60; k++) {
      different += below.probability(k) * StrictMath.exp(mixture.different(k, 60));
      smaller += below.probability(k) * StrictMath.exp(mixture.smaller(k, 60));
      larger += below.probability(k) * StrictMath.exp(mixture.larger(k, 60));
    }
    assertThat(different).isCloseTo(1, within(1e-9));
    assertThat(smaller).isCloseTo(1, within(1e-9));
    assertThat(larger).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"1, .5, 1", "2, .9, 1", "3, .9, 3"})
  @DisplayName("A canary whose quantile is the baseline's ever reaches 5 in few of 300 runs")
  void ville(long seed, double quantile, double cap) {
    // A right program reaches 5 with probability at most .2 a run: P(Binomial(300, .2) >= 106) < 1e-9.
    var random = new Well19937c(seed);
    int reached = 0;
    for (int run = 0; run < 300; run++) {
      reached += everReaches(new QuantileComparison(quantile, 500, 0.05, cap), 1, random) ? 1 : 0;
    }
    assertThat(reached).as("seed %s", seed).isLessThan(106);
  }

  @Test
  @DisplayName("A canary whose p90 lies far above the next bound reaches 5 in nearly every run, one just above it hardly ever")
  void power() {
    // p90 is .23 s, 1.15 s and .46 s; the bounds are .05, .1, .2 and .4 s.
    var random = new Well19937c(4);
    int far = 0;
    int near = 0;
    for (int run = 0; run < 50; run++) {
      far += everReaches(new QuantileComparison(0.9, 500, 0.05, 1), 5, random) ? 1 : 0;
      near += everReaches(new QuantileComparison(0.9, 500, 0.05, 1), 2, random) ? 1 : 0;
    }
    assertThat(far).isGreaterThan(45);
    assertThat(near).isLessThan(5);
  }

  @Test
  @DisplayName("Without requests nothing is known; impossible arguments are refused with the offending number")
  void refuses() {
    assertThat(new QuantileComparison(0.9, 500, 0.05, 1).logE(LatencyHistogram.empty(1), LatencyHistogram.empty(1)))
        .isCloseTo(0, within(1e-12));
    assertThatIllegalArgumentException().isThrownBy(() -> new QuantileComparison(1, 500, 0.05, 1))
        .withMessageContaining("1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new QuantileComparison(0.9, 500, 0.05, 0.5))
        .withMessageContaining("0.5");
  }

  private static LatencyHistogram shifted(int shift) {
    var bounds = new double[1200];
    var counts = new long[1201];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = i + 1;
      counts[i] = i >= shift && i < shift + 1000 ? 1 : 0;
    }
    return LatencyHistogram.of(bounds, counts);
  }

  private static boolean everReaches(QuantileComparison comparison, double slower, RandomGenerator random) {
    var canary = LatencyHistogram.empty(Latencies.BOUNDS);
    var baseline = LatencyHistogram.empty(Latencies.BOUNDS);
    int requests = 50;
    for (int t = 0; t < 30; t++) {
      canary = canary.plus(Latencies.sample(requests, 0.1 * slower, random));
      baseline = baseline.plus(Latencies.sample(300, 0.1, random));
      double logE = comparison.logE(canary, baseline);
      if (logE >= StrictMath.log(5)) {
        return true;
      }
      requests = logE > -1 ? 100 : 20;
    }
    return false;
  }

  @Test
  @DisplayName("Where pairs of requests depend on each other, twice the requests tell as much as single ones")
  void cap() {
    var canary = LatencyHistogram.of(new double[]{1, 2}, new long[]{10, 20, 70});
    var baseline = LatencyHistogram.of(new double[]{1, 2}, new long[]{60, 30, 10});
    double single = new QuantileComparison(0.5, 100, 0.05, 1).logE(canary, baseline);
    assertThat(single).isGreaterThan(3);
    assertThat(new QuantileComparison(0.5, 200, 0.05, 2).logE(canary.plus(canary), baseline.plus(baseline)))
        .isEqualTo(single);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new QuantileComparison(0.5, 200, 0.05, Double.POSITIVE_INFINITY))
        .withMessageContaining("Infinity");
  }

  @Test
  @DisplayName("Histograms of other bounds are not compared")
  void otherBounds() {
    var comparison = new QuantileComparison(0.5, 100, 0.05, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> comparison.logE(LatencyHistogram.empty(1, 2), LatencyHistogram.empty(1, 3)))
        .withMessage("bounds must be [1.0, 2.0], were [1.0, 3.0]");
  }
}
