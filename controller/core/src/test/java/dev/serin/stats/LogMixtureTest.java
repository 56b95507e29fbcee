package dev.serin.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogMixtureTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("Whichever terms changed, were added or went, the sum has the bits of a sum from scratch")
  void bits(long seed) {
    var random = new Well19937c(seed);
    var terms = new double[]{-1, 0.5, Double.NEGATIVE_INFINITY};
    var sum = LogMixture.NONE;
    for (int i = 0; i < 2_000; i++) {
      terms = terms.clone();
      switch (random.nextInt(5)) {
        case 0 -> terms[random.nextInt(terms.length)] = 20 * random.nextGaussian();
        case 1 -> terms[random.nextInt(terms.length)] = Double.NEGATIVE_INFINITY;
        case 2 -> terms[random.nextInt(terms.length)] = 700 + random.nextDouble();
        case 3 -> terms = Arrays.copyOf(terms, 1 + random.nextInt(8));
        default -> {
        }
      }
      sum = sum.with(terms);
      assertThat(sum.log()).isEqualTo(LogSum.of(terms));
    }
  }

  @Test
  @DisplayName("No terms, or only impossible ones, sum to nothing")
  void nothing() {
    assertThat(LogMixture.NONE.log()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogMixture.NONE.with(new double[]{Double.NEGATIVE_INFINITY}).log()).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
