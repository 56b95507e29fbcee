package dev.serin.bench.run;

import dev.serin.bench.scenario.Course;
import dev.serin.bench.scenario.WindowCounts;
import dev.serin.judge.Evidence;
import dev.serin.judge.Judge;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Policy;
import dev.serin.judge.Step;
import dev.serin.judge.Verdict;
import dev.serin.judge.Watched;
import dev.serin.judge.Window;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The judge in one simulated rollout: turns counts into windows and folds them.
public final class JudgedRollout {

  /// α of the whole rollout; the judge spends 0.8 of it on the comparison that is measured here.
  public static final double ALPHA = 0.01;

  private static final Instant START = Instant.parse("2026-01-01T01:00:00Z");
  private static final Duration WINDOW = Duration.ofSeconds(Course.WINDOW_SECONDS);
  private static final SortedMap<SignatureId, Long> NOTHING = new TreeMap<>();
  private static final SortedMap<Double, Long> NO_LATENCY = new TreeMap<>();
  private static final List<SignatureId> SIGNATURES = IntStream.range(0, WindowCounts.SIGNATURES)
      .mapToObj(i -> new SignatureId("signature-%02d".formatted(i + 1))).toList();

  /// Time alone must end neither a step nor the wait for a bad pod to be replaced: what is measured is the judge, not its
  /// clock.
  private static final Duration FOR_EVER = Duration.ofDays(30);

  private final Policy policy;
  private final List<String> pods;

  /// A pod without events in a window of the same size looks as it did before.
  private final List<PodCounts> quiet = new ArrayList<>();
  private Evidence evidence;

  /// @param pods
  ///          pods of both arms
  public JudgedRollout(int pods) {
    this.pods = IntStream.range(0, pods).mapToObj("pod-%02d"::formatted).toList();
    this.pods.forEach(pod -> quiet.add(new PodCounts(pod, 0, 0, NOTHING)));
    policy = policy();
    evidence = Evidence.initial(policy);
  }

  /// The product's policy with all usual signatures known, no minima for a step and no deadline for a bad pod.
  static Policy policy() {
    var known = new TreeMap<SignatureId, Watched>();
    SIGNATURES.stream().limit(WindowCounts.NOVEL).forEach(signature -> known.put(signature, Watched.SEEN));
    var usual = Policy.of(ALPHA, known);
    var advance = usual.advance();
    var cadence = usual.cadence();
    return usual.withAdvance(new Policy.Advance(advance.rule(), 0, advance.worstRatio(), advance.beta()))
        .withCadence(new Policy.Cadence(cadence.window(), cadence.warmup(), FOR_EVER));
  }

  /// The name of a signature.
  public static SignatureId signature(int index) {
    return SIGNATURES.get(index);
  }

  /// Folds a window.
  ///
  /// @param window
  ///          its number, negative before the canary starts
  public Verdict judge(WindowCounts counts, int window) {
    if (window == 0) {
      evidence = evidence.startStep(new Step(0, START, Duration.ZERO, FOR_EVER));
    }
    var judgement = Judge.judge(evidence, window(counts, window), policy);
    evidence = judgement.evidence();
    return judgement.verdict();
  }

  /// Whether the stable pods were found to differ by more than the judge assumes.
  public boolean modelSuspect() {
    return evidence.strength().modelSuspect();
  }

  /// As if the controller was killed and started again.
  public void restart() {
    evidence = Evidence.of(evidence.snapshot(), policy);
  }

  /// Everything learned so far, as text.
  public String state() {
    return evidence.snapshot().text();
  }

  private Window window(WindowCounts counts, int window) {
    boolean burnIn = window < 0;
    int canary = counts.canaryPods();
    var start = START.plusSeconds((long) Course.WINDOW_SECONDS * window);
    return new Window(Course.BURN_IN + (long) window, start, WINDOW,
        burnIn ? List.of() : pods(counts, 0, canary, counts.canaryMissing()),
        pods(counts, canary, counts.pods(), counts.baselineMissing()),
        !counts.canaryMissing() && !counts.baselineMissing(), burnIn);
  }

  private List<PodCounts> pods(WindowCounts counts, int from, int to, boolean missing) {
    var all = new ArrayList<PodCounts>(to - from);
    for (int pod = from; pod < to; pod++) {
      all.add(missing ? quiet(pod, 0) : pod(counts, pod));
    }
    return all;
  }

  private PodCounts pod(WindowCounts counts, int pod) {
    long requests = counts.requests(pod);
    if (counts.total(pod) == 0) {
      return quiet(pod, requests);
    }
    var events = new TreeMap<SignatureId, Long>();
    for (int signature = 0; signature < WindowCounts.SIGNATURES; signature++) {
      int count = counts.events(pod, signature);
      if (count > 0) {
        events.put(SIGNATURES.get(signature), (long) count);
      }
    }
    return new PodCounts(pods.get(pod), requests, counts.total(pod), events, null, tenants(counts, pod), NO_LATENCY);
  }

  private static SortedMap<String, SortedMap<SignatureId, Long>> tenants(WindowCounts counts, int pod) {
    var tenants = new TreeMap<String, SortedMap<SignatureId, Long>>();
    for (var event : counts.attributed()) {
      if (event.pod() == pod) {
        tenants.computeIfAbsent("tenant-" + event.tenant(), _ -> new TreeMap<>())
            .merge(SIGNATURES.get(event.signature()), (long) event.count(), Long::sum);
      }
    }
    return tenants;
  }

  private PodCounts quiet(int pod, long requests) {
    if (quiet.get(pod).exposure() != requests) {
      quiet.set(pod, new PodCounts(pods.get(pod), requests, 0, NOTHING));
    }
    return quiet.get(pod);
  }
}
