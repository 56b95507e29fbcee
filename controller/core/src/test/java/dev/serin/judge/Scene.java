package dev.serin.judge;

import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Words to write windows and policies with.
final class Scene {

  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration LENGTH = Duration.ofSeconds(10);
  static final SignatureId NOT_FOUND = new SignatureId("s1-notfound");
  static final SignatureId TIMEOUT = new SignatureId("s1-timeout");
  static final Step STEP = new Step(0, NOON, Duration.ofMinutes(2), Duration.ofMinutes(30));

  private Scene() {}

  static Policy policy() {
    return policy(ExposureKind.REQUESTS, OnInconclusive.HOLD);
  }

  static Policy policy(ExposureKind exposure, OnInconclusive onInconclusive) {
    return policy(0.01, exposure, onInconclusive, Map.of(TIMEOUT, Watched.SEEN));
  }

  static Policy policy(Map<SignatureId, Watched> known) {
    return policy(0.01, ExposureKind.REQUESTS, OnInconclusive.HOLD, known);
  }

  /// Advances when nothing is suspect; no pod is too young.
  static Policy policy(double alpha, ExposureKind exposure, OnInconclusive onInconclusive,
      Map<SignatureId, Watched> known) {
    return new Policy(alpha, Policy.Margin.NONE, exposure,
        new Policy.Advance(Policy.Advance.Rule.UNSUSPECTED, 500, 2, 0.05), onInconclusive, known(known),
        new TreeMap<>(), new Policy.Cadence(LENGTH, Duration.ZERO, Duration.ofMinutes(15)));
  }

  static SortedMap<SignatureId, Watched> known(Map<SignatureId, Watched> known) {
    return new TreeMap<>(known);
  }

  static PodCounts pod(String name, double exposure, long failures, Map<SignatureId, Long> events) {
    return new PodCounts(name, exposure, failures, new TreeMap<>(events));
  }

  /// One pod per arm.
  static Window window(long sequence, PodCounts canary, PodCounts baseline) {
    return window(sequence, List.of(canary), List.of(baseline), true);
  }

  static Window window(long sequence, List<PodCounts> canary, List<PodCounts> baseline, boolean complete) {
    return new Window(sequence, NOON.plus(LENGTH.multipliedBy(sequence)), LENGTH, canary, baseline, complete);
  }

  /// 100 requests on the canary, 900 on stable, with these timeouts.
  static Window timeouts(long sequence, long canary, long baseline) {
    return window(sequence, pod("c", 100, canary, Map.of(TIMEOUT, canary)),
        pod("b", 900, baseline, Map.of(TIMEOUT, baseline)));
  }

  static Evidence begun(Policy policy) {
    return Evidence.initial(policy).startStep(STEP);
  }

  /// Folds windows, and gives what the last led to.
  static Judgement judged(Policy policy, Iterable<Window> windows) {
    var judgement = new Judgement(begun(policy), new Verdict.NoData(Arm.CANARY, 0, 0));
    for (var window : windows) {
      judgement = Judge.judge(judgement.evidence(), window, policy);
    }
    return judgement;
  }
}
