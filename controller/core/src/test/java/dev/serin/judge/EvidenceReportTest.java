package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.NOON;
import static dev.serin.judge.Scene.NOT_FOUND;
import static dev.serin.judge.Scene.STEP;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.judged;
import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.policy;
import static dev.serin.judge.Scene.timeouts;
import static dev.serin.judge.Scene.window;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.judge.Verdict.HoldReason;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What evidence tells: who is suspect, since when, and how far its step is.
class EvidenceReportTest {

  private static Policy withWarmup(Duration warmup) {
    return policy().withCadence(new Policy.Cadence(LENGTH, warmup, Duration.ofMinutes(15)));
  }

  private static PodCounts aged(String name, double exposure, @Nullable Duration age) {
    return new PodCounts(name, exposure, 0, new TreeMap<>(), age, new TreeMap<>(), new TreeMap<>());
  }

  private static Verdict.Hold hold(Judgement judgement) {
    return (Verdict.Hold) judgement.verdict();
  }

  @Test
  @DisplayName("At most five are suspects, those that tell by themselves before the sums, the largest share first")
  void suspects() {
    var events = new HashMap<SignatureId, Long>();
    for (int i = 0; i < 8; i++) {
      events.put(new SignatureId("s1-" + i), 8L - i);
    }
    var evidence = judged(policy(), List.of(window(0, pod("c", 100, 36, events), pod("b", 900, 0, Map.of()))))
        .evidence();
    var suspects = evidence.suspects();
    assertThat(suspects).hasSizeBetween(2, 5).allMatch(suspect -> suspect.share() >= 0.01);
    assertThat(suspects.getFirst().signature()).isEqualTo(new SignatureId("s1-0"));
    assertThat(suspects.getFirst().share()).isGreaterThan(0.1);

    // The same alone: all errors together have the larger share, and are named after the signature.
    var two = judged(policy(), List.of(window(0, pod("c", 100, 3, Map.of(NOT_FOUND, 3L)), pod("b", 900, 0, Map.of()))))
        .evidence().suspects();
    assertThat(two).extracting(Verdict.Suspect::signature).containsSubsequence(NOT_FOUND, Evidence.TOTAL_ERRORS);
    var quiet = judged(policy(), List.of(timeouts(0, 1, 9))).evidence().suspects();
    assertThat(quiet).isSortedAccordingTo((a, b) -> a.signature().equals(TIMEOUT)
        ? -1
        : b.signature().equals(TIMEOUT)
            ? 1
            : Double.compare(b.share(), a.share()));
  }

  @Test
  @DisplayName("Only what the policy does not know is novel")
  void novel() {
    var evidence = judged(policy(), List.of(window(0, pod("c", 100, 1, Map.of(NOT_FOUND, 1L)),
        pod("b", 900, 9, Map.of(TIMEOUT, 9L))))).evidence();
    assertThat(evidence.signatures()).extracting(Evidence.SignatureEvidence::novel)
        .containsExactly(false, false, false, true);
    assertThat(evidence.signatures()).extracting(seen -> seen.observed().signature())
        .containsExactly(Evidence.TOTAL_ERRORS, Evidence.OTHER, TIMEOUT, NOT_FOUND);
  }

  @Test
  @DisplayName("Windows that count nothing leave sums and streaks as they are, and only their number is remembered")
  void skipped() {
    var before = judged(policy(), List.of(timeouts(0, 1, 9), window(1, pod("c", 0, 0, Map.of()),
        pod("b", 900, 9, Map.of())))).evidence();
    var incomplete = Judge.judge(before, window(2, List.of(pod("c", 100, 0, Map.of())),
        List.of(pod("b", 900, 0, Map.of())), false), policy()).evidence();
    assertThat(incomplete.lastSequence()).isEqualTo(2);
    assertThat(incomplete.windows()).isEqualTo(1);
    assertThat(incomplete.exposure(Arm.CANARY)).isEqualTo(100);
    assertThat(incomplete.exposure(Arm.BASELINE)).isEqualTo(900);
    assertThat(incomplete.streaks()).isEqualTo(before.streaks());
    assertThat(incomplete.stepCounts()).isEqualTo(before.stepCounts());
    assertThat(before.windows()).as("a silent arm is no window of both").isEqualTo(1);
  }

  @Test
  @DisplayName("A step ends once: its counts are gone, the evidence is not")
  void endsStep() {
    var before = judged(policy(), List.of(timeouts(0, 3, 9))).evidence();
    var ended = before.endStep();
    assertThat(ended.step()).isEmpty();
    assertThat(ended.logG()).isEqualTo(before.logG());
    assertThat(ended.stepCounts().canaryExposure()).isZero();
    assertThat(ended.endStep()).isSameAs(ended);
    assertThat(before.startStep(STEP)).isSameAs(before);
    assertThat(hold(Judge.judge(ended, timeouts(1, 1, 9), policy())).progress().elapsed()).isEqualTo(Duration.ZERO);
  }

  @Test
  @DisplayName("One bad pod is dated from the first of the windows in a row that say so, and no more once they do not")
  void dated() {
    var evidence = Scene.begun(policy());
    Window first = null;
    for (int k = 0; k < 60; k++) {
      var window = fleet(k, 5, 1);
      evidence = Judge.judge(evidence, window, policy()).evidence();
      if (evidence.charge().standing() == Charge.Standing.ONE_BAD_POD && first == null) {
        first = window;
      }
    }
    var since = requireNonNull(first).end();
    assertThat(evidence.charge().badPodSince()).isEqualTo(since);
    assertThat(Evidence.of(evidence.snapshot(), policy()).charge().badPodSince()).isEqualTo(since);
    assertThat(evidence.startStep(new Step(1, NOON, Duration.ZERO, Duration.ZERO)).charge().badPodSince())
        .isEqualTo(since);

    for (int k = 60; evidence.charge().standing() == Charge.Standing.ONE_BAD_POD; k++) {
      assertThat(k).isLessThan(600);
      evidence = Judge.judge(evidence, fleet(k, 0, 9), policy()).evidence();
    }
    assertThat(evidence.charge().badPodSince()).isNull();
    assertThat(evidence.charge().badPods()).isEmpty();
  }

  /// Timeouts on one of two canary pods, and on each of nine stable ones, all with 100 requests.
  private static Window fleet(long sequence, long canary, long stable) {
    return window(sequence,
        List.of(pod("c0", 100, canary, Map.of(TIMEOUT, canary)), pod("c1", 100, 0, Map.of())),
        IntStream.range(0, 9).mapToObj(p -> pod("b" + p, 100, stable, Map.of(TIMEOUT, stable))).toList(), true);
  }

  @Test
  @DisplayName("A step lasts at least until pods that came with it are warm and were judged, or as long as it says")
  void shortestStep() {
    for (var minutes : List.of(List.of(0L, 120L), List.of(60L, 120L), List.of(110L, 120L), List.of(111L, 121L),
        List.of(300L, 310L))) {
      var policy = withWarmup(Duration.ofSeconds(minutes.getFirst()));
      assertThat(hold(Judge.judge(Scene.begun(policy), timeouts(0, 0, 0), policy)).progress().minDuration())
          .as("warm-up of %s s", minutes.getFirst()).isEqualTo(Duration.ofSeconds(minutes.getLast()));
    }
    var noWarmup = policy();
    var instant = Evidence.initial(noWarmup).startStep(new Step(0, NOON, Duration.ZERO, Duration.ofHours(1)));
    assertThat(hold(Judge.judge(instant, timeouts(0, 0, 0), noWarmup)).progress().minDuration())
        .isEqualTo(Duration.ZERO);
  }

  @Test
  @DisplayName("A step that begins after a window has not lasted a negative time; its longest stay ends to the second")
  void durations() {
    var later = Evidence.initial(policy()).startStep(new Step(0, NOON.plusSeconds(60), Duration.ZERO,
        Duration.ofHours(1)));
    assertThat(hold(Judge.judge(later, timeouts(0, 0, 0), policy())).progress().elapsed()).isEqualTo(Duration.ZERO);

    for (int nanos : new int[]{0, 1}) {
      var step = new Step(0, NOON, Duration.ZERO, LENGTH.plusNanos(nanos));
      var verdict = Judge.judge(Evidence.initial(policy()).startStep(step), timeouts(0, 1, 9), policy()).verdict();
      assertThat(verdict instanceof Verdict.Inconclusive).isEqualTo(nanos == 0);
    }
  }

  @Test
  @DisplayName("Young pods are told from arms without traffic, and both from a window before the canary")
  void holds() {
    var policy = withWarmup(Duration.ofMinutes(1));
    var young = aged("c", 100, Duration.ofSeconds(10));
    assertThat(hold(Judge.judge(Scene.begun(policy), window(0, young, aged("b", 900, null)), policy)).reason())
        .isEqualTo(HoldReason.WARMING_UP);
    assertThat(hold(Judge.judge(Scene.begun(policy), window(0, young, aged("b", 0, null)), policy)).reason())
        .isEqualTo(HoldReason.IDLE);
    assertThat(hold(Judge.judge(Scene.begun(policy), window(0, aged("c", 0, null), aged("b", 900, null)), policy))
        .reason()).isEqualTo(HoldReason.IDLE);
    var before = new Window(0, NOON, LENGTH, List.of(), List.of(aged("b", 900, null)), false, true);
    assertThat(hold(Judge.judge(Scene.begun(policy), before, policy)).reason()).isEqualTo(HoldReason.BURN_IN);
  }

  @Test
  @DisplayName("At maxDuration a rollout without any canary exposure is not promoted, also where requests are not counted")
  void promotesOnlyWithExposure() {
    var policy = policy(ExposureKind.POD_SECONDS, OnInconclusive.PROMOTE);
    var late = new Step(0, NOON.minusSeconds(100), Duration.ZERO, Duration.ofSeconds(10));
    var promoted = Judge.judge(Evidence.initial(policy).startStep(late), timeouts(0, 1, 9), policy).verdict();
    assertThat(((Verdict.Inconclusive) promoted).then()).isEqualTo(OnInconclusive.PROMOTE);
    // The window began before the step: its exposure is not the step's.
    var younger = new Step(0, NOON.plusSeconds(5), Duration.ZERO, Duration.ofSeconds(5));
    var held = Judge.judge(Evidence.initial(policy).startStep(younger), timeouts(0, 1, 9), policy).verdict();
    assertThat(((Verdict.Inconclusive) held).then()).isEqualTo(OnInconclusive.HOLD);
  }

  @Test
  @DisplayName("Evidence is exported within -700 to 700")
  void exported() {
    assertThat(Charge.exported(-701)).isEqualTo(-700);
    assertThat(Charge.exported(-699)).isEqualTo(-699);
    assertThat(Charge.exported(1e6)).isEqualTo(700);
    var overwhelming = judged(policy(), List.of(window(0, pod("c", 1_000, 900, Map.of(TIMEOUT, 900L)),
        pod("b", 100_000, 0, Map.of())))).evidence();
    assertThat(overwhelming.logG()).isLessThanOrEqualTo(700);
    assertThat(overwhelming.strength().logThreshold()).isCloseTo(StrictMath.log(125), within(1e-12));
  }

  @Test
  @DisplayName("A canary whose every request fails is told with the counts since its last success, against stable's rate")
  void failing() {
    var judgement = judged(policy(), List.of(window(0, pod("c", 5, 3, Map.of()), pod("b", 95, 50, Map.of())),
        window(1, pod("c", 10, 10, Map.of()), pod("b", 90, 9, Map.of())),
        window(2, pod("c", 10, 10, Map.of()), pod("b", 110, 11, Map.of()))));
    assertThat(judgement.verdict()).isInstanceOfSatisfying(Verdict.RollBack.class, verdict -> {
      assertThat(verdict.reason()).isEqualTo(Verdict.RollBackReason.ALL_REQUESTS_FAIL);
      assertThat(verdict.suspects()).containsExactly(
          new Verdict.Suspect(Evidence.TOTAL_ERRORS, 20, 20, 20, 200, 10, 1));
    });
  }

  @Test
  @DisplayName("Without evidence the shares of alpha are told: those from a tenth on first, none below a hundredth")
  void quietSuspects() {
    var one = judged(policy(), List.of(timeouts(0, 0, 0))).evidence().suspects();
    assertThat(one).extracting(Verdict.Suspect::signature).containsExactly(TIMEOUT, Evidence.TOTAL_ERRORS);

    var known = new HashMap<SignatureId, Watched>();
    for (int i = 0; i < 5; i++) {
      known.put(new SignatureId("s1-" + i), Watched.SEEN);
    }
    // Each has .08, total errors .20.
    var five = judged(policy(known), List.of(timeouts(0, 0, 0))).evidence().suspects();
    assertThat(five).extracting(suspect -> suspect.signature().value()).containsExactly("total-errors", "s1-0", "s1-1",
        "s1-2", "s1-3");
  }

  private static Verdict after(Policy policy, Step step, int windows, LongFunction<Window> window) {
    var judgement = new Judgement(Evidence.initial(policy).startStep(step), new Verdict.NoData(Arm.CANARY, 0, 0));
    for (int k = 0; k < windows; k++) {
      judgement = Judge.judge(judgement.evidence(), window.apply(k), policy);
    }
    return judgement.verdict();
  }

  @Test
  @DisplayName("Eight expected errors and 500 requests are enough to advance, or to promote, to the last one")
  void minima() {
    var step = new Step(0, NOON, Duration.ZERO, Duration.ofHours(1));
    // An expected error a window, of 100 requests.
    assertThat(after(policy(), step, 7, k -> timeouts(k, 1, 9))).isInstanceOf(Verdict.Hold.class);
    assertThat(after(policy(), step, 8, k -> timeouts(k, 1, 9))).isInstanceOf(Verdict.Advance.class);

    LongFunction<Window> frequent = k -> window(k, pod("c", 50, 5, Map.of(TIMEOUT, 5L)),
        pod("b", 450, 45, Map.of(TIMEOUT, 45L)));
    assertThat(after(policy(), step, 9, frequent)).isInstanceOf(Verdict.Hold.class);
    assertThat(after(policy(), step, 10, frequent)).isInstanceOf(Verdict.Advance.class);

    var promote = policy(ExposureKind.REQUESTS, OnInconclusive.PROMOTE);
    var over = new Step(0, NOON, Duration.ZERO, Duration.ZERO);
    LongFunction<Window> silent = k -> window(k, pod("c", 50, 0, Map.of()), pod("b", 450, 0, Map.of()));
    assertThat(after(promote, over, 9, silent)).isInstanceOfSatisfying(Verdict.Inconclusive.class,
        verdict -> assertThat(verdict.then()).isEqualTo(OnInconclusive.HOLD));
    assertThat(after(promote, over, 10, silent)).isInstanceOfSatisfying(Verdict.Inconclusive.class,
        verdict -> assertThat(verdict.then()).isEqualTo(OnInconclusive.PROMOTE));
  }

  private static PodCounts measured(String name, double requests, long failures, Map<Double, Long> latency) {
    return new PodCounts(name, requests, failures, new TreeMap<>(), null, new TreeMap<>(), new TreeMap<>(latency));
  }

  @Test
  @DisplayName("Slow requests are compared by the requests that were measured, errors by all")
  void partlyMeasured() {
    double all = Double.POSITIVE_INFINITY;
    var stable = measured("b", 1_000, 50, Map.of(0.1, 500L, 0.2, 990L, all, 1_000L));
    var learned = Judge.judge(Evidence.initial(policy()), new Window(0, NOON, LENGTH, List.of(), List.of(stable), true,
        true), policy()).evidence();
    // Half of the canary's requests were measured: 10 and 4 of 50 are slower, 500 and 10 of 1,000 on stable.
    var canary = measured("c", 100, 10, Map.of(0.1, 40L, 0.2, 46L, all, 50L));
    var signatures = Judge.judge(learned, window(1, canary, stable), policy()).evidence().signatures();

    var first = signatures.get(3).observed();
    assertThat(first.signature()).isEqualTo(Evidence.slowerThan(0.1));
    assertThat(first.rateRatio()).isCloseTo(0.2 / 0.5, within(1e-12));
    var second = signatures.get(4).observed();
    assertThat(second.canaryEvents()).isEqualTo(4);
    assertThat(second.baselineEvents()).isEqualTo(10);
    assertThat(second.rateRatio()).isCloseTo(0.08 / 0.01, within(1e-12));
    assertThat(signatures.getFirst().observed().rateRatio()).isCloseTo(0.1 / 0.05, within(1e-12));
  }
}
