package dev.serin.bench.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntSupplier;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.GeometricDistribution;
import org.apache.commons.statistics.distribution.PascalDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Seed 3. A frequency of 200,000 draws has a standard error of at most .0011; .008 is more than seven of them, so a
/// correct sampler fails one of these comparisons with a probability below 1e-11.
class DrawsTest {

  private static final int N = 200_000;
  private static final double BOUND = 0.008;

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.7, 5, 11.9, 40})
  @DisplayName("Poisson counts have the Poisson probabilities, below and above the change of method")
  void poisson(double mean) {
    var draws = Draws.of(3, "poisson", 0);

    matches(() -> draws.poisson(mean), k -> PoissonDistribution.of(mean).probability(k), (int) (mean + 20));
  }

  @Test
  @DisplayName("Geometric sizes start at one and have the given mean")
  void geometric() {
    var draws = Draws.of(3, "geometric", 0);

    matches(() -> draws.geometric(5), k -> k == 0 ? 0 : GeometricDistribution.of(0.2).probability(k - 1), 30);
    assertThat(draws.geometric(1)).isEqualTo(1);
  }

  @Test
  @DisplayName("Logarithmic sizes have the logarithmic probabilities")
  void logSeries() {
    var draws = Draws.of(3, "log series", 0);
    double theta = 8.0 / 9;

    matches(() -> draws.logSeries(theta), k -> k == 0 ? 0 : -Math.pow(theta, k) / (k * Math.log1p(-theta)), 30);
  }

  @Test
  @DisplayName("A Poisson number of logarithmic clusters is negative binomial: variance φ times the mean")
  void negativeBinomial() {
    // Shape λ/(φ−1) = 2 with λ = 16, φ = 9: Pascal(2, 1/φ).
    var draws = Draws.of(3, "negative binomial", 0);
    var law = ClusterLaw.negativeBinomial(9);

    matches(() -> sum(draws, law, 16), k -> PascalDistribution.of(2, 1.0 / 9).probability(k), 60);
  }

  @Test
  @DisplayName("A Poisson number of geometric clusters of mean 5 has a variance of 9 times its mean")
  void compoundPoisson() {
    var draws = Draws.of(3, "compound Poisson", 0);
    var law = ClusterLaw.compoundPoisson(9);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < N; i++) {
      double x = sum(draws, law, 4);
      sum += x;
      squares += x * x;
    }
    double mean = sum / N;

    // Standard errors: .013 and .12.
    assertThat(mean).isCloseTo(4, within(0.1));
    assertThat((squares / N - mean * mean) / mean).isCloseTo(9, within(0.9));
  }

  @Test
  @DisplayName("The same seed, stream and run give the same numbers; another of any of them gives others")
  void seeds() {
    double first = Draws.of(3, "A1", 5).uniform();

    assertThat(Draws.of(3, "A1", 5).uniform()).isEqualTo(first);
    assertThat(new double[]{Draws.of(4, "A1", 5).uniform(), Draws.of(3, "A2", 5).uniform(),
        Draws.of(3, "A1", 6).uniform()}).doesNotContain(first).doesNotHaveDuplicates();
  }

  private static int sum(Draws draws, ClusterLaw law, double mean) {
    int clusters = draws.poisson(mean / law.mean());
    int sum = 0;
    for (int i = 0; i < clusters; i++) {
      sum += law.draw(draws);
    }
    return sum;
  }

  private static void matches(IntSupplier draw, IntToDoubleFunction probability, int upTo) {
    var seen = new int[upTo + 1];
    for (int i = 0; i < N; i++) {
      int value = draw.getAsInt();
      if (value <= upTo) {
        seen[value]++;
      }
    }
    for (int k = 0; k <= upTo; k++) {
      assertThat(seen[k] / (double) N).as("frequency of %s", k).isCloseTo(probability.applyAsDouble(k), within(BOUND));
    }
  }
}
