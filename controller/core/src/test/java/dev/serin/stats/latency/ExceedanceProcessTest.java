package dev.serin.stats.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.OnsetPrior;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.frequent.PlugIn;
import dev.serin.stats.frequent.RateMargin;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExceedanceProcessTest {

  private static final OnsetPrior ONSET = new OnsetPrior(180);
  private static final ExceedanceProcess.Hypothesis HYPOTHESIS = ExceedanceProcess.Hypothesis.of(Latencies.RECORDED, 1,
      1);

  @Test
  @DisplayName("Of exponential latencies with mean .1 s, .05 or .1 s is p50, .2 s is p90 and .4 s is p99")
  void watched() {
    assertThat(HYPOTHESIS.bounds()).containsExactly(new WatchedBound(0, true), new WatchedBound(2, false),
        new WatchedBound(3, false));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, .9, 1", "3, 1, 4"})
  @DisplayName("A canary that is no slower ever reaches 5 in few of 300 runs")
  void ville(long seed, double slower, double cap) {
    // A right program reaches 5 with probability at most .2 a run: P(Binomial(300, .2) >= 106) < 1e-9.
    var random = new Well19937c(seed);
    int reached = 0;
    for (int run = 0; run < 300; run++) {
      reached += everReaches(slower, cap, random) ? 1 : 0;
    }
    assertThat(reached).as("seed %s", seed).isLessThan(106);
  }

  @Test
  @DisplayName("A canary that takes half as long again reaches 5 in nearly every run")
  void power() {
    var random = new Well19937c(4);
    int reached = 0;
    for (int run = 0; run < 50; run++) {
      reached += everReaches(1.5, 1, random) ? 1 : 0;
    }
    assertThat(reached).isGreaterThan(45);
  }

  @Test
  @DisplayName("The evidence is the mean over the bounds")
  void mean() {
    var plugIn = new PlugIn(new RateMargin(1, 0), 1);
    var canary = Latencies.sample(300, 0.15, new Well19937c(5));
    var baseline = Latencies.sample(3000, 0.1, new Well19937c(6));
    double sum = 0;
    for (var bound : HYPOTHESIS.bounds()) {
      sum += StrictMath.exp(
          after(new ExceedanceProcess.Hypothesis(List.of(bound), RatioGrid.uniform(1), plugIn), canary, baseline));
    }
    assertThat(StrictMath.exp(after(HYPOTHESIS, canary, baseline))).isCloseTo(sum / 3, within(1e-9 * sum));
  }

  @Test
  @DisplayName("What is written is read bit for bit, and goes on alike")
  void roundTrip() {
    var random = new Well19937c(7);
    var canary = Latencies.sample(300, 0.15, random);
    var baseline = Latencies.sample(3000, 0.1, random);
    var before = ExceedanceProcess.initial(HYPOTHESIS).after(HYPOTHESIS, canary, baseline, 3, ONSET.logWeight(1));
    var after = ExceedanceProcess.read(HYPOTHESIS, ByteBuffer.wrap(bytes(before)));
    assertThat(bytes(after.after(HYPOTHESIS, baseline, canary, 3, ONSET.logWeight(2))))
        .isEqualTo(bytes(before.after(HYPOTHESIS, baseline, canary, 3, ONSET.logWeight(2))));
  }

  @Test
  @DisplayName("Different buckets in the arms, and nothing to watch, are refused")
  void refuses() {
    var process = ExceedanceProcess.initial(HYPOTHESIS);
    assertThatIllegalArgumentException().isThrownBy(() -> process.after(HYPOTHESIS, Latencies.RECORDED,
        LatencyHistogram.empty(1), 1, -5)).withMessageContaining("[1.0]");
    assertThatIllegalArgumentException().isThrownBy(() -> new ExceedanceProcess.Hypothesis(List.of(),
        RatioGrid.uniform(1), HYPOTHESIS.plugIn())).withMessageContaining("at least one");
  }

  private static double after(ExceedanceProcess.Hypothesis hypothesis, LatencyHistogram canary,
      LatencyHistogram baseline) {
    var process = ExceedanceProcess.initial(hypothesis);
    for (int t = 1; t <= 3; t++) {
      process = process.after(hypothesis, canary, baseline, 10, ONSET.logWeight(t));
    }
    return process.logE(hypothesis, ONSET.remaining(3));
  }

  private static byte[] bytes(ExceedanceProcess process) {
    var out = ByteBuffer.allocate(process.bytes());
    process.write(out);
    assertThat(out.remaining()).isZero();
    return out.array();
  }

  private static boolean everReaches(double slower, double cap, RandomGenerator random) {
    var process = ExceedanceProcess.initial(HYPOTHESIS);
    int canary = 50;
    for (int t = 1; t <= 40; t++) {
      process = process.after(HYPOTHESIS, Latencies.sample(canary, 0.1 * slower, random),
          Latencies.sample(400 - canary, 0.1, random), cap, ONSET.logWeight(t));
      double logE = process.logE(HYPOTHESIS, ONSET.remaining(t));
      if (logE >= StrictMath.log(5)) {
        return true;
      }
      canary = logE > 0 ? 100 : 20;
    }
    return false;
  }
}
