package dev.serin.bench.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.serin.stats.RatioGrid;
import dev.serin.stats.TwoArmCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.commons.math3.special.Beta;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaBinomialRatioTest {

  @Test
  @DisplayName("The golden vectors G5, computed to 50 digits, come out with twelve")
  void golden() throws IOException {
    var text = Files.readString(Path.of("../core/src/test/resources/judge-vectors.json"));
    var matcher = Pattern.compile("x=(\\d+),m=(\\d+),nc=(\\d+),nb=(\\d+),kappa=([-0-9.e]+),rho=(\\d+)\": ([-0-9.e]+)")
        .matcher(text);
    int found = 0;
    while (matcher.find()) {
      long x = Long.parseLong(matcher.group(1));
      var counts = new TwoArmCounts(x, Long.parseLong(matcher.group(2)) - x, Double.parseDouble(matcher.group(3)),
          Double.parseDouble(matcher.group(4)));
      assertThat(BetaBinomialRatio.logLikelihoodRatio(counts, Double.parseDouble(matcher.group(6)), 1,
          Double.parseDouble(matcher.group(5)))).as(matcher.group()).isCloseTo(Double.parseDouble(matcher.group(7)),
              withinPercentage(1e-10));
      found++;
    }
    assertThat(found).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 1e12, 2, -0.487901641694319852", "0, 10, 1e15, 2, -0.48790164169432003",
      "40, 260, .01, 1.5, 1.99228932326007671"})
  @DisplayName("Huge parameters and many events keep their digits")
  void stable(long xc, long xb, double kappa, double ratio, double expected) {
    // mpmath, 50 digits, with log gamma functions.
    assertThat(BetaBinomialRatio.logLikelihoodRatio(new TwoArmCounts(xc, xb, 600, 11_400), ratio, 1, kappa))
        .isCloseTo(expected, withinPercentage(1e-10));
  }

  @Test
  @DisplayName("It is the ratio of two beta-binomial probabilities, whose expectation under the margin is 1")
  void expectation() {
    double kappa = 0.02;
    double margin = 1.2;
    double sum = 0;
    for (int x = 0; x <= 12; x++) {
      double a = margin * kappa * 600;
      double b = kappa * 11_400;
      double probability = StrictMath.exp(Beta.logBeta(a + x, b + 12 - x) - Beta.logBeta(a, b)
          - StrictMath.log(13) - Beta.logBeta(x + 1, 13 - x));
      sum += probability
          * StrictMath
              .exp(BetaBinomialRatio.logLikelihoodRatio(new TwoArmCounts(x, 12 - x, 600, 11_400), 4, margin, kappa));
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
  }

  @Test
  @DisplayName("Without overdispersion it is the binomial ratio of the judge")
  void binomialLimit() {
    var counts = new TwoArmCounts(7, 30, 600, 11_400);
    assertThat(BetaBinomialRatio.logLikelihoodRatio(counts, RatioGrid.uniform(1).ratio(3), 1, 1e13))
        .isCloseTo(RatioGrid.uniform(1).logLikelihoodRatio(3, counts), within(1e-9));
  }

  @Test
  @DisplayName("Impossible parameters are refused with the offending number")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(
        () -> BetaBinomialRatio.logLikelihoodRatio(new TwoArmCounts(1, 1, 1, 1), 2, 1, 0)).withMessageContaining("0.0");
  }
}
