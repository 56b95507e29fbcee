package dev.serin.stats.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.LogSum;
import dev.serin.stats.OnsetMixture;
import dev.serin.stats.OnsetPrior;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.TwoArmCounts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantBucketsTest {

  private static final OnsetPrior ONSET = new OnsetPrior(180);
  private static final RatioGrid GRID = RatioGrid.uniform(1);

  @Test
  @DisplayName("The mean is that of 64 processes that were all tracked from the first window")
  void sameAsTrackingAll() {
    var random = new Well19937c(3);
    var buckets = TenantBuckets.untouched();
    var all = new TreeMap<Integer, OnsetMixture>();
    for (int b = 0; b < TenantBuckets.COUNT; b++) {
      all.put(b, OnsetMixture.silent(RatioGrid.SIZE, 0));
    }
    for (int t = 1; t <= 60; t++) {
      Map<Integer, TwoArmCounts> events = new HashMap<>();
      if (t % 3 == 0) {
        events.put(random.nextInt(10), new TwoArmCounts(random.nextInt(3), 1 + random.nextInt(5), 600, 11_400));
      }
      buckets = step(buckets, events, 5, t);
      double logOnset = ONSET.logWeight(t);
      all.replaceAll((bucket, process) -> {
        var counts = events.getOrDefault(bucket, new TwoArmCounts(0, 0, 600, 11_400));
        return process.after(gains(counts, 5), logOnset);
      });
    }
    double[] terms = all.values().stream().mapToDouble(process -> process.logE(GRID, ONSET.remaining(60))).toArray();

    assertThat(buckets.logMean(GRID, ONSET.remaining(60)))
        .isCloseTo(LogSum.of(terms) - StrictMath.log(64), within(1e-10));
    assertThat(buckets.bytes()).isEqualTo(4 + 10 * 196);
  }

  @Test
  @DisplayName("Without events the mean is 1 and nothing is stored")
  void untouched() {
    var buckets = step(TenantBuckets.untouched(), Map.of(), 1, 1);
    assertThat(buckets.logMean(GRID, ONSET.remaining(1))).isCloseTo(0, within(1e-12));
    assertThat(buckets.bytes()).isEqualTo(4);
    assertThat(buckets.leading(GRID, ONSET.remaining(1))).isEqualTo(-1);
  }

  @Test
  @DisplayName("A fault in one bucket costs ln 128 = 4.9 nats beside the rest, and the bucket is named")
  void oneBucket() {
    var buckets = TenantBuckets.untouched();
    var alone = OnsetMixture.silent(RatioGrid.SIZE, 0);
    for (int t = 1; t <= 30; t++) {
      var counts = new TwoArmCounts(2, 1, 600, 11_400);
      buckets = step(buckets, Map.of(17, counts, 5, new TwoArmCounts(0, 2, 600, 11_400)), 1, t);
      alone = alone.after(gains(counts, 1), ONSET.logWeight(t));
    }
    double single = alone.logE(GRID, ONSET.remaining(30));

    assertThat(single).isGreaterThan(50);
    assertThat(buckets.logMixed(0, GRID, ONSET.remaining(30))).isCloseTo(single - StrictMath.log(128), within(1e-9));
    assertThat(buckets.leading(GRID, ONSET.remaining(30))).isEqualTo(17);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  @DisplayName("With equal rates in all buckets few of 300 mixtures ever reach 5")
  void ville(long seed) {
    // A right program reaches 5 with probability at most .2 a run: P(Binomial(300, .2) >= 106) < 1e-9.
    var random = new Well19937c(seed);
    int reached = 0;
    for (int run = 0; run < 300; run++) {
      reached += everReaches(StrictMath.log(5), random) ? 1 : 0;
    }
    assertThat(reached).as("seed %s", seed).isLessThan(106);
  }

  @Test
  @DisplayName("Tenants are spread evenly over the buckets, and each stays in its own for ever")
  void hash() {
    int[] sizes = new int[TenantBuckets.COUNT];
    for (int i = 0; i < 64_000; i++) {
      sizes[TenantBuckets.bucketOf("tenant-" + i)]++;
    }
    // Mean 1000, standard deviation 32: a random hash stays within six of them.
    assertThat(Arrays.stream(sizes)).allSatisfy(size -> assertThat(size).isBetween(810, 1190));
    // Worked out with Python's integers.
    assertThat(List.of("", "acme", "Zürich").stream().map(TenantBuckets::bucketOf))
        .containsExactly(33, 52, 45);
  }

  @Test
  @DisplayName("What is written is read bit for bit, and goes on alike")
  void roundTrip() {
    var before = step(TenantBuckets.untouched(),
        Map.of(63, new TwoArmCounts(2, 1, 600, 11_400), 0, new TwoArmCounts(0, 1, 600, 11_400)), 1, 1);
    var after = TenantBuckets.read(ByteBuffer.wrap(bytes(before)));
    assertThat(bytes(after)).isEqualTo(bytes(before));
    var next = Map.of(7, new TwoArmCounts(1, 1, 600, 11_400));
    assertThat(bytes(step(after, next, 1, 2))).isEqualTo(bytes(step(before, next, 1, 2)));
  }

  @Test
  @DisplayName("Impossible buckets and damaged state are refused with the offending number")
  void refuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(TenantBuckets.untouched(), Map.of(64, new TwoArmCounts(1, 0, 1, 1)), 1, 1))
        .withMessageContaining("64");
    assertThatIllegalArgumentException().isThrownBy(() -> TenantBuckets.read(ByteBuffer.allocate(4).putInt(0, 65)))
        .withMessageContaining("65");
    var twice = ByteBuffer.allocate(4 + 2 * 196).putInt(0, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> TenantBuckets.read(twice)).withMessageContaining("twice");
  }

  private static TenantBuckets step(TenantBuckets buckets, Map<Integer, TwoArmCounts> events, double cap, int t) {
    Map<Integer, double[]> gains = new HashMap<>();
    events.forEach((bucket, counts) -> gains.put(bucket, gains(counts, cap)));
    return buckets.after(gains, 1 - ONSET.remaining(t - 1), ONSET.logWeight(t));
  }

  private static double[] gains(TwoArmCounts counts, double cap) {
    var gains = new double[RatioGrid.SIZE];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = GRID.logLikelihoodRatio(i, counts) / Math.min(Math.max(1.0, (double) counts.m()), cap);
    }
    return gains;
  }

  private static boolean everReaches(double threshold, RandomGenerator random) {
    var buckets = TenantBuckets.untouched();
    var canary = new PoissonDistribution(random, 0.5, 1e-12, 1000);
    var baseline = new PoissonDistribution(random, 2, 1e-12, 1000);
    for (int t = 1; t <= 60; t++) {
      int size = canary.sample() + baseline.sample();
      Map<Integer, TwoArmCounts> events = new HashMap<>();
      for (int i = 0; i < size; i++) {
        boolean onCanary = random.nextInt(5) == 0;
        events.merge(random.nextInt(64), new TwoArmCounts(onCanary ? 1 : 0, onCanary ? 0 : 1, 2000, 8000),
            (a, b) -> new TwoArmCounts(a.xc() + b.xc(), a.xb() + b.xb(), 2000, 8000));
      }
      buckets = step(buckets, events, 1, t);
      if (buckets.logMean(GRID, ONSET.remaining(t)) >= threshold) {
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(TenantBuckets buckets) {
    var out = ByteBuffer.allocate(buckets.bytes());
    buckets.write(out);
    assertThat(out.remaining()).isZero();
    return out.array();
  }
}
