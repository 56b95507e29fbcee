package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.begun;
import static dev.serin.judge.Scene.judged;
import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.policy;
import static dev.serin.judge.Scene.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.Verdict.HoldReason;
import dev.serin.judge.Verdict.RollBackReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// One bad pod among several is not a bad version.
class PodsApartTest {

  private static final IntToLongFunction ONE_BAD = p -> p == 0 ? 5 : 0;
  private static final IntToLongFunction ALL_BAD = _ -> 5;

  /// Canary pods of 100 requests each, nine stable pods with one timeout each.
  private static Window fleet(long sequence, int canaryPods, IntToLongFunction canary) {
    return window(sequence,
        IntStream.range(0, canaryPods).mapToObj(p -> timeouts("c" + p, canary.applyAsLong(p))).toList(),
        IntStream.range(0, 9).mapToObj(p -> timeouts("b" + p, 1)).toList(), true);
  }

  private static PodCounts timeouts(String name, long count) {
    return pod(name, 100, count, Map.of(TIMEOUT, count));
  }

  private static Judgement after(int windows, int canaryPods, IntToLongFunction canary) {
    return judged(policy(), IntStream.range(0, windows).mapToObj(k -> fleet(k, canaryPods, canary)).toList());
  }

  @Test
  @DisplayName("If all evidence comes from one of two canary pods, the step is held and the pod is named")
  void oneBadPod() {
    var judgement = after(60, 2, ONE_BAD);

    assertThat(judgement.verdict()).isInstanceOfSatisfying(Verdict.Hold.class, hold -> {
      assertThat(hold.reason()).isEqualTo(HoldReason.ONE_BAD_POD);
      assertThat(hold.pods()).containsExactly("c0");
      assertThat(hold.progress().logG()).isGreaterThanOrEqualTo(hold.progress().logThreshold());
      assertThat(hold.progress().strength().logLopo()).isNotNull().isLessThan(hold.progress().logThreshold());
    });
  }

  @Test
  @DisplayName("Evidence from every pod rolls back, and says that it does not rest on one pod")
  void allPodsBad() {
    for (int pods = 2; pods <= 6; pods++) {
      assertThat(after(60, pods, ALL_BAD).verdict()).as("%s pods", pods)
          .isInstanceOfSatisfying(Verdict.RollBack.class,
              verdict -> assertThat(verdict.reason()).isEqualTo(RollBackReason.SIGNATURE_REGRESSED));
    }
  }

  @Test
  @DisplayName("With more than four canary pods a bad one is named together with those of its bucket")
  void buckets() {
    assertThat(after(120, 6, p -> p == 0 ? 20 : 0).verdict()).isInstanceOfSatisfying(Verdict.Hold.class, hold -> {
      assertThat(hold.reason()).isEqualTo(HoldReason.ONE_BAD_POD);
      assertThat(hold.pods()).hasSize(2).contains("c0");
    });
  }

  @Test
  @DisplayName("When the deadline has passed and the pod is still bad, the canary is rolled back")
  void deadline() {
    var policy = policy().withCadence(new Policy.Cadence(LENGTH, Duration.ZERO, Duration.ofMinutes(5)));
    var evidence = begun(policy);
    int held = 0;
    Verdict verdict = new Verdict.NoData(Arm.CANARY, 0, 0);
    for (int k = 0; k < 200 && !(verdict instanceof Verdict.RollBack); k++) {
      var judgement = Judge.judge(evidence, fleet(k, 2, ONE_BAD), policy);
      evidence = judgement.evidence();
      verdict = judgement.verdict();
      held += verdict instanceof Verdict.Hold hold && hold.reason() == HoldReason.ONE_BAD_POD ? 1 : 0;
    }

    assertThat(verdict).isInstanceOfSatisfying(Verdict.RollBack.class,
        rollBack -> assertThat(rollBack.reason()).isEqualTo(RollBackReason.ONE_BAD_POD));
    assertThat(held).as("windows held").isEqualTo(30);
  }

  @Test
  @DisplayName("A replaced pod takes the bucket of the bad one: what the bad one did stays left out")
  void replaced() {
    var held = after(60, 2, ONE_BAD);
    var replaced = window(60, List.of(timeouts("c1", 0), timeouts("c9", 0)),
        IntStream.range(0, 9).mapToObj(p -> timeouts("b" + p, 1)).toList(), true);

    assertThat(Judge.judge(held.evidence(), replaced, policy()).verdict())
        .isInstanceOfSatisfying(Verdict.Hold.class, hold -> assertThat(hold.pods()).containsExactly("c9"));
  }

  @Test
  @DisplayName("Pods younger than the warm-up are left out in both arms, their requests included")
  void warmUp() {
    var policy = policy().withCadence(new Policy.Cadence(LENGTH, Duration.ofMinutes(1), Duration.ZERO));
    var young = aged("c1", 50, Duration.ofSeconds(59));
    var old = aged("c0", 1, Duration.ofSeconds(60));
    var stable = List.of(aged("b0", 1, Duration.ofHours(1)), aged("b1", 60, Duration.ofSeconds(10)));

    var judgement = Judge.judge(begun(policy), window(0, List.of(old, young), stable, true), policy);
    assertThat(judgement.evidence().exposure(Arm.CANARY)).isEqualTo(100);
    assertThat(judgement.evidence().exposure(Arm.BASELINE)).isEqualTo(100);
    assertThat(judgement.evidence().signatures().getLast().observed().canaryEvents()).isEqualTo(1);

    var onlyYoung = Judge.judge(begun(policy), window(0, List.of(young), stable, true), policy);
    assertThat(onlyYoung.verdict()).isInstanceOfSatisfying(Verdict.Hold.class,
        hold -> assertThat(hold.reason()).isEqualTo(HoldReason.WARMING_UP));
    assertThat(onlyYoung.evidence().windows()).isZero();
  }

  private static PodCounts aged(String name, long count, Duration age) {
    var counts = timeouts(name, count);
    return new PodCounts(name, counts.exposure(), counts.failures(), counts.events(), age, counts.tenants(),
        counts.latency());
  }
}
