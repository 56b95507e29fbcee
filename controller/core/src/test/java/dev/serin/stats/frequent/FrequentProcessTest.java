package dev.serin.stats.frequent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.OnsetPrior;
import dev.serin.stats.TwoArmCounts;
import java.nio.ByteBuffer;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrequentProcessTest {

  private static final OnsetPrior ONSET = new OnsetPrior(180);
  private static final PlugIn PLAIN = new PlugIn(new RateMargin(1, 0), 1);

  @ParameterizedTest
  @CsvSource({"1, 1, 0, 1", "2, 1.2, 0, .95", "3, 1, .02, .95"})
  @DisplayName("At the margin, under shocks of both arms and a split that reacts, few of 500 processes ever reach 5")
  void ville(long seed, double ratio, double tolerance, double memory) {
    // A right program reaches 5 with probability at most .2 a run: P(Binomial(500, .2) >= 158) < 1e-9.
    var random = new Well19937c(seed);
    var plugIn = new PlugIn(new RateMargin(ratio, tolerance), memory);
    int reached = 0;
    for (int run = 0; run < 500; run++) {
      reached += windowsUntil(plugIn, ratio, tolerance, random) < 150 ? 1 : 0;
    }
    assertThat(reached).as("seed %s", seed).isLessThan(158);
  }

  @Test
  @DisplayName("From 30 % to 40 % of requests: nearly every run reaches 5 in 150 windows")
  void power() {
    var random = new Well19937c(4);
    int reached = 0;
    for (int run = 0; run < 50; run++) {
      reached += windowsUntil(PLAIN, 4.0 / 3, 0, random) < 150 ? 1 : 0;
    }
    assertThat(reached).isGreaterThan(45);
  }

  @Test
  @DisplayName("A guess that fades finds a fault after 300 good windows sooner than one that does not")
  void lateFault() {
    assertThat(late(0.95)).isGreaterThan(late(1) + 2);
  }

  @Test
  @DisplayName("The first window, and windows after which the canary looks no worse, add nothing")
  void waits() {
    var first = FrequentProcess.silent(0).after(PLAIN, new TwoArmCounts(9, 3, 10, 10), 1, ONSET.logWeight(1));
    assertThat(first.logE(ONSET.remaining(1))).isCloseTo(0, within(1e-12));

    var good = FrequentProcess.silent(0).after(PLAIN, new TwoArmCounts(3, 4, 10, 10), 1, ONSET.logWeight(1)).after(
        PLAIN,
        new TwoArmCounts(10, 0, 10, 10), 1, ONSET.logWeight(2));
    assertThat(good.logE(ONSET.remaining(2))).isCloseTo(0, within(1e-12));
  }

  @Test
  @DisplayName("Two windows give the factor worked out by hand, tempered as told")
  void byHand() {
    // Guess: (9.18/10.36, 3.18/10.36), common mean 6.18/10.36; second window 1 of 1 against 0 of 1.
    double factor = StrictMath.log(9.18 / 6.18) + StrictMath.log(7.18 / 4.18);
    var process = FrequentProcess.silent(0).after(PLAIN, new TwoArmCounts(9, 3, 10, 10), 1, StrictMath.log(0.25));

    double full = process.after(PLAIN, new TwoArmCounts(1, 0, 1, 1), 1, StrictMath.log(0.25)).logE(0.5);
    double half = process.after(PLAIN, new TwoArmCounts(1, 0, 1, 1), 0.5, StrictMath.log(0.25)).logE(0.5);

    assertThat(StrictMath.exp(full)).isCloseTo(StrictMath.exp(factor) * 0.75 + 0.25, within(1e-12));
    assertThat(StrictMath.exp(half)).isCloseTo(StrictMath.exp(factor / 2) * 0.75 + 0.25, within(1e-12));
  }

  @Test
  @DisplayName("What is written is read bit for bit, and goes on alike")
  void roundTrip() {
    var before = FrequentProcess.silent(0).after(PLAIN, new TwoArmCounts(9, 3, 10, 10), 1, ONSET.logWeight(1));
    var after = FrequentProcess.read(ByteBuffer.wrap(bytes(before)));
    var next = new TwoArmCounts(5, 4, 8, 9);
    assertThat(bytes(after.after(PLAIN, next, 0.7, ONSET.logWeight(2))))
        .isEqualTo(bytes(before.after(PLAIN, next, 0.7, ONSET.logWeight(2))));
  }

  @Test
  @DisplayName("More events than requests, damaged state and impossible tempering are refused")
  void refuses() {
    var process = FrequentProcess.silent(0);
    assertThatIllegalArgumentException().isThrownBy(() -> process.after(PLAIN, new TwoArmCounts(3, 0, 2, 2), 1, -5))
        .withMessageContaining("xc=3");
    assertThatIllegalArgumentException().isThrownBy(() -> process.after(PLAIN, new TwoArmCounts(1, 0, 2, 2), 2, -5))
        .withMessageContaining("2.0");
    var damaged = ByteBuffer.allocate(FrequentProcess.bytes());
    damaged.putDouble(0, 3);
    assertThatIllegalArgumentException().isThrownBy(() -> FrequentProcess.read(damaged))
        .withMessageContaining("3.0 of 0");
  }

  private static byte[] bytes(FrequentProcess process) {
    var out = ByteBuffer.allocate(FrequentProcess.bytes());
    process.write(out);
    assertThat(out.remaining()).isZero();
    return out.array();
  }

  private static double late(double memory) {
    var plugIn = new PlugIn(new RateMargin(1, 0), memory);
    var process = FrequentProcess.silent(0);
    for (int t = 1; t <= 330; t++) {
      process = process.after(plugIn, new TwoArmCounts(t > 300 ? 35 : 30, 300, 100, 1000), 1, ONSET.logWeight(t));
    }
    return process.logE(ONSET.remaining(330));
  }

  private static int windowsUntil(PlugIn plugIn, double ratio, double tolerance, RandomGenerator random) {
    var process = FrequentProcess.silent(0);
    int canary = 50;
    for (int t = 1; t <= 150; t++) {
      double p = random.nextInt(10) == 0 ? 0.6 : 0.3;
      var counts = new TwoArmCounts(failures(canary, ratio * p + tolerance, random), failures(200 - canary, p, random),
          canary, 200 - canary);
      process = process.after(plugIn, counts, 1, ONSET.logWeight(t));
      double logE = process.logE(ONSET.remaining(t));
      if (logE >= StrictMath.log(5)) {
        return t;
      }
      canary = logE > 0 ? 100 : 30;
    }
    return 150;
  }

  private static long failures(int requests, double p, RandomGenerator random) {
    long failures = 0;
    for (int i = 0; i < requests; i++) {
      failures += random.nextDouble() < p ? 1 : 0;
    }
    return failures;
  }
}
