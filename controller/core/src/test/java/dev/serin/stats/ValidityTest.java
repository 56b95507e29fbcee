package dev.serin.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes the evidence an e-process: its expectation, and Ville's bound.
class ValidityTest {

  @ParameterizedTest
  @CsvSource({"1, 600, 11400", "1, 6000, 6000", "1.2, 120, 11880", "2, 9500, 500"})
  @DisplayName("Given the events of a window, the expected likelihood ratio at the margin is exactly 1")
  void expectationAtTheMargin(double margin, double nc, double nb) {
    for (int index = 0; index < RatioGrid.SIZE; index++) {
      if (RatioGrid.uniform(margin).logWeight(index) == Double.NEGATIVE_INFINITY) {
        continue;
      }
      for (int m = 0; m <= 30; m++) {
        assertThat(expectation(index, m, margin, nc, nb, 1)).isCloseTo(1, within(1e-9));
        assertThat(expectation(index, m, margin, nc, nb, 1.0 / Math.max(m, 1)))
            .isLessThanOrEqualTo(1 + 1e-12);
      }
    }
  }

  @Test
  @DisplayName("Events that all fall on the same arm do not break the expectation when u is infinite")
  void clustersAreTempered() {
    var grid = RatioGrid.uniform(1);
    double share = 600.0 / 12_000;
    for (int index = 0; index < RatioGrid.SIZE; index++) {
      for (long m : new long[]{1, 10, 1000}) {
        double tempering = 1.0 / Math.max(m, 1);
        double canary = StrictMath.exp(
            tempering * grid.logLikelihoodRatio(index, new TwoArmCounts(m, 0, 600, 11_400)));
        double baseline = StrictMath.exp(
            tempering * grid.logLikelihoodRatio(index, new TwoArmCounts(0, m, 600, 11_400)));
        assertThat(share * canary + (1 - share) * baseline).isLessThanOrEqualTo(1 + 1e-12);
      }
    }
    assertThat(StrictMath.exp(grid.logLikelihoodRatio(3, new TwoArmCounts(10, 0, 600, 11_400))) * share)
        .as("untempered").isGreaterThan(1);
  }

  @Test
  @DisplayName("Independent requests: the expectation is what statistics.md states, and far below 1 for frequent errors")
  void bernoulliRequests() {
    // 50 and 950 requests, both arms at rate p, ratio 4: E = (1+p(e^lc - 1))^50 (1+p(e^lb - 1))^950.
    // Python: lc=log(4)-log((4*50+950)/1000); lb=-log((4*50+950)/1000);
    //         p=.001: (1+p*(exp(lc)-1))**50*(1+p*(exp(lb)-1))**950
    assertThat(bernoulli(0.001)).isCloseTo(PYTHON_RARE, within(1e-12));
    assertThat(bernoulli(0.1)).isCloseTo(PYTHON_FREQUENT, within(1e-12));
  }

  private static final double PYTHON_RARE = 0.9998386398198253;
  private static final double PYTHON_FREQUENT = 0.24593659310433896;

  private static double bernoulli(double p) {
    var grid = RatioGrid.uniform(1);
    double gain = StrictMath.exp(grid.logLikelihoodRatio(4, new TwoArmCounts(1, 0, 50, 950)));
    double loss = StrictMath.exp(grid.logLikelihoodRatio(4, new TwoArmCounts(0, 1, 50, 950)));
    return StrictMath.pow(1 + p * (gain - 1), 50) * StrictMath.pow(1 + p * (loss - 1), 950);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("Ville: with equal rates and a split that reacts to the evidence, few of 400 processes ever reach 5")
  void ville(long seed) {
    // A right program reaches 5 with probability at most .2: P(Binomial(400, .2) >= 132) < 1e-9.
    var random = new Well19937c(seed);
    int reached = 0;
    for (int run = 0; run < 400; run++) {
      reached += everReaches(StrictMath.log(5), 1, random) ? 1 : 0;
    }
    assertThat(reached).as("seed %s", seed).isLessThan(132);
  }

  @Test
  @DisplayName("A canary at three times the rate reaches 5 in nearly every run")
  void power() {
    var random = new Well19937c(4);
    int reached = 0;
    for (int run = 0; run < 50; run++) {
      reached += everReaches(StrictMath.log(5), 3, random) ? 1 : 0;
    }
    assertThat(reached).isGreaterThan(45);
  }

  private static boolean everReaches(double threshold, double ratio, RandomGenerator random) {
    var grid = RatioGrid.uniform(1);
    var onset = new OnsetPrior(180);
    var process = EProcess.START;
    double weight = 0.05;
    for (int t = 1; t <= 200; t++) {
      double nc = 2000 * weight;
      double nb = 2000 - nc;
      var counts = new TwoArmCounts(poisson(0.002 * ratio * nc, random), poisson(0.002 * nb, random), nc, nb);
      var gains = grid.gains(counts.xc(), counts.m(), grid.costs(nc, nb), 1);
      process = process.after(grid, gains, onset.remaining(t));
      double logE = process.logE();
      if (logE >= threshold) {
        return true;
      }
      weight = logE > 0 ? 0.05 : 0.5;
    }
    return false;
  }

  private static long poisson(double mean, RandomGenerator random) {
    return new PoissonDistribution(random, mean, 1e-12, 10_000).sample();
  }

  private static double expectation(int index, int m, double margin, double nc, double nb, double tempering) {
    var grid = RatioGrid.uniform(margin);
    var canary = new BinomialDistribution(null, m, margin * nc / (margin * nc + nb));
    double sum = 0;
    for (int x = 0; x <= m; x++) {
      sum += canary.probability(x)
          * StrictMath.exp(tempering * grid.logLikelihoodRatio(index, new TwoArmCounts(x, m - x, nc, nb)));
    }
    return sum;
  }
}
