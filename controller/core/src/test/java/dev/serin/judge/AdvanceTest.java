package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.STEP;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.known;
import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.window;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Advancing on proof that the canary is not much worse.
class AdvanceTest {

  private static final Policy POLICY = Policy.of(0.01, known(Map.of(TIMEOUT, Watched.SEEN)))
      .withCadence(new Policy.Cadence(LENGTH, Duration.ZERO, Duration.ZERO));

  /// One canary pod and nine stable ones of 100 requests each.
  private static Window fleet(long sequence, long canary, long stable) {
    return window(sequence, List.of(pod("c", 100, canary, Map.of(TIMEOUT, canary))),
        IntStream.range(0, 9).mapToObj(p -> pod("b" + p, 100, stable, Map.of(TIMEOUT, stable))).toList(), true);
  }

  /// Windows until the first advance, or 400.
  private static int advancesAfter(Policy policy, LongFunction<Window> windows) {
    var evidence = Evidence.initial(policy).startStep(
        new Step(0, STEP.startedAt(), STEP.minDuration(), Duration.ofDays(1)));
    for (int k = 0; k < 400; k++) {
      var judgement = Judge.judge(evidence, windows.apply(k), policy);
      evidence = judgement.evidence();
      if (judgement.verdict() instanceof Verdict.Advance) {
        return k + 1;
      }
    }
    return 400;
  }

  @Test
  @DisplayName("A canary as good as stable advances once a double rate is excluded; half as much again takes longer")
  void proven() {
    int twice = advancesAfter(POLICY, k -> fleet(k, 1, 1));
    int half = advancesAfter(POLICY.withAdvance(new Policy.Advance(Policy.Advance.Rule.PROVEN, 500, 1.5, 0.05)),
        k -> fleet(k, 1, 1));

    assertThat(twice).isBetween(12, 120);
    assertThat(half).isGreaterThan(twice + 10);
  }

  @Test
  @DisplayName("A canary at twice stable's rate never proves that it is better than that")
  void notAtTheWorstRatio() {
    assertThat(advancesAfter(POLICY, k -> fleet(k, k % 5 == 0 ? 2 : 0, k % 5 == 0 ? 1 : 0))).isEqualTo(400);
  }

  @Test
  @DisplayName("Without a single event on the canary 4,000 requests are proof enough, 3,900 are not")
  void faultless() {
    assertThat(advancesAfter(POLICY, k -> window(k, pod("c", 100, 0, Map.of()), pod("b", 900, 0, Map.of()))))
        .isEqualTo(40);
  }

  @Test
  @DisplayName("No step is passed before warm pods of both arms have done what it needs, whatever the cold ones did")
  void warmPodsFirst() {
    var policy = POLICY.withCadence(new Policy.Cadence(LENGTH, Duration.ofMinutes(5), Duration.ZERO));
    LongFunction<Window> cold = k -> window(k, aged("c", 100, Duration.ofSeconds(10 * k)),
        aged("b", 900, Duration.ofHours(1)));
    LongFunction<Window> coldStable = k -> window(k, aged("c", 100, Duration.ofHours(1)),
        aged("b", 900, Duration.ofSeconds(10 * k)));

    assertThat(advancesAfter(policy, cold)).isEqualTo(30 + 40);
    assertThat(advancesAfter(policy, coldStable)).isEqualTo(30 + 40);
  }

  private static PodCounts aged(String name, double exposure, Duration age) {
    return new PodCounts(name, exposure, 0, new TreeMap<>(), age, new TreeMap<>(), new TreeMap<>());
  }

  @Test
  @DisplayName("A critical signature needs proof of its own")
  void critical() {
    var critical = Policy
        .of(0.01, known(Map.of(TIMEOUT, new Watched(Severity.CRITICAL, Policy.Margin.NONE, true))))
        .withCadence(POLICY.cadence());
    // One timeout in ten windows on either arm: far too few for a ratio, while total errors are many and equal.
    LongFunction<Window> rare = k -> window(k, pod("c", 20, 2, Map.of(TIMEOUT, k % 10 == 0 ? 1L : 0L)),
        pod("b", 180, 18, Map.of(TIMEOUT, k % 10 == 0 ? 9L : 0L)));

    assertThat(advancesAfter(critical, rare)).isGreaterThan(advancesAfter(POLICY, rare) + 20);
  }

  @Test
  @DisplayName("The verdict carries the rate ratio with an interval that holds it")
  void ratio() {
    var evidence = Evidence.initial(POLICY);
    for (int k = 0; k < 200; k++) {
      evidence = Judge.judge(evidence, fleet(k, 1 + k % 2, 1), POLICY).evidence();
    }
    var ratio = evidence.strength().ratio();
    assertThat(ratio.estimate()).isBetween(1.49, 1.51);
    assertThat(ratio.low()).isBetween(0.9, 1.5);
    assertThat(ratio.high()).isBetween(1.5, 2.5);
  }
}
