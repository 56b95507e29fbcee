package dev.serin.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Weights that must sum to 1, or the error promise is broken.
class SharesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 50})
  @DisplayName("However many novel signatures are discovered, the shares of alpha sum to 1")
  void alphaSumsToOne(int discovered) {
    var shares = new AlphaShares(AlphaShares.TOTAL, new double[]{0.1, 0.2, 0.1}, 50);
    double sum = shares.total() + shares.other() + shares.idle(discovered)
        + 3 * shares.latency(3) + IntStream.range(0, 3).mapToDouble(shares::known).sum()
        + IntStream.rangeClosed(1, discovered).mapToDouble(shares::novel).sum();
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(shares.latency(3)).isCloseTo(0.05, within(1e-12));
  }

  @Test
  @DisplayName("The first novel signature has an eighth of alpha, or half of what others leave of the usual quarter")
  void sizes() {
    var shares = new AlphaShares(0.2, new double[]{0.1, 0.2, 0.1}, 50);
    assertThat(shares.known(1)).isEqualTo(0.2);
    assertThat(shares.novel(1)).isEqualTo(0.125);
    assertThat(new AlphaShares(0.2, new double[0], 200).idle(0)).isCloseTo(0.65 - 0.25 / 201, within(1e-12));
    var greedy = new AlphaShares(0.2, new double[]{0.7}, 50);
    assertThat(greedy.novel(1)).isCloseTo(0.05, within(1e-12));
    assertThat(greedy.latency(3)).isZero();
    assertThat(greedy.idle(0) + greedy.other() + greedy.total() + greedy.known(0)).isCloseTo(1, within(1e-12));
  }

  @Test
  @DisplayName("Shares outside their range are refused")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AlphaShares(0.2, new double[]{-0.1}, 5))
        .withMessageContaining("-0.1");
    assertThatIllegalArgumentException().isThrownBy(() -> new AlphaShares(0.4, new double[]{0.7}, 5))
        .withMessageContaining("1.1");
    assertThatIllegalArgumentException().isThrownBy(() -> new AlphaShares(0.2, new double[0], -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new AlphaShares(0.2, new double[0], 5).novel(6))
        .withMessageContaining("1..5");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 180})
  @DisplayName("The onset weights of the past and the closed form of the rest sum to 1 at every window")
  void onsetSumsToOne(int epoch) {
    var onset = new OnsetPrior(epoch);
    double spent = 0;
    for (int t = 1; t <= 1000; t++) {
      spent += StrictMath.exp(onset.logWeight(t));
      assertThat(spent + onset.remaining(t)).isCloseTo(1, within(1e-10));
    }
    assertThat(onset.remaining(0)).isEqualTo(1);
    assertThat(onset.remaining(epoch)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  @DisplayName("Sums of logarithms neither overflow nor lose terms that are zero")
  void logSums() {
    assertThat(LogSum.of(1000, 1000)).isCloseTo(1000 + StrictMath.log(2), within(1e-12));
    assertThat(LogSum.of(-1000, Double.NEGATIVE_INFINITY)).isEqualTo(-1000);
    assertThat(LogSum.of(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(LogSum.of()).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
