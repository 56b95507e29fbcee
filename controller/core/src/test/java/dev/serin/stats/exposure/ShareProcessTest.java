package dev.serin.stats.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.ByteBuffer;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareProcessTest {

  private static final double CONCENTRATION = 1000;

  @Test
  @DisplayName("The stream ABABC gives the marginal likelihoods of ssrm at every step")
  void ssrm() {
    // statistics.md section 17: prior Dirichlet(1, 1, 1), null (.4, .4, .2).
    double[] mixture = {-1.0986, -2.4849, -3.4012, -4.4998, -6.4457198};
    double[] likelihood = {-.9163, -1.8326, -2.7489, -3.6652, -5.2746008};
    int[] stream = {0, 1, 0, 1, 2};
    var counts = new double[3];
    for (int t = 0; t < stream.length; t++) {
      counts[stream[t]]++;
      double precision = t == 4 ? 5e-8 : 5e-5;
      assertThat(ShareProcess.logMixture(new double[]{1, 1, 1}, counts)).isCloseTo(mixture[t], within(precision));
      assertThat(ShareProcess.logLikelihood(new double[]{.4, .4, .2}, counts))
          .isCloseTo(likelihood[t], within(precision));
    }
  }

  @ParameterizedTest
  @CsvSource({"1200, 22800, -1.61104210074169303", "260000000, 4740000000, 207911.356541857734"})
  @DisplayName("Counts of thousands and of thousands of millions keep their digits")
  void stable(long canary, long baseline, double expected) {
    // mpmath, 50 digits.
    assertThat(ShareProcess.initial(.05, .95).after(1, canary, baseline).logE(CONCENTRATION))
        .isCloseTo(expected, withinPercentage(1e-7));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 1, 4", "3, 8, 8"})
  @DisplayName("Right shares, orders that react and requests that stick in clusters: few of 400 runs ever reach 5")
  void ville(long seed, int cluster, double cap) {
    // A right program reaches 5 with probability at most .2 a run: P(Binomial(400, .2) >= 132) < 1e-9.
    var random = new Well19937c(seed);
    int reached = 0;
    for (int run = 0; run < 400; run++) {
      reached += everReaches(1, cluster, cap, random) ? 1 : 0;
    }
    assertThat(reached).as("seed %s", seed).isLessThan(132);
  }

  @Test
  @DisplayName("A canary that is measured at 1.3 times its share is noticed in nearly every run")
  void power() {
    var random = new Well19937c(4);
    int reached = 0;
    for (int run = 0; run < 50; run++) {
      reached += everReaches(1.3, 1, 1, random) ? 1 : 0;
    }
    assertThat(reached).isGreaterThan(45);
  }

  @Test
  @DisplayName("Clusters that are ignored ring the alarm in most runs: the cap is needed")
  void capIsNeeded() {
    var random = new Well19937c(5);
    int reached = 0;
    for (int run = 0; run < 100; run++) {
      reached += everReaches(1, 30, 1, random) ? 1 : 0;
    }
    assertThat(reached).isGreaterThan(60);
  }

  @Test
  @DisplayName("A new order keeps the evidence as a factor; the same order again changes nothing")
  void reordered() {
    var first = ShareProcess.initial(.05, .95).after(1, 80, 920);
    assertThat(first.reordered(CONCENTRATION, .05, .95)).isSameAs(first);
    var second = first.reordered(CONCENTRATION, .25, .75).after(1, 300, 700);
    double alone = ShareProcess.initial(.25, .75).after(1, 300, 700).logE(CONCENTRATION);
    assertThat(second.logE(CONCENTRATION)).isCloseTo(first.logE(CONCENTRATION) + alone, within(1e-12));
  }

  @Test
  @DisplayName("What is written is read bit for bit, and goes on alike")
  void roundTrip() {
    var before = ShareProcess.initial(.05, .95).after(3, 80, 920).reordered(CONCENTRATION, .25, .75).after(1, 3, 9);
    var after = ShareProcess.read(ByteBuffer.wrap(bytes(before)), 2);
    assertThat(bytes(after.after(2, 7, 9))).isEqualTo(bytes(before.after(2, 7, 9)));
  }

  @Test
  @DisplayName("Impossible shares, counts and state are refused with the offending number")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> ShareProcess.initial(.5, .6)).withMessageContaining("0.6");
    assertThatIllegalArgumentException().isThrownBy(() -> ShareProcess.initial(1)).withMessageContaining("1.0");
    var process = ShareProcess.initial(.5, .5);
    assertThatIllegalArgumentException().isThrownBy(() -> process.after(1, 1, -1)).withMessageContaining("-1");
    assertThatIllegalArgumentException().isThrownBy(() -> process.after(.5, 1, 1)).withMessageContaining("0.5");
    assertThatIllegalArgumentException().isThrownBy(() -> process.logE(0)).withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> process.reordered(1, .2, .2, .6))
        .withMessageContaining("2 sh");
    var damaged = ByteBuffer.wrap(bytes(process)).putDouble(16, -3);
    assertThatIllegalArgumentException().isThrownBy(() -> ShareProcess.read(damaged, 2)).withMessageContaining("-3.0");
  }

  private static byte[] bytes(ShareProcess process) {
    var out = ByteBuffer.allocate(ShareProcess.bytes(2));
    process.write(out);
    assertThat(out.remaining()).isZero();
    return out.array();
  }

  private static boolean everReaches(double measured, int cluster, double cap, RandomGenerator random) {
    var process = ShareProcess.initial(.05, .95);
    double share = .05;
    for (int t = 0; t < 100; t++) {
      long canary = 0;
      for (int i = 0; i < 240 / cluster; i++) {
        canary += random.nextDouble() < share * measured ? cluster : 0;
      }
      process = process.after(cap, canary, (long) (240 / cluster) * cluster - canary);
      double logE = process.logE(CONCENTRATION);
      if (logE >= StrictMath.log(5)) {
        return true;
      }
      if (t % 20 == 19) {
        share = logE > 0 ? .25 : .1;
        process = process.reordered(CONCENTRATION, share, 1 - share);
      }
    }
    return false;
  }
}
