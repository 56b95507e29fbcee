package dev.serin.stats.frequent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.serin.stats.TwoArmCounts;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoByTwoTest {

  private static final RateMargin EQUAL = new RateMargin(1, 0);

  @ParameterizedTest(name = "{0} and {2}")
  @CsvSource({"1010001, 1, 1011101, 1.09550461976", "1111110111, 1, 0010100000, 11.1502948848",
      "2212022, 2, 1011101, .0590837004721"})
  @DisplayName("Without a side, the product over blocks is what safestats 0.8.7 gives")
  void safestats(String first, int size, String second, double expected) {
    double log = 0;
    double xa = 0;
    double xb = 0;
    for (int t = 0; t < first.length(); t++) {
      var counts = new TwoArmCounts(first.charAt(t) - '0', second.charAt(t) - '0', size, 1);
      double a = PlugIn.rate(xa, size * (double) t, PlugIn.PRIOR);
      double b = PlugIn.rate(xb, t, PlugIn.PRIOR / size);
      double common = (size * a + b) / (size + 1);
      log += TwoByTwo.logFactor(counts, new Rates(a, b), new Rates(common, common));
      xa += counts.xc();
      xb += counts.xb();
    }
    // Published with 12 digits; safestats divides the prior of the smaller group by the ratio of the groups.
    assertThat(StrictMath.exp(log)).isCloseTo(expected, withinPercentage(1e-9));
  }

  @Test
  @DisplayName("One block with known rates is what safestats 0.8.7 gives")
  void oneBlock() {
    // theta_a = .2, theta_b = .5, outcome (0, 1); the canary is b, since the margin looks at one side only.
    var alternative = new Rates(0.5, 0.2);
    double log = TwoByTwo.logFactor(new TwoArmCounts(1, 0, 1, 1), alternative, EQUAL.nearest(alternative, 1, 1));
    assertThat(StrictMath.exp(log)).isCloseTo(1.75824175824, withinPercentage(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 5, 15", "1.2, 0, 5, 15", "1, .05, 10, 10", "2, .01, 2, 18", "3, .1, 12, 4"})
  @DisplayName("Everywhere within the margin the exact expectation of a block is at most 1, and it is 1 at the nearest rates")
  void expectation(double ratio, double tolerance, int nc, int nb) {
    var margin = new RateMargin(ratio, tolerance);
    for (double thetaB : new double[]{0.01, 0.05, 0.3}) {
      var alternative = new Rates(Math.min(0.95, 1.5 * (ratio * thetaB + tolerance)), thetaB);
      var nearest = margin.nearest(alternative, nc, nb);
      assertThat(expectation(alternative, nearest, nearest, nc, nb)).isCloseTo(1, within(1e-10));
      for (int i = 0; i <= 40; i++) {
        double pb = i / 40.0;
        double most = Math.min(1, ratio * pb + tolerance);
        for (double pc : new double[]{most, most / 2, 0}) {
          assertThat(expectation(alternative, nearest, new Rates(pc, pb), nc, nb)).as("%s %s", pc, pb)
              .isLessThanOrEqualTo(1 + 1e-10);
        }
      }
    }
  }

  @Test
  @DisplayName("Requests with different probabilities count like their means, or less")
  void heterogeneous() {
    // Seeded; expectation of a product of independent factors, written as the product of expectations.
    var random = new Well19937c(11);
    var alternative = new Rates(0.45, 0.3);
    var nearest = EQUAL.nearest(alternative, 10, 30);
    int checked = 0;
    for (int run = 0; run < 200; run++) {
      var canary = uniform(random, 10, 0.8);
      var baseline = uniform(random, 30, 1);
      if (mean(canary) > mean(baseline)) {
        continue;
      }
      checked++;
      double log = 0;
      for (double p : canary) {
        log += StrictMath.log(single(alternative.canary(), nearest.canary(), p));
      }
      for (double p : baseline) {
        log += StrictMath.log(single(alternative.baseline(), nearest.baseline(), p));
      }
      assertThat(log).isLessThanOrEqualTo(1e-12);
    }
    assertThat(checked).isGreaterThan(100);
  }

  @Test
  @DisplayName("Rates within the margin are their own nearest ones; others have the nearest on the boundary")
  void nearest() {
    var margin = new RateMargin(1.5, 0.02);
    var inside = new Rates(0.3, 0.3);
    assertThat(margin.nearest(inside, 3, 4)).isEqualTo(inside);
    var found = margin.nearest(new Rates(0.9, 0.3), 3, 4);
    assertThat(found.canary()).isCloseTo(1.5 * found.baseline() + 0.02, within(1e-12));
    assertThat(divergence(found)).isLessThan(divergence(new Rates(found.canary() + 0.0015, found.baseline() + 0.001)))
        .isLessThan(divergence(new Rates(found.canary() - 0.0015, found.baseline() - 0.001)));

    var equal = EQUAL.nearest(new Rates(0.5, 0.2), 1, 3);
    var nearlyEqual = new RateMargin(1, 1e-15).nearest(new Rates(0.5, 0.2), 1, 3);
    assertThat(nearlyEqual.baseline()).isCloseTo(equal.baseline(), within(1e-12));
  }

  @Test
  @DisplayName("Impossible margins and rates are refused with the offending number")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RateMargin(0.9, 0)).withMessageContaining("0.9");
    assertThatIllegalArgumentException().isThrownBy(() -> new RateMargin(1, 1)).withMessageContaining("1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Rates(1.1, 0)).withMessageContaining("1.1");
    assertThatIllegalArgumentException().isThrownBy(() -> new PlugIn(EQUAL, 0)).withMessageContaining("0.0");
  }

  private static double divergence(Rates rates) {
    return -3 * (0.9 * StrictMath.log(rates.canary()) + 0.1 * StrictMath.log1p(-rates.canary()))
        - 4 * (0.3 * StrictMath.log(rates.baseline()) + 0.7 * StrictMath.log1p(-rates.baseline()));
  }

  private static double expectation(Rates alternative, Rates nearest, Rates truth, int nc, int nb) {
    return StrictMath.pow(single(alternative.canary(), nearest.canary(), truth.canary()), nc)
        * StrictMath.pow(single(alternative.baseline(), nearest.baseline(), truth.baseline()), nb);
  }

  private static double single(double theta, double nearest, double p) {
    return p * theta / nearest + (1 - p) * (1 - theta) / (1 - nearest);
  }

  private static double[] uniform(RandomGenerator random, int n, double most) {
    var values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = most * random.nextDouble();
    }
    return values;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
