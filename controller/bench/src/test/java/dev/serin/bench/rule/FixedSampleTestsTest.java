package dev.serin.bench.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.bench.draw.Draws;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedSampleTestsTest {

  @ParameterizedTest
  @CsvSource({"TWO_SIDED,.034965034965034975", "GREATER_THAN,.024475524475524483", "LESS_THAN,.9991258741258742"})
  @DisplayName("Fisher's exact test of the library has the numbers of its own documentation")
  void fisher(AlternativeHypothesis alternative, double expected) {
    var result = FisherExactTest.withDefaults().with(alternative).test(new int[][]{{8, 2}, {1, 5}});

    assertThat(result.getPValue()).isCloseTo(expected, within(1e-15));
  }

  @Test
  @DisplayName("For rare errors the binomial form is Fisher's exact test, and it never gives the smaller p")
  void binomialForm() {
    // 63 of 600,000 requests against 900 of 11,400,000.
    int[][] table = {{63, 600_000 - 63}, {900, 11_400_000 - 900}};
    double exact = FisherExactTest.withDefaults().with(AlternativeHypothesis.GREATER_THAN).test(table).getPValue();
    double binomial = BinomialTest.upperTail(63, 963, 0.05);

    assertThat(binomial).isBetween(exact, exact * 1.001);
  }

  @ParameterizedTest
  @CsvSource({"0,10,0.05", "3,10,0.05", "30,100,0.05", "100,100,0.05", "40,1000,0.05"})
  @DisplayName("The upper tail is the library's, also where it is tiny")
  void upperTail(int x, int m, double p) {
    double expected = BinomialDistribution.of(m, p).survivalProbability(x - 1);

    assertThat(BinomialTest.upperTail(x, m, p)).isCloseTo(expected, within(1e-12 * expected + 1e-320));
  }

  @Test
  @DisplayName("z is the root of the pooled χ²")
  void z() {
    // (8, 2, 1, 5): χ² without correction is 16·(8·5 − 2·1)² / (10·6·9·7).
    assertThat(ZTest.z(8, 10, 1, 6)).isCloseTo(Math.sqrt(16.0 * 38 * 38 / (10 * 6 * 9 * 7)), within(1e-12));
    assertThat(ZTest.z(0, 10, 0, 6)).isZero();
    assertThat(ZTest.z(1, 0, 0, 6)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"5,0.142", "30,0.277"})
  @DisplayName("Looking again and again at a fixed-sample test inflates its error as published")
  void peeking(int looks, double published) {
    // Two-sided at 5 % with equally spaced looks; published .142 and .29, a longer simulation gave .141 and .277.
    // 20,000 runs: standard error .0032 at most; the bound of .02 is more than six of them.
    var draws = Draws.of(7, "peeking", looks);
    int rejected = 0;
    for (int run = 0; run < 20_000; run++) {
      double sum = 0;
      boolean hit = false;
      for (int look = 1; look <= looks; look++) {
        sum += draws.normal();
        hit |= Math.abs(sum) > 1.959963984540054 * Math.sqrt(look);
      }
      rejected += hit ? 1 : 0;
    }

    assertThat(rejected / 20_000.0).isCloseTo(published, within(0.02));
  }

  @Test
  @DisplayName("Failed checks are counted at the end of each block and never forgotten")
  void failureLimit() {
    var rule = new FailureLimit(0.05, 5, 4);
    var soFar = new ArmCounts(1);
    for (int minute = 1; minute <= 40; minute++) {
      // Every second block of five minutes is bad.
      var now = new ArmCounts(1);
      now.addCanary(600, minute % 10 >= 1 && minute % 10 <= 5 ? 31 : 0);
      soFar.add(now);

      assertThat(rule.rollsBack(minute, now, soFar)).as("minute %s", minute).isEqualTo(minute >= 35);
    }
  }

  @Test
  @DisplayName("A rate at the limit passes")
  void failureLimitIsExclusive() {
    var now = new ArmCounts(1);
    now.addCanary(600, 6);

    assertThat(new FailureLimit(0.01, 1, 1).rollsBack(1, now, now)).isFalse();
  }
}
