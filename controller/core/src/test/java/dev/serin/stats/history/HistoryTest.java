package dev.serin.stats.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.serin.stats.OnsetPrior;
import dev.serin.stats.RatioGrid;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

  private static final OnsetPrior ONSET = new OnsetPrior(180);
  private static final RatioGrid GRID = RatioGrid.uniform(1);

  @ParameterizedTest
  @CsvSource({"0, .01", "5, .01", "100, .001", "10000, .05"})
  @DisplayName("A recorded rate lies above the exact Poisson bound, by little when events are many")
  void recordedRate(long events, double alpha) {
    double bound = RecordedRate.of(events, 1, 1, alpha).rate();
    // The exact bound is a quantile of Gamma(x + 1, 1).
    double exact = new GammaDistribution(null, events + 1, 1, 1e-12).inverseCumulativeProbability(1 - alpha);
    assertThat(bound).isGreaterThanOrEqualTo(exact - 1e-9).isLessThan(exact + 2 + 0.9 * Math.sqrt((double) events));
    assertThat(bound - events - events * StrictMath.log(bound / Math.max(events, 1)))
        .isCloseTo(-StrictMath.log(alpha), withinPercentage(1e-6));
  }

  @Test
  @DisplayName("A recorded rate scales with the exposure, and clusters widen it")
  void recordedRateScales() {
    assertThat(RecordedRate.of(40, 2000, 1, 0.01).rate())
        .isCloseTo(RecordedRate.of(40, 1, 1, 0.01).rate() / 2000, within(1e-12));
    assertThat(RecordedRate.of(40, 1, 9, 0.01).rate()).isGreaterThan(RecordedRate.of(40, 1, 1, 0.01).rate() + 20);
    assertThat(RecordedRate.of(0, 100, 3, 0.01).rate()).isCloseTo(0.03 * StrictMath.log(100), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 3, 10, Double.POSITIVE_INFINITY})
  @DisplayName("At the recorded rate the exact expectation of a window is at most 1, for clusters up to the cap")
  void expectation(double cap) {
    for (int cluster : new int[]{1, 3, 10}) {
      if (cluster > cap) {
        continue;
      }
      for (double mean : new double[]{0.01, 0.5, 3, 30}) {
        double sum = 0;
        var clusters = new PoissonDistribution(null, mean / cluster, 1e-12, 10_000);
        for (int k = 0; k < 60 + 3 * mean; k++) {
          sum += clusters.probability(k) * factor(GRID, new RecordedRate(mean, cap), (long) k * cluster);
        }
        assertThat(sum).as("cap %s cluster %s mean %s", cap, cluster, mean).isLessThanOrEqualTo(1 + 1e-9);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({".001, 1000", ".05, 40", ".3, 3", ".9, 2"})
  @DisplayName("With an infinite cap storms of any size and probability keep the expectation at most 1")
  void storms(double probability, long size) {
    var recorded = new RecordedRate(probability * size, Double.POSITIVE_INFINITY);
    assertThat(probability * factor(GRID, recorded, size) + (1 - probability) * factor(GRID, recorded, 0))
        .isLessThanOrEqualTo(1 + 1e-12);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("A new version like the old one, with a record of its own luck, is rolled back in few of 400 runs")
  void ville(long seed) {
    // alpha_h = .2: P(Binomial(400, .2) >= 132) < 1e-9.
    var random = new Well19937c(seed);
    int reached = 0;
    for (int run = 0; run < 400; run++) {
      reached += rollsBack(1, random) ? 1 : 0;
    }
    assertThat(reached).as("seed %s", seed).isLessThan(132);
  }

  @Test
  @DisplayName("A new version with five times the errors is rolled back in nearly every run")
  void power() {
    var random = new Well19937c(5);
    int reached = 0;
    for (int run = 0; run < 50; run++) {
      reached += rollsBack(5, random) ? 1 : 0;
    }
    assertThat(reached).isGreaterThan(45);
  }

  @Test
  @DisplayName("Silence speaks for the new version; a window without traffic says nothing")
  void silence() {
    var recorded = new RecordedRate(0.01, 1);
    var start = HistoryProcess.START;
    double remaining = ONSET.remaining(1);
    assertThat(start.after(GRID, recorded, 0, 0, remaining).logE()).isCloseTo(0, within(1e-12));
    assertThat(start.after(GRID, recorded, 0, 1000, remaining).logE()).isLessThan(-0.5);
  }

  @Test
  @DisplayName("The evidence of all hypotheses is their weighted mean with what is idle")
  void combined() {
    var monitor = monitor(0.002).after(1000, 3, 0);
    assertThat(monitor.logG()).isCloseTo(
        StrictMath.log(StrictMath.exp(monitor.logTerm(0)) + StrictMath.exp(monitor.logTerm(1)) + 0.5), within(1e-12));
    assertThat(HistoricalMonitor.logThreshold(0.002)).isCloseTo(StrictMath.log(1000), within(1e-12));
  }

  @Test
  @DisplayName("What is written is read bit for bit, and goes on alike")
  void roundTrip() {
    var before = monitor(0.002).after(1000, 3, 0).after(900, 0, 1);
    var after = monitor(0.002).read(ByteBuffer.wrap(bytes(before)));
    assertThat(bytes(after.after(1000, 5, 2))).isEqualTo(bytes(before.after(1000, 5, 2)));
    assertThat(after.logG()).isEqualTo(before.logG());
  }

  @Test
  @DisplayName("Impossible arguments are refused with the offending number")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> RecordedRate.of(-1, 1, 1, 0.1)).withMessageContaining("-1");
    assertThatIllegalArgumentException().isThrownBy(() -> RecordedRate.of(1, 1, 0.5, 0.1)).withMessageContaining("0.5");
    assertThatIllegalArgumentException().isThrownBy(() -> new RecordedRate(0, 1)).withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Recorded(1, 1, 1, GRID, 0)).withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> monitor(0.1).after(1000, 1)).withMessage(
        "needs 2 counts, were 1");
    assertThatIllegalArgumentException().isThrownBy(() -> monitor(0.1).after(-1, 1, 1)).withMessageContaining("-1.0");
    var damaged = ByteBuffer.allocate(monitor(0.1).bytes()).putLong(0, -4);
    assertThatIllegalArgumentException().isThrownBy(() -> monitor(0.1).read(damaged)).withMessageContaining("-4");
    var tooMuch = List.of(new Recorded(1, 1, 1, GRID, 0.6), new Recorded(1, 1, 1, GRID, 0.6));
    assertThatIllegalArgumentException().isThrownBy(() -> HistoricalMonitor.initial(tooMuch, ONSET, 0.1))
        .withMessageContaining("1.2");
  }

  /// `e^g` averaged over the ratios, of one window with the exposure 1.
  private static double factor(RatioGrid grid, RecordedRate recorded, long events) {
    // With all starts in the future the onset part stays 1.
    double logE = HistoryProcess.START.after(grid, recorded, events, 1, 1).logE();
    return 2 * StrictMath.exp(logE) - 1;
  }

  private static HistoricalMonitor monitor(double alpha) {
    return HistoricalMonitor.initial(List.of(new Recorded(2000, 1e6, 1, GRID, 0.3),
        new Recorded(0, 1e6, 1, RatioGrid.novel(1), 0.2)), ONSET, alpha);
  }

  private static byte[] bytes(HistoricalMonitor monitor) {
    var out = ByteBuffer.allocate(monitor.bytes());
    monitor.write(out);
    assertThat(out.remaining()).isZero();
    return out.array();
  }

  private static boolean rollsBack(double ratio, RandomGenerator random) {
    long frequent = new PoissonDistribution(random, 500, 1e-12, 10_000).sample();
    long rare = new PoissonDistribution(random, 5, 1e-12, 10_000).sample();
    var monitor = HistoricalMonitor.initial(List.of(new Recorded(frequent, 500_000, 1, GRID, 0.5),
        new Recorded(rare, 500_000, 1, GRID, 0.5)), ONSET, 0.2);
    var frequentEvents = new PoissonDistribution(random, 2 * ratio, 1e-12, 10_000);
    var rareEvents = new PoissonDistribution(random, 0.02 * ratio, 1e-12, 10_000);
    for (int t = 0; t < 100; t++) {
      monitor = monitor.after(2000, frequentEvents.sample(), rareEvents.sample());
      if (monitor.logG() >= HistoricalMonitor.logThreshold(0.2)) {
        return true;
      }
    }
    return false;
  }

  @Test
  @DisplayName("The ends of the ranges are refused where they are not in them, and taken where they are")
  void ranges() {
    assertThat(RecordedRate.of(0, 1, 1, 0.5).rate()).isCloseTo(StrictMath.log(2), within(1e-9));
    assertThat(new RecordedRate(1, 1).cap()).isEqualTo(1);
    for (double alpha : new double[]{0, 1}) {
      assertThatIllegalArgumentException().isThrownBy(() -> RecordedRate.of(1, 1, 1, alpha))
          .withMessageContaining(Double.toString(alpha));
    }
    for (double exposure : new double[]{0, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> RecordedRate.of(1, exposure, 1, 0.1))
          .withMessageContaining(Double.toString(exposure));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> RecordedRate.of(1, 1, Double.POSITIVE_INFINITY, 0.1))
        .withMessageContaining("Infinity");
    assertThatIllegalArgumentException().isThrownBy(() -> new RecordedRate(Double.POSITIVE_INFINITY, 1))
        .withMessageContaining("Infinity");
    assertThatIllegalArgumentException().isThrownBy(() -> HistoryProcess.START.after(GRID, new RecordedRate(1, 1), 1,
        Double.POSITIVE_INFINITY, 1)).withMessageContaining("Infinity");
  }

  @Test
  @DisplayName("A window adds for each ratio what its Poisson likelihood says against the rate at the margin")
  void margin() {
    // By Poisson's formula, the ratio of the probabilities of 7 events at a ratio's multiple of 3 and at twice 3.
    var grid = RatioGrid.uniform(2);
    double sum = 0;
    for (double ratio : new double[]{3, 4, 6, 8, 12, 16, 32, 64, 256}) {
      sum += StrictMath.exp(7 * StrictMath.log(ratio / 2) - (ratio - 2) * 3) / 9;
    }
    assertThat(HistoryProcess.START.after(grid, new RecordedRate(0.01, 1), 7, 300, 1).logE())
        .isCloseTo(StrictMath.log(0.5 * sum + 0.5), within(1e-12));
  }
}
