package dev.serin.stats.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.RatioGrid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperingTest {

  private static double[] equal(int pods) {
    var exposures = new double[pods];
    Arrays.fill(exposures, 100);
    return exposures;
  }

  private static double burst(long canary, long... stable) {
    return PodBurst.of(new long[]{canary}, equal(1), stable, equal(stable.length));
  }

  @Test
  @DisplayName("A pod bounds what belongs together: single events count in full, a storm on one pod counts as one event")
  void burst() {
    assertThat(burst(1, 1, 0, 0)).isEqualTo(1);
    assertThat(burst(40, 0, 0, 0)).isEqualTo(40);
    assertThat(burst(0, 40, 1, 0)).isEqualTo(40);
    assertThat(burst(0, 0, 0, 0)).isEqualTo(1);
  }

  @Test
  @DisplayName("What every pod has is not counted, and a larger pod may have more of it")
  void commonPart() {
    assertThat(burst(31, 25, 30, 28)).isEqualTo(6);
    assertThat(PodBurst.of(new long[]{10}, new double[]{100}, new long[]{20}, new double[]{200})).isEqualTo(1);
  }

  @Test
  @DisplayName("Nothing is assumed where a stable pod has more than twice the exposure of a canary pod")
  void incomparable() {
    assertThat(PodBurst.of(new long[]{1}, new double[]{100}, new long[]{1}, new double[]{201})).isInfinite();
    assertThat(PodBurst.of(new long[]{1}, new double[]{100}, new long[]{1}, new double[]{200})).isFinite();
    assertThat(new Tempering(Double.POSITIVE_INFINITY, 1, true).factor(8, Double.POSITIVE_INFINITY)).isEqualTo(0.125);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  @DisplayName("Whatever the pods' counts are, drawing the canary among them at random gives an expectation of at most 1")
  void exchangeablePods(long seed) {
    var random = new Well19937c(seed);
    for (int round = 0; round < 300; round++) {
      var counts = new long[2 + random.nextInt(9)];
      int common = random.nextInt(4) == 0 ? random.nextInt(30) : 0;
      for (int p = 0; p < counts.length; p++) {
        counts[p] = (long) common + (random.nextInt(3) == 0 ? random.nextInt(1 + random.nextInt(40)) : 0);
      }
      for (int canaryPods = 1; canaryPods < Math.min(counts.length, 4); canaryPods++) {
        assertThat(largestExpectation(counts, canaryPods)).as("seed %s counts %s canary pods %s", seed, counts,
            canaryPods).isLessThanOrEqualTo(1 + 1e-12);
      }
    }
  }

  /// Over all choices of canary pods, at the ratio of the grid where it is largest.
  private static double largestExpectation(long[] counts, int canaryPods) {
    var grid = RatioGrid.uniform(1);
    double stable = 100.0 * (counts.length - canaryPods);
    var costs = grid.costs(100.0 * canaryPods, stable);
    var choices = choices(counts.length, canaryPods);
    var sums = new double[RatioGrid.SIZE];
    for (var choice : choices) {
      var canary = choice.stream().mapToLong(p -> counts[p]).toArray();
      var rest = IntStream.range(0, counts.length).filter(p -> !choice.contains(p))
          .mapToLong(p -> counts[p]).toArray();
      long xc = Arrays.stream(canary).sum();
      long m = Arrays.stream(counts).sum();
      double burst = PodBurst.of(canary, equal(canary.length), rest, equal(rest.length));
      var gains = grid.gains(xc, m, costs, new Tempering(Double.POSITIVE_INFINITY, 1, true).factor(m, burst));
      for (int i = 0; i < sums.length; i++) {
        sums[i] += StrictMath.exp(gains[i]) / choices.size();
      }
    }
    return Arrays.stream(sums).max().orElseThrow();
  }

  private static List<List<Integer>> choices(int pods, int size) {
    if (size == 0) {
      return List.of(List.of());
    }
    var all = new ArrayList<List<Integer>>();
    for (var smaller : choices(pods, size - 1)) {
      for (int p = smaller.isEmpty() ? 0 : smaller.getLast() + 1; p < pods; p++) {
        var larger = new ArrayList<>(smaller);
        larger.add(p);
        all.add(larger);
      }
    }
    return all;
  }

  @Test
  @DisplayName("The cap follows the dispersion of single windows, the windows that of longer blocks")
  void calibrated() {
    assertThat(Tempering.of(1, 1, true)).isEqualTo(new Tempering(1, 1, true));
    assertThat(Tempering.of(9, 9, true).u()).isCloseTo(1 + 3.5 * 7.95, within(1e-12));
    assertThat(Tempering.of(9, 9, false).u()).isInfinite();
    assertThat(Tempering.of(2, 5, true).windows()).isCloseTo(1 + 3.5 * 1.15, within(1e-12));
    assertThat(Tempering.of(9, 9, true).factor(100, 3)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(Tempering.of(1, 1, true).factor(100, 3)).isEqualTo(1);
    assertThat(Tempering.of(1, 1, true).cautious(100, 3)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(new Tempering(1, 1, true).factor(0, 1)).isEqualTo(1);
  }

  @Test
  @DisplayName("The sum of squares of independent counts is on average their sum, whatever the exposures")
  void dispersion() {
    // Counts (3, 1) at exposures (2, 2): mean 2, residuals 1 and -1, 2/1 times 2 squares.
    assertThat(Dispersion.squares(new long[]{3, 1}, new double[]{2, 2})).isEqualTo(4);
    assertThat(Dispersion.squares(new long[]{4, 2}, new double[]{2, 1})).isZero();
    assertThat(Dispersion.squares(new long[]{4}, new double[]{2})).isZero();
    var random = new Well19937c(7);
    var exposures = new double[]{100, 200, 50, 400};
    double squares = 0;
    double events = 0;
    for (int block = 0; block < 20_000; block++) {
      var counts = new long[exposures.length];
      for (int p = 0; p < counts.length; p++) {
        for (int request = 0; request < exposures[p]; request++) {
          counts[p] += random.nextInt(100) == 0 ? 1 : 0;
        }
        events += counts[p];
      }
      squares += Dispersion.squares(counts, exposures);
    }
    // 1 % failures: binomial, φ = .99; the standard error is about .01.
    assertThat(squares / events).isCloseTo(0.99, within(0.06));
  }

  @Test
  @DisplayName("Lately begun clustering shows at once, and fades from the decayed sums with its half-life")
  void halfLife() {
    var decay = new Decay(120);
    var calm = Dispersion.NONE.plus(1_000, 1_000, 1, decay);
    var stormy = calm.plus(900, 100, 600, decay);
    assertThat(stormy.estimate(1, 600, decay)).isCloseTo((900 + 1_000 * kept() + 20) / (100 + 1_000 * kept() + 20),
        within(1e-9));
    assertThat(stormy.estimate(1, 6_000, decay)).isCloseTo(1_920.0 / 1_120, within(1e-3));
    assertThat(calm.pooled(1, decay)).isEqualTo(1);
  }

  private static double kept() {
    return StrictMath.pow(0.5, 599 / 120.0);
  }

  @Test
  @DisplayName("A cap or a number of windows below 1 is refused")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Tempering(0.5, 1, true)).withMessageContaining("0.5");
    assertThatIllegalArgumentException().isThrownBy(() -> new Tempering(1, 0.9, true)).withMessageContaining("0.9");
  }

  @Test
  @DisplayName("Of all signatures together few events say little, and the decayed sums fade from the last window on")
  void pooledDispersion() {
    var decay = new Decay(120);
    var calm = Dispersion.NONE.plus(1_000, 1_000, 1, decay);
    var stormy = calm.plus(900, 100, 600, decay);
    assertThat(Dispersion.NONE.pooled(600, decay)).isEqualTo(1);
    assertThat(Dispersion.NONE.plus(12, 4, 600, decay).pooled(600, decay)).isCloseTo((12 + 5) / (4 + 5.0),
        within(1e-12));
    assertThat(stormy.pooled(600, decay))
        .isCloseTo((900 + 1_000 * kept() + 5) / (100 + 1_000 * kept() + 5), within(1e-9));
    assertThat(stormy.pooled(720, decay)).as("a half-life later")
        .isCloseTo((450 + 500 * kept() + 5) / (50 + 500 * kept() + 5), within(1e-9));
    assertThat(stormy.estimate(1, 720, decay)).isCloseTo((450 + 500 * kept() + 20) / (50 + 500 * kept() + 20),
        within(1e-9));
  }

  @Test
  @DisplayName("What is left of a sum halves with every half-life, short ago or long ago")
  void decay() {
    var decay = new Decay(64);
    assertThat(decay.kept(0)).isEqualTo(1);
    for (long age : new long[]{1, 64, 255, 256, 257, 640}) {
      assertThat(decay.kept(age)).as("age %s", age).isCloseTo(StrictMath.pow(0.5, age / 64.0), within(1e-15));
    }
  }

  @Test
  @DisplayName("Sums are written and read bit for bit; those that no window leads to are refused with their value")
  void dispersionBytes() {
    var dispersion = new Dispersion(4, 3, 2, 1, 7);
    var bytes = ByteBuffer.allocate(Dispersion.BYTES);
    dispersion.write(bytes);
    assertThat(bytes.hasRemaining()).isFalse();
    assertThat(Dispersion.read(bytes.flip())).isEqualTo(dispersion);
    assertThat(Dispersion.read(ByteBuffer.allocate(Dispersion.BYTES))).isEqualTo(Dispersion.NONE);
    for (double impossible : new double[]{-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      var damaged = ByteBuffer.allocate(Dispersion.BYTES).putDouble(3 * Double.BYTES, impossible);
      assertThatIllegalArgumentException().isThrownBy(() -> Dispersion.read(damaged))
          .withMessage("a sum must be finite and at least 0, was " + impossible);
    }
  }

  @Test
  @DisplayName("Where the stable pods differ, nothing they show is trusted, but how many windows a cluster touches is")
  void distrusting() {
    assertThat(new Tempering(2, 3, true).distrusting()).isEqualTo(new Tempering(Double.POSITIVE_INFINITY, 3, false));
    assertThat(new Tempering(2, 1, true).distrusting().factor(7, 1)).as("a window is one event").isEqualTo(1.0 / 7);
  }
}
