package dev.serin.stats.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.cluster.Tempering;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlaceboTest {

  private static final double LOG_THRESHOLD = StrictMath.log(125);
  private static final Tempering INDEPENDENT = new Tempering(1, 1, true);
  private static final int PODS = 19;
  private static final List<String> NAMES = names(0, PODS);

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj("stable-%03d"::formatted).toList();
  }

  private static Placebo folded(Placebo before, List<String> names, long[] counts, Tempering tempering) {
    var exposures = new double[names.size()];
    Arrays.fill(exposures, 100);
    var cell = new Cell(1, names.size());
    for (int p = 0; p < counts.length; p++) {
      cell.addStable(p, counts[p]);
    }
    return before.after(names, new Split(new double[]{100}, new int[]{0}, exposures),
        Arrays.stream(counts).sum() == 0 ? null : cell, tempering, LOG_THRESHOLD);
  }

  /// Windows until the stable pods are found to differ, or `windows + 1`.
  private static int suspectAfter(int windows, IntToDoubleFunction mean, RandomGenerator random) {
    var placebo = Placebo.NONE;
    for (int t = 1; t <= windows; t++) {
      var counts = new long[PODS];
      for (int p = 0; p < PODS; p++) {
        counts[p] = poisson(mean.applyAsDouble(p), random);
      }
      placebo = folded(placebo, NAMES, counts, INDEPENDENT);
      if (placebo.suspect()) {
        return t;
      }
    }
    return windows + 1;
  }

  private static long poisson(double mean, RandomGenerator random) {
    return new PoissonDistribution(random, mean, 1e-12, 10_000).sample();
  }

  @Test
  @DisplayName("Pods that are alike are suspected in at most one rollout of 125")
  void alike() {
    // A right program has at most .8 % of 400 rollouts, 3.2: P(Binomial(400, .008) >= 19) < 1e-9.
    long suspected = LongStream.rangeClosed(1, 400)
        .filter(seed -> suspectAfter(360, _ -> 0.1, new Well19937c(seed)) <= 360).count();
    assertThat(suspected).isLessThan(19);
  }

  @Test
  @DisplayName("A stable pod with four times the errors of the others is found")
  void oddPod() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(suspectAfter(720, p -> p == 7 ? 0.4 : 0.1, new Well19937c(seed))).as("seed %s", seed)
          .isLessThan(720);
    }
  }

  @Test
  @DisplayName("Clusters that the tempering does not know of are found, those that it knows are not")
  void clusters() {
    var known = new Tempering(1, 30, true);
    for (long seed = 1; seed <= 20; seed++) {
      var random = new Well19937c(seed);
      var naive = Placebo.NONE;
      var tempered = Placebo.NONE;
      // Storms of 5 minutes, an error a window, on any one pod.
      for (int t = 0; t < 1080; t++) {
        var counts = new long[PODS];
        if (t % 30 == 0) {
          stormy = random.nextInt(PODS);
        }
        counts[stormy] = 1;
        naive = folded(naive, NAMES, counts, INDEPENDENT);
        tempered = folded(tempered, NAMES, counts, known);
      }
      assertThat(naive.suspect()).as("seed %s", seed).isTrue();
      assertThat(tempered.suspect()).as("seed %s", seed).isFalse();
    }
  }

  private int stormy;

  @Test
  @DisplayName("Places of pods that go pass to those that come, with their evidence; no more than 16 are taken")
  void places() {
    var counts = new long[PODS];
    counts[3] = 1;
    var before = Placebo.NONE;
    for (int t = 0; t < 60; t++) {
      before = folded(before, NAMES, counts, INDEPENDENT);
    }
    assertThat(before.suspect()).isTrue();

    var fresh = Placebo.NONE;
    for (int t = 0; t < 60; t++) {
      // Another pod of another name has the errors in each block: the place that it took goes on.
      var renamed = t < 30 ? NAMES : names(100, 100 + PODS);
      fresh = folded(fresh, renamed, counts, INDEPENDENT);
    }
    assertThat(fresh.suspect()).isTrue();

    var unseen = new long[PODS];
    unseen[17] = 1;
    var outside = Placebo.NONE;
    for (int t = 0; t < 60; t++) {
      outside = folded(outside, NAMES, unseen, INDEPENDENT);
    }
    assertThat(outside.suspect()).as("the 18th pod has no place").isFalse();
    assertThat(outside.logMean()).isNegative();
  }

  @Test
  @DisplayName("Silence and a single pod say nothing")
  void silence() {
    var placebo = Placebo.NONE;
    for (int t = 0; t < 300; t++) {
      placebo = folded(placebo, NAMES, new long[PODS], INDEPENDENT);
    }
    assertThat(placebo.logMean()).isCloseTo(0, within(1e-12));
    for (int t = 0; t < 300; t++) {
      placebo = folded(placebo, names(0, 1), new long[]{5}, INDEPENDENT);
    }
    assertThat(placebo.logMean()).isCloseTo(0, within(1e-12));
  }

  @Test
  @DisplayName("What is written is read bit for bit, and goes on alike; what no windows could have led to is refused")
  void roundTrip() {
    var counts = new long[PODS];
    counts[3] = 2;
    var placebo = Placebo.NONE;
    for (int t = 0; t < 40; t++) {
      placebo = folded(placebo, NAMES, counts, new Tempering(9, 3, true));
    }
    var bytes = bytes(placebo);
    var read = Placebo.read(ByteBuffer.wrap(bytes));
    assertThat(bytes(read)).isEqualTo(bytes);
    assertThat(bytes(folded(read, NAMES, counts, INDEPENDENT)))
        .isEqualTo(bytes(folded(placebo, NAMES, counts, INDEPENDENT)));

    bytes[1] = 99;
    assertThatIllegalArgumentException().isThrownBy(() -> Placebo.read(ByteBuffer.wrap(bytes)))
        .withMessageContaining("cannot have");
  }

  private static byte[] bytes(Placebo placebo) {
    var out = ByteBuffer.allocate(10_000);
    placebo.write(out);
    return Arrays.copyOf(out.array(), out.position());
  }
}
