package dev.serin.judge;

import static dev.serin.judge.Scene.NOON;
import static dev.serin.judge.Scene.NOT_FOUND;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whole rollouts of simulated versions, with fixed seeds. Bounds hold for a right program except with probability below
/// 1e-9.
class CalibrationTest {

  private static final Step STEP = new Step(0, NOON, Duration.ofMinutes(2), Duration.ofMinutes(30));

  private static final Map<SignatureId, Double> NOTHING = Map.of();

  /// Poisson counts: each signature has a rate per request; the canary's own errors come on top of the common ones.
  record Version(double weight, int requests, Map<SignatureId, Double> common, Map<SignatureId, Double> canaryOnly) {

    Window window(long sequence, RandomGenerator random) {
      long nc = Math.round(requests * weight);
      var canaryEvents = new HashMap<SignatureId, Long>();
      var baselineEvents = new HashMap<SignatureId, Long>();
      common.forEach((signature, rate) -> {
        canaryEvents.merge(signature, poisson(rate * nc, random), Long::sum);
        baselineEvents.merge(signature, poisson(rate * (requests - nc), random), Long::sum);
      });
      canaryOnly.forEach(
          (signature, rate) -> canaryEvents.merge(signature, poisson(rate * nc, random), Long::sum));
      return Scene.window(sequence, counts("c", (double) nc, canaryEvents),
          counts("b", (double) (requests - nc), baselineEvents));
    }

    private static PodCounts counts(String name, double exposure, Map<SignatureId, Long> events) {
      return pod(name, exposure, events.values().stream().mapToLong(Long::longValue).sum(), events);
    }

    private static long poisson(double mean, RandomGenerator random) {
      return new PoissonDistribution(random, mean, 1e-12, 10_000).sample();
    }

    /// Verdicts until the first roll back, or of all windows.
    List<Verdict> verdicts(Policy policy, int windows, long seed) {
      var random = new Well19937c(seed);
      var evidence = Evidence.initial(policy).startStep(STEP);
      var verdicts = new ArrayList<Verdict>();
      for (int k = 0; k < windows; k++) {
        var judgement = Judge.judge(evidence, window(k, random), policy);
        evidence = judgement.evidence();
        verdicts.add(judgement.verdict());
        if (judgement.verdict() instanceof Verdict.RollBack) {
          break;
        }
      }
      return verdicts;
    }
  }

  private static Policy policy(double alpha, Map<SignatureId, Double> history) {
    var known = new HashMap<SignatureId, Watched>();
    history.keySet().forEach(signature -> known.put(signature, Watched.SEEN));
    return Scene.policy(alpha, ExposureKind.REQUESTS, OnInconclusive.HOLD, known);
  }

  @Test
  @DisplayName("The same good version with 5 % background errors is never rolled back, and advances")
  void goodVersionWithBackgroundErrors() {
    var errors = Map.of(TIMEOUT, 0.04, NOT_FOUND, 0.01);
    var good = new Version(0.25, 1000, errors, NOTHING);
    for (long seed = 1; seed <= 60; seed++) {
      var verdicts = good.verdicts(policy(0.01, errors), 60, seed);
      assertThat(verdicts).as("seed %s", seed).noneMatch(verdict -> verdict instanceof Verdict.RollBack)
          .anyMatch(verdict -> verdict instanceof Verdict.Advance);
    }
  }

  @Test
  @DisplayName("Ville: with rare errors and novel ones in both arms, a good version is rolled back at most as alpha says")
  void rareAndNovelErrors() {
    var errors = Map.of(TIMEOUT, 0.0005, NOT_FOUND, 0.0001, new SignatureId("s1-rare"), 0.00002,
        new SignatureId("s1-novel"), 0.0002, new SignatureId("s1-later"), 0.00005);
    var policy = policy(0.2, Map.of(TIMEOUT, 0.0, NOT_FOUND, 0.0, new SignatureId("s1-rare"), 0.0));
    var good = new Version(0.1, 2000, errors, NOTHING);
    long rolledBack = LongStream.rangeClosed(1, 200)
        .filter(seed -> good.verdicts(policy, 120, seed).getLast() instanceof Verdict.RollBack).count();

    // alpha_c = .8 · .2 = .16: P(Binomial(200, .16) >= 67) < 1e-9.
    assertThat(rolledBack).isLessThan(67);
  }

  @Test
  @DisplayName("Retry storms that fall on one arm are tempered: no roll back of a good version")
  void storms() {
    var policy = policy(0.01, Map.of(TIMEOUT, 0.0));
    for (long seed = 1; seed <= 20; seed++) {
      var random = new Well19937c(seed);
      var evidence = Evidence.initial(policy).startStep(STEP);
      for (int k = 0; k < 120; k++) {
        // Every tenth window 200 events on one pod: on the canary as often as its share of the traffic says.
        long storm = random.nextInt(10) == 0 ? 200 : 0;
        boolean canary = random.nextDouble() < 0.25;
        var judgement = Judge.judge(evidence, window(k,
            pod("c", 250, canary ? storm : 0, Map.of(TIMEOUT, canary ? storm : 0)),
            pod("b", 750, canary ? 0 : storm, Map.of(TIMEOUT, canary ? 0 : storm))), policy);
        evidence = judgement.evidence();
        assertThat(judgement.verdict()).as("seed %s window %s", seed, k).isNotInstanceOf(Verdict.RollBack.class);
      }
    }
  }

  @Test
  @DisplayName("A 404 for 3 % of the tenants, 5 s on and 5 s off, is rolled back within two minutes and named")
  void burstyTenantFault() {
    // 300 requests/s; half of each 10 s window is on.
    var bad = new Version(0.25, 3000, Map.of(TIMEOUT, 0.01), Map.of(NOT_FOUND, 0.03 / 2));
    for (long seed = 1; seed <= 40; seed++) {
      var verdicts = bad.verdicts(policy(0.01, Map.of(TIMEOUT, 0.0)), 12, seed);
      assertThat(verdicts.getLast()).as("seed %s", seed).isInstanceOfSatisfying(Verdict.RollBack.class,
          rollBack -> assertThat(rollBack.suspects().getFirst().signature()).isEqualTo(NOT_FOUND));
    }
  }

  @Test
  @DisplayName("The same fault under little traffic is found within the step")
  void rareTenantFault() {
    // 20 requests/s, one canary pod of ten: .3 events per window.
    var bad = new Version(0.1, 200, Map.of(TIMEOUT, 0.01), Map.of(NOT_FOUND, 0.03 / 2));
    long found = IntStream.rangeClosed(1, 40)
        .filter(seed -> bad.verdicts(policy(0.01, Map.of(TIMEOUT, 0.0)), 180, seed)
            .getLast() instanceof Verdict.RollBack)
        .count();
    assertThat(found).isEqualTo(40);
  }
}
