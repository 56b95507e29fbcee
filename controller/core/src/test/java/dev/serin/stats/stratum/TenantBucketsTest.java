package dev.serin.stats.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.stats.EProcess;
import dev.serin.stats.LogSum;
import dev.serin.stats.OnsetPrior;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.TwoArmCounts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
    var all = new TreeMap<Integer, EProcess>();
    for (int b = 0; b < TenantBuckets.COUNT; b++) {
      all.put(b, EProcess.START);
    }
    for (int t = 1; t <= 60; t++) {
      Map<Integer, TwoArmCounts> events = new HashMap<>();
      if (t % 3 == 0) {
        events.put(random.nextInt(10), new TwoArmCounts(random.nextInt(3), 1 + random.nextInt(5), 600, 11_400));
      }
      buckets = step(buckets, events, 5, t);
      double remaining = ONSET.remaining(t);
      all.replaceAll((bucket, process) -> {
        var counts = events.getOrDefault(bucket, new TwoArmCounts(0, 0, 600, 11_400));
        return process.after(GRID, gains(counts, 5), remaining);
      });
    }
    double[] terms = all.values().stream().mapToDouble(EProcess::logE).toArray();

    assertThat(buckets.logMean())
        .isCloseTo(LogSum.of(terms) - StrictMath.log(64), within(1e-10));
    assertThat(bytes(buckets)).hasSize(1 + 10 * (1 + EProcess.BYTES + 2 * Double.BYTES));
  }

  @Test
  @DisplayName("Without events the mean is 1 and nothing is stored")
  void untouched() {
    var buckets = step(TenantBuckets.untouched(), Map.of(), 1, 1);
    assertThat(buckets.logMean()).isCloseTo(0, within(1e-12));
    assertThat(bytes(buckets)).hasSize(1);
  }

  @Test
  @DisplayName("A fault in one bucket costs ln 128 = 4.9 nats beside the rest")
  void oneBucket() {
    var buckets = TenantBuckets.untouched();
    var alone = EProcess.START;
    for (int t = 1; t <= 30; t++) {
      var counts = new TwoArmCounts(2, 1, 600, 11_400);
      buckets = step(buckets, Map.of(17, counts, 5, new TwoArmCounts(0, 2, 600, 11_400)), 1, t);
      alone = alone.after(GRID, gains(counts, 1), ONSET.remaining(t));
    }
    double single = alone.logE();

    assertThat(single).isGreaterThan(50);
    assertThat(TenantBuckets.logMixed(0, buckets.logMean())).isCloseTo(single - StrictMath.log(128), within(1e-9));
  }

  @Test
  @DisplayName("What is left without a group of canary pods is never more than folding without them would have given")
  void withoutPods() {
    var random = new Well19937c(5);
    var all = TenantBuckets.untouched();
    var exact = TenantBuckets.untouched();
    for (int t = 1; t <= 60; t++) {
      // Two equal canary pods, of which the second is left out.
      int first = random.nextInt(4);
      int second = random.nextInt(2);
      int stable = random.nextInt(4);
      double eta = 1.0 / Math.max(1, first + second + stable);
      var counts = new TwoArmCounts(first + second, stable, 1200, 11_400);
      var left = new TwoArmCounts(first, stable, 600, 11_400);
      all = all.after(GRID, Map.of(9, new TenantBuckets.Addition(tempered(counts, eta),
          new double[]{eta * first, eta * second})), ONSET.remaining(t));
      exact = exact.after(GRID, Map.of(9, new TenantBuckets.Addition(tempered(left, eta), new double[2])),
          ONSET.remaining(t));

      assertThat(all.logMeanWithout(GRID, 1)).as("window %s", t).isLessThanOrEqualTo(exact.logMean() + 1e-12);
      assertThat(all.logMeanWithout(GRID, 1)).isLessThanOrEqualTo(all.logMean() + 1e-12);
    }
    assertThat(all.logMeanWithout(GRID, 1)).as("not for nothing").isPositive();
  }

  private static double[] tempered(TwoArmCounts counts, double eta) {
    return GRID.gains(counts.xc(), counts.m(), GRID.costs(counts.nc(), counts.nb()), eta);
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
      sizes[TenantBuckets.bucketOf("", "tenant-" + i)]++;
    }
    // Mean 1000, standard deviation 32: a random hash stays within six of them.
    assertThat(Arrays.stream(sizes)).allSatisfy(size -> assertThat(size).isBetween(810, 1190));
    // Worked out with Python's integers.
    assertThat(List.of("", "acme", "Zürich").stream().map(tenant -> TenantBuckets.bucketOf("", tenant)))
        .containsExactly(33, 52, 45);
    assertThat(IntStream.range(0, 1000)
        .filter(i -> TenantBuckets.bucketOf("a", "tenant-" + i) == TenantBuckets.bucketOf("b", "tenant-" + i)).count())
        .as("another key mixes anew").isLessThan(50);
  }

  @Test
  @DisplayName("What is written is read bit for bit, and goes on alike")
  void roundTrip() {
    var before = step(TenantBuckets.untouched(),
        Map.of(63, new TwoArmCounts(2, 1, 600, 11_400), 0, new TwoArmCounts(0, 1, 600, 11_400)), 1, 1);
    var after = TenantBuckets.read(GRID, 2, ByteBuffer.wrap(bytes(before)));
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
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TenantBuckets.read(GRID, 2, ByteBuffer.allocate(1).put(0, (byte) 65)))
        .withMessageContaining("65");
    var twice = ByteBuffer.allocate(300).put(0, (byte) 2);
    assertThatIllegalArgumentException().isThrownBy(() -> TenantBuckets.read(GRID, 2, twice))
        .withMessageContaining("twice");
  }

  private static TenantBuckets step(TenantBuckets buckets, Map<Integer, TwoArmCounts> events, double cap, int t) {
    Map<Integer, TenantBuckets.Addition> additions = new HashMap<>();
    events.forEach((bucket, counts) -> additions.put(bucket, new TenantBuckets.Addition(gains(counts, cap),
        new double[]{0, counts.xc() / Math.min(Math.max(1.0, (double) counts.m()), cap)})));
    return buckets.after(GRID, additions, ONSET.remaining(t));
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
      if (buckets.logMean() >= threshold) {
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(TenantBuckets buckets) {
    var out = ByteBuffer.allocate(20_000);
    buckets.write(out);
    return Arrays.copyOf(out.array(), out.position());
  }
}
