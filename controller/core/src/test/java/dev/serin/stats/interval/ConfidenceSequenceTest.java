package dev.serin.stats.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.TwoArmCounts;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceSequenceTest {

  /// The four windows of vector G3; the last two tempered with 1/4 and 1.
  private static final List<TwoArmCounts> WINDOWS = List.of(new TwoArmCounts(0, 12, 120, 11_880),
      new TwoArmCounts(1, 11, 600, 11_400), new TwoArmCounts(9, 30, 3000, 9000), new TwoArmCounts(25, 24, 6000, 6000));
  private static final double[] TEMPERING = {1, 1, 0.25, 1};

  @Test
  @DisplayName("Non-inferiority of four windows with a changing split has twelve right digits")
  void nonInferiority() {
    var sequence = four();
    // mpmath, 50 digits: log(sum(exp(l_k) for rho_k < margin) / count) - l(margin) with the formula of statistics.md 9.
    assertThat(sequence.logNonInferiority(2)).isCloseTo(1.4949262152075986, within(1e-12));
    assertThat(sequence.logNonInferiority(1.5)).isCloseTo(-0.7079991193082597, within(1e-12));
    assertThat(sequence.logNonInferiority(4)).isCloseTo(11.343581267328593, within(1e-11));
  }

  @Test
  @DisplayName("The interval is the hull of the grid points not excluded, one step of 2^(10/32) wider on both sides")
  void hull() {
    // mpmath: at .05 the points 9..16 remain, at .01 the points 9..17.
    var wide = four().interval(0.05);
    assertThat(wide.low()).isCloseTo(point(8), within(1e-12));
    assertThat(wide.high()).isCloseTo(point(17), within(1e-12));
    assertThat(four().interval(0.01).high()).isCloseTo(point(18), within(1e-12));

    // 180 minutes with 600 of 12,000 requests a minute on the canary, at rates .002 and .001: 1.61..2.48 remain.
    var long180 = ConfidenceSequence.empty().after(new TwoArmCounts(216, 2052, 108_000, 2_052_000), 1).interval(0.05);
    assertThat(long180.low()).isCloseTo(point(14), within(1e-12));
    assertThat(long180.high()).isCloseTo(point(18), within(1e-12));
  }

  @Test
  @DisplayName("Without data every ratio is possible, and nothing speaks for the canary")
  void nothingKnown() {
    var sequence = ConfidenceSequence.empty(2);

    assertThat(sequence.interval(0.05)).isEqualTo(new RatioInterval(0, Double.POSITIVE_INFINITY));
    assertThat(sequence.logNonInferiority(2)).isCloseTo(0, within(1e-12));
    assertThat(sequence.after(new TwoArmCounts(0, 0, 600, 11_400), 1)).isSameAs(sequence);
  }

  @Test
  @DisplayName("Events on one arm only leave the other end open")
  void openEnds() {
    assertThat(ConfidenceSequence.empty().after(new TwoArmCounts(0, 100, 600, 600), 1).interval(0.05))
        .satisfies(interval -> assertThat(interval.low()).isZero())
        .satisfies(interval -> assertThat(interval.high()).isLessThan(0.2));
    assertThat(ConfidenceSequence.empty().after(new TwoArmCounts(100, 0, 600, 600), 1).interval(0.05))
        .satisfies(interval -> assertThat(interval.high()).isInfinite())
        .satisfies(interval -> assertThat(interval.low()).isGreaterThan(5));
  }

  @Test
  @DisplayName("Swapping the arms gives the inverse interval")
  void swapped() {
    // Between 1/16 and 16 the grid is its own mirror; the mean over all points is not, so one step may differ.
    var forward = ConfidenceSequence.empty().after(new TwoArmCounts(40, 20, 1000, 1000), 1).interval(0.05);
    var backward = ConfidenceSequence.empty().after(new TwoArmCounts(20, 40, 1000, 1000), 1).interval(0.05);
    assertThat(backward.low() * forward.high()).isBetween(0.8, 1.25);
    assertThat(backward.high() * forward.low()).isBetween(0.8, 1.25);
  }

  @Test
  @DisplayName("The ratio is below a margin once the evidence for it reaches ln(1/beta), and not any more once it falls")
  void below() {
    var random = new Well19937c(4);
    var sequence = ConfidenceSequence.empty(1.5, 2);
    int below = 0;
    for (int t = 0; t < 400; t++) {
      sequence = sequence.after(window(t < 200 ? 1 : 3, 0.05, random), 1);
      for (double margin : new double[]{1.5, 2}) {
        for (double beta : new double[]{0.5, 0.05, 0.001}) {
          boolean proven = sequence.logNonInferiority(margin) >= -StrictMath.log(beta);
          assertThat(sequence.isBelow(margin, beta)).as("after %d windows", t + 1).isEqualTo(proven);
          below += proven ? 1 : 0;
        }
      }
    }
    assertThat(below).isBetween(200, 2000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("The interval encloses every ratio, on the grid or not, that the exact likelihood does not exclude")
  void enclosesBetweenPoints(long seed) {
    var random = new Well19937c(seed);
    for (int run = 0; run < 200; run++) {
      var counts = new TwoArmCounts(random.nextInt(60), 1 + random.nextInt(60), 1 + random.nextInt(5000),
          1 + random.nextInt(5000));
      double ratio = StrictMath.exp(StrictMath.log(64) * (1.6 * random.nextDouble() - 0.6));
      var interval = ConfidenceSequence.empty().after(counts, 0.5).interval(0.05);
      boolean excluded = mixture(counts, ratio, 0.5) >= StrictMath.log(20);
      assertThat(excluded || interval.contains(ratio)).as("seed %s, %s, %s in %s", seed, counts, ratio, interval)
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1.7", "3, 2"})
  @DisplayName("The true ratio is ever outside the interval in few of 1000 runs, though the split reacts to the data")
  void coverage(long seed, double ratio) {
    // A right program misses with probability at most .05 a run: P(Binomial(1000, .05) >= 98) < 1e-9.
    var random = new Well19937c(seed);
    int missed = 0;
    for (int run = 0; run < 1000; run++) {
      missed += everExcludes(ratio, random) ? 1 : 0;
    }
    assertThat(missed).as("seed %s", seed).isLessThan(98);
  }

  @ParameterizedTest
  @CsvSource({"4, 2", "5, 1.5"})
  @DisplayName("A canary exactly at the margin is ever found non-inferior in few of 1000 runs")
  void falseAdvance(long seed, double margin) {
    // P(Binomial(1000, .05) >= 98) < 1e-9.
    var random = new Well19937c(seed);
    int advanced = 0;
    for (int run = 0; run < 1000; run++) {
      advanced += advances(margin, margin, random) ? 1 : 0;
    }
    assertThat(advanced).as("seed %s", seed).isLessThan(98);
  }

  @Test
  @DisplayName("A canary as good as stable is found non-inferior to twice the rate in nearly every run")
  void advancesWhenHarmless() {
    // Bound of statistics.md 14: 10,600 canary requests, p95 29,000; 200 windows bring 100,000 here.
    var random = new Well19937c(6);
    int advanced = 0;
    for (int run = 0; run < 100; run++) {
      advanced += advances(1, 2, random) ? 1 : 0;
    }
    assertThat(advanced).isGreaterThan(95);
  }

  @Test
  @DisplayName("What is written is read bit for bit, and goes on alike")
  void roundTrip() {
    var before = four();
    var bytes = ByteBuffer.allocate(ConfidenceSequence.bytes(3));
    before.write(bytes);
    assertThat(bytes.remaining()).isZero();

    var after = ConfidenceSequence.read(bytes.flip(), 2, 1.5, 4);
    var again = ByteBuffer.allocate(ConfidenceSequence.bytes(3));
    after.after(WINDOWS.get(2), 0.3).write(again);
    var expected = ByteBuffer.allocate(ConfidenceSequence.bytes(3));
    before.after(WINDOWS.get(2), 0.3).write(expected);
    assertThat(again.array()).isEqualTo(expected.array());
  }

  @Test
  @DisplayName("Damaged state and impossible arguments are refused with the offending number")
  void refuses() {
    var damaged = ByteBuffer.allocate(ConfidenceSequence.bytes(0));
    damaged.putDouble(8, Double.NaN);
    assertThatIllegalArgumentException().isThrownBy(() -> ConfidenceSequence.read(damaged))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> ConfidenceSequence.empty(0.05)).withMessageContaining("0.05");
    assertThatIllegalArgumentException().isThrownBy(() -> ConfidenceSequence.empty(2).logNonInferiority(3))
        .withMessageContaining("[2.0]").withMessageContaining("3.0");
    assertThatIllegalArgumentException().isThrownBy(() -> four().after(WINDOWS.get(0), 0)).withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> four().interval(1)).withMessageContaining("1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new RatioInterval(2, 1)).withMessageContaining("2.0 and 1.0");
  }

  private static ConfidenceSequence four() {
    var sequence = ConfidenceSequence.empty(2, 1.5, 4);
    for (int t = 0; t < WINDOWS.size(); t++) {
      sequence = sequence.after(WINDOWS.get(t), TEMPERING[t]);
    }
    return sequence;
  }

  private static double point(int index) {
    return StrictMath.pow(2, -4 + 10 * index / 32.0);
  }

  /// Logarithm of the mean likelihood ratio of the 33 points against a ratio between them, written the plain way.
  private static double mixture(TwoArmCounts counts, double ratio, double tempering) {
    double sum = 0;
    for (int k = 0; k < ConfidenceSequence.POINTS; k++) {
      double log = counts.xc() * StrictMath.log(point(k) / ratio)
          - counts.m() * StrictMath.log((point(k) * counts.nc() + counts.nb()) / (ratio * counts.nc() + counts.nb()));
      sum += StrictMath.exp(tempering * log);
    }
    return StrictMath.log(sum / ConfidenceSequence.POINTS);
  }

  private static boolean everExcludes(double ratio, RandomGenerator random) {
    var sequence = ConfidenceSequence.empty(2);
    double weight = 0.05;
    for (int t = 0; t < 120; t++) {
      sequence = sequence.after(window(ratio, weight, random), 1);
      if (!sequence.interval(0.05).contains(ratio)) {
        return true;
      }
      weight = sequence.logNonInferiority(2) > 0 ? 0.5 : 0.05;
    }
    return false;
  }

  private static boolean advances(double ratio, double margin, RandomGenerator random) {
    var sequence = ConfidenceSequence.empty(margin);
    for (int t = 0; t < 200; t++) {
      sequence = sequence.after(window(ratio, 0.05, random), 1);
      if (sequence.isBelow(margin, 0.05)) {
        return true;
      }
    }
    return false;
  }

  private static TwoArmCounts window(double ratio, double weight, RandomGenerator random) {
    double nc = 10_000 * weight;
    double nb = 10_000 - nc;
    return new TwoArmCounts(poisson(0.001 * ratio * nc, random), poisson(0.001 * nb, random), nc, nb);
  }

  private static long poisson(double mean, RandomGenerator random) {
    return new PoissonDistribution(random, mean, 1e-12, 10_000).sample();
  }
}
