package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.NOON;
import static dev.serin.judge.Scene.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.SignatureId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whether the canary is slower.
class LatencyTest {

  private static final double[] BOUNDS = {0.025, 0.05, 0.1, 0.25, 0.5, 1, Double.POSITIVE_INFINITY};
  private static final int BURN_IN = 400;
  private static final SignatureId SLOWER_THAN_250 = Evidence.slowerThan(0.25);

  /// 100 requests with exponential latencies.
  private static PodCounts pod(String name, double mean, RandomGenerator random) {
    SortedMap<Double, Long> latency = new TreeMap<>();
    for (double bound : BOUNDS) {
      latency.put(bound, 0L);
    }
    for (int i = 0; i < 100; i++) {
      double seconds = -mean * StrictMath.log1p(-random.nextDouble());
      latency.tailMap(seconds).replaceAll((_, count) -> count + 1);
    }
    return new PodCounts(name, 100, 0, new TreeMap<>(), null, new TreeMap<>(), latency);
  }

  private static Window window(long k, int stablePods, double canaryMean, RandomGenerator random) {
    var stable = IntStream.range(0, stablePods).mapToObj(p -> pod("b%02d".formatted(p), 0.06, random)).toList();
    boolean burnIn = k < BURN_IN;
    return new Window(k, NOON.plus(LENGTH.multipliedBy(k)), LENGTH,
        burnIn ? List.of() : List.of(pod("c", canaryMean, random)), stable, true, burnIn);
  }

  private static Judgement last(int windows, double canaryMean, long seed) {
    return last(windows, 19, canaryMean, seed);
  }

  private static Judgement last(int windows, int stablePods, double canaryMean, long seed) {
    var random = new Well19937c(seed);
    var judgement = new Judgement(Evidence.initial(policy()), new Verdict.NoData(Arm.CANARY, 0, 0));
    for (int k = 0; k < BURN_IN + windows; k++) {
      judgement = Judge.judge(judgement.evidence(), window(k, stablePods, canaryMean, random), policy());
      if (judgement.verdict() instanceof Verdict.RollBack) {
        return judgement;
      }
    }
    return judgement;
  }

  @Test
  @DisplayName("Bounds are learned over windows: 200 measured requests in each are enough")
  void learnsOverWindows() {
    assertThat(last(200, 2, 0.6, 20261126).verdict()).isInstanceOf(Verdict.RollBack.class);
  }

  @Test
  @DisplayName("A canary half as slow again is rolled back, and the sentence says slower than what, in per cent")
  void slower() {
    for (long seed = 1; seed <= 3; seed++) {
      var judgement = last(180, 0.09, seed);
      var policy = policy();
      assertThat(judgement.verdict()).as("seed %s", seed).isInstanceOfSatisfying(Verdict.RollBack.class,
          rollBack -> assertThat(VerdictSentence.of(rollBack, SignatureId::value, policy)).matches(
              "Rolled back: [0-9.]+ % of the requests to the canary are slower than [0-9]+ ms \\([0-9,]+ of [0-9,]+\\),"
                  + " against [0-9.]+ % on stable \\([0-9,]+ of [0-9,]+\\); with a single canary pod.*"));
    }
  }

  @Test
  @DisplayName("A canary as fast as stable is not rolled back, and a faster one is no harm")
  void asFast() {
    // A right program rolls back at most .8 % of the runs: P(Binomial(12, .008) >= 6) < 1e-9.
    long rolledBack = LongStream.rangeClosed(1, 12)
        .filter(seed -> last(120, seed % 4 == 0 ? 0.04 : 0.06, seed).verdict() instanceof Verdict.RollBack).count();
    assertThat(rolledBack).isLessThan(6);
  }

  @Test
  @DisplayName("The bounds nearest to the stable p50, p90 and p99 are watched, chosen from the burn-in")
  void bounds() {
    var evidence = last(1, 0.06, 5).evidence();
    assertThat(evidence.signatures()).extracting(seen -> seen.observed().signature().value())
        .contains("slower-than-50ms", "slower-than-100ms", "slower-than-250ms");
    assertThat(Evidence.initial(policy()).signatures()).extracting(seen -> seen.observed().signature())
        .doesNotContain(SLOWER_THAN_250);
  }

  @Test
  @DisplayName("A window in which a pod does not say how slow it was says nothing of latencies")
  void notMeasured() {
    var random = new Well19937c(8);
    var before = last(1, 0.06, 8).evidence();
    var measured = window(BURN_IN + 1, 19, 10, random);
    var silent = new PodCounts("b00", 100, 0, new TreeMap<>());
    var partly = new Window(measured.sequence(), measured.start(), LENGTH, measured.canary(),
        IntStream.range(0, 19).mapToObj(p -> p == 0 ? silent : measured.baseline().get(p)).toList(), true);

    assertThat(slow(Judge.judge(before, partly, policy()).evidence())).isEqualTo(slow(before));
    assertThat(slow(Judge.judge(before, measured, policy()).evidence())).isGreaterThan(slow(before));
  }

  private static long slow(Evidence evidence) {
    return evidence.signatures().stream().filter(seen -> seen.observed().signature().equals(SLOWER_THAN_250))
        .findFirst().orElseThrow().observed().canaryEvents();
  }

  @Test
  @DisplayName("What is learned of latencies is taken up bit for bit after a restart in any window")
  void restarts() {
    var random = new Well19937c(4);
    var whole = Evidence.initial(policy());
    var killed = whole;
    for (int k = BURN_IN - 3; k < BURN_IN + 6; k++) {
      var window = window(k, 19, 0.09, random);
      whole = Judge.judge(whole, window, policy()).evidence();
      killed = Judge.judge(Evidence.of(killed.snapshot(), policy()), window, policy()).evidence();
      assertThat(killed.snapshot()).as("window %s", k).isEqualTo(whole.snapshot());
    }
    assertThat(slow(whole)).isPositive();
  }
}
