package dev.serin.bench.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reference numbers are those that the tools publish with their own tests.
class SequentialTestsTest {

  @Test
  @DisplayName("GrowthBook: the two-sided sequence has the bounds of its test suite")
  void growthBookTwoSided() {
    // growthbook/gbstats, sequential two-sided test: estimate, standard error, sample size; N* = 1000, α = 0.05.
    double estimate = 0.50336;
    double error = 0.3334122146400735;

    double width = GrowthBook.twoSided(0.05, error * error, 6461, 1000);

    assertThat(estimate - width).isCloseTo(-0.55844, within(1e-5));
    assertThat(estimate + width).isCloseTo(1.56516, within(1e-5));
  }

  @Test
  @DisplayName("GrowthBook: the one-sided sequence has the lower bound of its test suite")
  void growthBookOneSided() {
    double error = 0.3334122146400735;

    double width = GrowthBook.oneSided(0.05, error * error, 6461, 5000);

    assertThat(0.50336 - width).isCloseTo(-0.42356454602790883, within(5e-6));
  }

  @Test
  @DisplayName("Lindon and Malek: marginal and null likelihood of the stream ABABC are those of ssrm")
  void multinomial() {
    // The ssrm package: Dirichlet(1, 1, 1) against (0.4, 0.4, 0.2).
    int[] stream = {0, 1, 0, 1, 2};
    double[] marginals = {-1.0986, -2.4849, -3.4012, -4.4998, -6.4457198};
    double[] nulls = {-0.9163, -1.8326, -2.7489, -3.6652, -5.2746008};
    var counts = new long[3];
    for (int i = 0; i < stream.length; i++) {
      counts[stream[i]]++;
      assertThat(LindonMalek.logMarginal(new double[]{1, 1, 1}, counts)).isCloseTo(marginals[i], within(5e-5));
      assertThat(LindonMalek.logLikelihood(new double[]{0.4, 0.4, 0.2}, counts)).isCloseTo(nulls[i], within(5e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1010001,1011101,1.09550461976", "1,1111110111,0010100000,11.1502948848",
      "2,2212022,1011101,0.0590837004721"})
  @DisplayName("safestats 0.8.7: the e-values of its own examples with the prior 0.18")
  void safestats(int na, String ya, String yb, double expected) {
    // Its default priors scale the second arm's with n_b/n_a.
    var blocks = new SafeTwoByTwo.Blocks(0.18, 0.18 / na);
    IntStream.range(0, ya.length()).forEach(i -> blocks.add(ya.charAt(i) - '0', na, yb.charAt(i) - '0', 1));

    assertThat(Math.exp(blocks.logE())).isCloseTo(expected, within(1e-10 * Math.max(1, expected)));
  }

  @Test
  @DisplayName("safestats: one block with given rates")
  void safestatsBlock() {
    assertThat(Math.exp(SafeTwoByTwo.logFactor(0.2, 0.5, new long[]{0, 1, 1, 1})))
        .isCloseTo(1.75824175824, within(1e-11));
  }

  @Test
  @DisplayName("Sign-flip: the factor of a difference and its opposite average to one")
  void signFlip() {
    for (double z : new double[]{0, 0.1, 1, 5, 40}) {
      double up = Math.exp(z - SignFlip.logCosh(z));
      double down = Math.exp(-z - SignFlip.logCosh(z));

      assertThat((up + down) / 2).as("z = %s", z).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  @DisplayName("Sign-flip: a canary that is always 5 errors above its peer fires, one that equals it never does")
  void signFlipFires() {
    assertThat(firstMinute(new SignFlip(0.01), 6, 1)).isBetween(2, 20);
    assertThat(firstMinute(new SignFlip(0.01), 1, 1)).isZero();
  }

  private static int firstMinute(RollBackRule rule, int canary, int peer) {
    var soFar = new ArmCounts(1);
    for (int minute = 1; minute <= 200; minute++) {
      var now = new ArmCounts(1);
      now.addCanary(600, canary);
      now.addBaseline(11_400, 19L * peer);
      now.addPeer(600, peer);
      soFar.add(now);
      if (rule.rollsBack(minute, now, soFar)) {
        return minute;
      }
    }
    return 0;
  }
}
