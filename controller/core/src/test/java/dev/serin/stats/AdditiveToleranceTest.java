package dev.serin.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdditiveToleranceTest {

  private static final double NC = 50;
  private static final double NB = 950;

  @ParameterizedTest
  @CsvSource({"1, .001, .002", "1, .02, .01", "1.2, .001, .01", "2, .0001, .0002"})
  @DisplayName("Poisson counts exactly at the margin and the tolerance: the expectation is 1 untempered")
  void untempered(double margin, double pb, double delta) {
    for (int index = 0; index < RatioGrid.SIZE; index++) {
      if (RatioGrid.uniform(margin).ratio(index) > margin) {
        assertThat(expectation(index, margin, pb, delta, 1, 1)).isCloseTo(1, within(1e-8));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 3.5, 10, Double.POSITIVE_INFINITY})
  @DisplayName("Tempered, the expectation is at most 1 for single events and for clusters of one arm up to the cap")
  void tempered(double cap) {
    for (int cluster : new int[]{1, 2, 3, 8}) {
      if (cluster > cap) {
        continue;
      }
      for (double pb : new double[]{1e-4, 1e-3, 0.01}) {
        for (double delta : new double[]{1e-4, 2e-3, 0.02}) {
          for (int index = 0; index < RatioGrid.SIZE; index++) {
            assertThat(expectation(index, 1, pb, delta, cap, cluster))
                .as("cap %s cluster %s pb %s delta %s index %s", cap, cluster, pb, delta, index)
                .isLessThanOrEqualTo(1 + 1e-9);
          }
        }
      }
    }
  }

  @Test
  @DisplayName("With an infinite cap, storms of any size that hit one arm at a time do not break the expectation")
  void storms() {
    // A window is quiet, has one event, or one storm of 40 events, all on one arm; the rates have the margin on average.
    var grid = RatioGrid.uniform(1);
    double delta = 0.01;
    for (double storm : new double[]{0.001, 0.05, 0.4}) {
      double mean = 0.3 + storm * 40;
      double canary = (NC / (NC + NB) * (mean - delta * NC) + delta * NC) / mean;
      for (int index = 0; index < RatioGrid.SIZE; index++) {
        double charge = new AdditiveTolerance(delta).charge(grid, index, NC, NB);
        double expected = (0.7 - storm) * StrictMath.exp(-charge)
            + 0.3 * label(grid, index, canary, 1, charge) + storm * label(grid, index, canary, 40, charge);
        assertThat(expected).isLessThanOrEqualTo(1 + 1e-12);
      }
    }
  }

  @Test
  @DisplayName("Independent requests at the margin and the tolerance: the expectation is at most 1, and near it when rare")
  void requests() {
    var grid = RatioGrid.uniform(1);
    double charge = new AdditiveTolerance(0.001).charge(grid, 4, NC, NB);
    double gain = StrictMath.exp(grid.logLikelihoodRatio(4, new TwoArmCounts(1, 0, NC, NB)));
    double loss = StrictMath.exp(grid.logLikelihoodRatio(4, new TwoArmCounts(0, 1, NC, NB)));
    double expected = StrictMath.pow(1 + 0.002 * (gain - 1), NC) * StrictMath.pow(1 + 0.001 * (loss - 1), NB)
        * StrictMath.exp(-charge);
    assertThat(expected).isBetween(0.995, 1.0);
  }

  @Test
  @DisplayName("No tolerance charges nothing; a tolerance outside 0..1 is refused")
  void limits() {
    assertThat(new AdditiveTolerance(0).charge(RatioGrid.uniform(1), 4, NC, NB)).isZero();
    assertThat(new AdditiveTolerance(1).charge(RatioGrid.uniform(2), 4, NC, NB))
        .isCloseTo(NC * (4 / 2.0 * (2 * NC + NB) / (4 * NC + NB) - 1), within(1e-9));
    assertThatIllegalArgumentException().isThrownBy(() -> new AdditiveTolerance(-0.1)).withMessageContaining("-0.1");
  }

  private static double label(RatioGrid grid, int index, double canary, long m, double charge) {
    double win = grid.logLikelihoodRatio(index, new TwoArmCounts(m, 0, NC, NB));
    double lose = grid.logLikelihoodRatio(index, new TwoArmCounts(0, m, NC, NB));
    return canary * StrictMath.exp((win - charge) / m) + (1 - canary) * StrictMath.exp((lose - charge) / m);
  }

  /// Exact: clusters at Poisson times, each on one arm as a whole.
  private static double expectation(int index, double margin, double pb, double delta, double cap, int cluster) {
    var grid = RatioGrid.uniform(margin);
    double canaryMean = (margin * pb + delta) * NC;
    double mean = canaryMean + pb * NB;
    double charge = new AdditiveTolerance(delta).charge(grid, index, NC, NB);
    var clusters = new PoissonDistribution(null, mean / cluster, 1e-12, 10_000);
    double sum = 0;
    for (int k = 0; k <= 40 + 3 * mean / cluster + 10 * Math.sqrt(mean / cluster); k++) {
      var onCanary = new BinomialDistribution(null, k, canaryMean / mean);
      double tempering = 1 / Math.min(Math.max(1.0, k * (double) cluster), cap);
      for (int x = 0; x <= k; x++) {
        double log = grid.logLikelihoodRatio(index,
            new TwoArmCounts((long) x * cluster, (long) (k - x) * cluster, NC, NB));
        sum += clusters.probability(k) * onCanary.probability(x) * StrictMath.exp(tempering * (log - charge));
      }
    }
    return sum;
  }
}
