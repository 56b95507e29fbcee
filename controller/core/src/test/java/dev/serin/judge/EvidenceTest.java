package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.NOON;
import static dev.serin.judge.Scene.NOT_FOUND;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.begun;
import static dev.serin.judge.Scene.judged;
import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.policy;
import static dev.serin.judge.Scene.timeouts;
import static dev.serin.judge.Scene.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTest {

  /// Novel signatures from time to time, idle and incomplete windows; three pods per arm, since two numbers have the same
  /// sum in any order.
  private static List<Window> stormy(long seed) {
    var random = new Random(seed);
    return IntStream.range(0, 80).mapToObj(k -> {
      boolean idle = random.nextInt(10) == 0;
      var canary = IntStream.range(0, 3)
          .mapToObj(p -> stormyPod("c" + p, idle ? 0 : 60 + random.nextDouble(), k, random))
          .toList();
      var baseline = IntStream.range(0, 3).mapToObj(p -> stormyPod("b" + p, 300 + random.nextDouble(), k, random))
          .toList();
      return window(k, canary, baseline, random.nextInt(8) != 0);
    }).toList();
  }

  private static PodCounts stormyPod(String name, double exposure, int k, Random random) {
    if (exposure == 0) {
      return pod(name, 0, 0, Map.of());
    }
    long timeouts = random.nextInt(4);
    long novel = random.nextInt(12) == 0 ? 1 + random.nextInt(2) : 0;
    return pod(name, exposure, timeouts + novel,
        Map.of(TIMEOUT, timeouts, new SignatureId("s1-novel" + k % 7), novel));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("A restart before any window changes no bit of evidence and no verdict")
  void restartAnywhere(long seed) {
    var policy = policy();
    var running = begun(policy);
    var restarted = begun(policy);
    for (var window : stormy(seed)) {
      if (window.sequence() == 40) {
        var step = new Step(1, window.start(), Duration.ofMinutes(1), Duration.ofMinutes(5));
        running = running.startStep(step);
        restarted = restarted.startStep(step);
      }
      var plain = Judge.judge(running, window, policy);
      var reread = Evidence.of(EvidenceSnapshot.parse(restarted.snapshot().text()), policy);
      var after = Judge.judge(reread, window, policy);

      assertThat(after.verdict()).as("seed %s window %s", seed, window.sequence()).isEqualTo(plain.verdict());
      assertThat(after.evidence().snapshot()).isEqualTo(plain.evidence().snapshot());
      running = plain.evidence();
      restarted = after.evidence();
    }
    assertThat(running.windows()).as("folded windows").isBetween(40L, 79L);
    assertThat(running.signatures()).filteredOn(Evidence.SignatureEvidence::novel).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  @DisplayName("The order in which pods are listed changes no bit")
  void podOrder(long seed) {
    var random = new Random(seed);
    var shuffled = stormy(seed).stream().map(window -> {
      var canary = new ArrayList<>(window.canary());
      var baseline = new ArrayList<>(window.baseline());
      Collections.shuffle(canary, random);
      Collections.shuffle(baseline, random);
      return window(window.sequence(), canary, baseline, window.complete());
    }).toList();

    assertThat(judged(policy(), shuffled).evidence().snapshot())
        .isEqualTo(judged(policy(), stormy(seed)).evidence().snapshot());
  }

  @Test
  @DisplayName("Swapping the arms turns the interval of the rate ratio upside down, and what spoke against now speaks for")
  void swappedArms() {
    var straight = Evidence.initial(policy());
    var swapped = Evidence.initial(policy());
    for (int k = 0; k < 60; k++) {
      var bad = pod("p", 100, 3, Map.of(TIMEOUT, 3L));
      var good = pod("q", 100, 1, Map.of(TIMEOUT, 1L));
      straight = Judge.judge(straight, window(k, bad, good), policy()).evidence();
      swapped = Judge.judge(swapped, window(k, good, bad), policy()).evidence();
    }
    var ratio = straight.strength().ratio();
    var inverse = swapped.strength().ratio();

    assertThat(ratio.estimate()).isCloseTo(1 / inverse.estimate(), within(1e-12));
    assertThat(ratio.low()).isGreaterThan(1);
    assertThat(inverse.high()).isLessThan(1);
    // The grid reaches from 1/16 to 64: it does not mirror itself, but by a step or two the interval does.
    assertThat(ratio.low() * inverse.high()).isBetween(0.7, 1.4);
    assertThat(ratio.high() * inverse.low()).isBetween(0.7, 1.4);
    assertThat(straight.logG()).isGreaterThan(0);
    assertThat(swapped.logG()).isLessThan(0);
  }

  @Test
  @DisplayName("A benign signature in both arms changes the evidence of no other")
  void benignSignature() {
    var benign = new SignatureId("s1-benign");
    var plain = Evidence.initial(policy());
    var noisy = Evidence.initial(policy());
    for (int k = 0; k < 60; k++) {
      plain = Judge
          .judge(plain, window(k, pod("c", 100, 2, Map.of(TIMEOUT, 2L)), pod("b", 100, 1, Map.of(TIMEOUT, 1L))),
              policy())
          .evidence();
      noisy = Judge.judge(noisy, window(k, pod("c", 100, 2, Map.of(TIMEOUT, 2L, benign, 1L)),
          pod("b", 100, 1, Map.of(TIMEOUT, 1L, benign, 1L))), policy()).evidence();
    }
    assertThat(noisy.signatures().get(2).logE()).isEqualTo(plain.signatures().get(2).logE());
    assertThat(noisy.signatures()).hasSize(4);
  }

  @Test
  @DisplayName("The order of discovery looks at totals and names, never at the arm")
  void discoveryIsArmBlind() {
    var a = new SignatureId("s1-a");
    var b = new SignatureId("s1-b");
    var c = new SignatureId("s1-c");
    var one = pod("c", 100, 9, Map.of(a, 1L, b, 5L, c, 0L));
    var other = pod("b", 100, 9, Map.of(a, 4L, b, 1L, c, 5L));

    var straight = judged(policy(), List.of(window(0, one, other))).evidence();
    var swapped = judged(policy(), List.of(window(0, other, one))).evidence();
    assertThat(novel(straight)).containsExactly(b, a, c).isEqualTo(novel(swapped));
  }

  private static List<SignatureId> novel(Evidence evidence) {
    return evidence.signatures().stream().filter(Evidence.SignatureEvidence::novel)
        .map(signature -> signature.observed().signature()).toList();
  }

  @Test
  @DisplayName("Signatures beyond 160 are judged together; counts stay exact and the snapshot small")
  void manySignatures() {
    var events = new TreeMap<SignatureId, Long>();
    for (int i = 0; i < 300; i++) {
      events.put(new SignatureId("s1-%060d".formatted(i)), i < 250 ? 2L : 1L);
    }
    var evidence = judged(policy(), List.of(window(0, new PodCounts("c", 1000, 550, events),
        pod("b", 9000, 0, Map.of(TIMEOUT, 1L))))).evidence();

    // One slot belongs to the known signature: 159 novel ones with 2 events each leave 91·2 + 50.
    assertThat(novel(evidence)).hasSize(159);
    assertThat(evidence.signatures()).filteredOn(s -> s.observed().signature().equals(Evidence.OTHER)).singleElement()
        .satisfies(s -> assertThat(s.observed().canaryEvents()).isEqualTo(232));
    assertThat(evidence.snapshot().text().length()).isBetween(40_000, EvidenceSnapshot.MAX_LENGTH);
    assertThat(Evidence.of(evidence.snapshot(), policy()).snapshot()).isEqualTo(evidence.snapshot());
  }

  @Test
  @DisplayName("A busy fleet with every slot taken still fits into an Analysis, and its evidence is read back bit for bit")
  void largestSnapshot() {
    var random = new Random(21);
    var evidence = Evidence.initial(policy());
    for (int k = 0; k < 33; k++) {
      var canary = IntStream.range(0, 8).mapToObj(p -> busyPod("canary-7d9c5b6f4-abcd" + p, random)).toList();
      var stable = IntStream.range(0, 40).mapToObj(p -> busyPod("stable-5f6d8c7b9-abcd" + p, random)).toList();
      boolean burnIn = k < 10;
      evidence = Judge.judge(evidence, new Window(k, NOON.plus(LENGTH.multipliedBy(k)), LENGTH,
          burnIn ? List.of() : canary, stable, true, burnIn), policy()).evidence();
    }
    assertThat(novel(evidence)).hasSize(159);
    assertThat(evidence.snapshot().text().length()).isBetween(80_000, EvidenceSnapshot.MAX_LENGTH);
    assertThat(Evidence.of(evidence.snapshot(), policy()).snapshot()).isEqualTo(evidence.snapshot());
  }

  private static PodCounts busyPod(String name, Random random) {
    var events = new TreeMap<SignatureId, Long>();
    long all = 0;
    for (int i = 0; i < 200; i++) {
      long count = (long) random.nextInt(9) * random.nextInt(9);
      events.put(new SignatureId("s1-%032d".formatted(i)), count);
      all += count;
    }
    var tenants = new TreeMap<String, SortedMap<SignatureId, Long>>();
    events.forEach((signature, count) -> tenants.put("of-" + signature, new TreeMap<>(Map.of(signature, count))));
    return new PodCounts(name, 10_000, all, events, null, tenants, new TreeMap<>());
  }

  @Test
  @DisplayName("A signature discovered late has the same evidence of its own as one tracked from the first window")
  void discoveredLate() {
    var declared = policy(Map.of(NOT_FOUND, Watched.UNSEEN));
    var unknown = policy(Map.of());
    var late = IntStream.range(0, 200)
        .mapToObj(k -> window(k, pod("c", 100, 0, Map.of(NOT_FOUND, k < 199 ? 0L : 2L)), pod("b", 900, 0, Map.of())))
        .toList();

    assertThat(logEOfNotFound(unknown, late)).isCloseTo(logEOfNotFound(declared, late), within(1e-9)).isPositive();
  }

  private static double logEOfNotFound(Policy policy, List<Window> windows) {
    return judged(policy, windows).evidence().signatures().stream()
        .filter(s -> s.observed().signature().equals(NOT_FOUND)).findFirst().orElseThrow().logE();
  }

  @Test
  @DisplayName("The report has counts, evidence and excess per signature, and shares that sum to at most 1")
  void report() {
    var evidence = judged(policy(), List.of(timeouts(0, 8, 9), timeouts(1, 4, 9))).evidence();
    var report = evidence.signatures();

    assertThat(report).extracting(s -> s.observed().signature()).containsExactly(Evidence.TOTAL_ERRORS, Evidence.OTHER,
        TIMEOUT);
    var timeout = report.getLast();
    assertThat(timeout.observed().canaryEvents()).isEqualTo(12);
    assertThat(timeout.observed().baselineEvents()).isEqualTo(18);
    assertThat(timeout.excess()).isCloseTo(10, within(1e-12));
    assertThat(timeout.observed().rateRatio()).isCloseTo(6, within(1e-12));
    assertThat(timeout.logE()).isPositive();
    assertThat(report.stream().mapToDouble(s -> s.observed().share()).sum()).isBetween(0.4, 1.0);
    assertThat(evidence.exposure(Arm.BASELINE)).isEqualTo(1800);
    assertThat(Evidence.initial(policy()).lastSequence()).isEqualTo(-1);
    assertThat(Evidence.initial(policy()).logG()).isCloseTo(0, within(1e-12));
  }

  @Test
  @DisplayName("A critical signature reaches further with the same counts")
  void criticalSignature() {
    var normal = Watched.SEEN;
    var critical = new Watched(Severity.CRITICAL, Policy.Margin.NONE, true);
    assertThat(afterBadWindows(critical, normal)).isGreaterThan(afterBadWindows(normal, normal) + 0.1);
    assertThat(afterBadWindows(normal, critical)).isLessThan(afterBadWindows(normal, normal) - 0.1);
  }

  private static double afterBadWindows(Watched timeout, Watched notFound) {
    var policy = policy(Map.of(TIMEOUT, timeout, NOT_FOUND, notFound));
    // Total errors stay equal, so that the signature alone speaks.
    return judged(policy, IntStream.range(0, 30)
        .mapToObj(k -> window(k, pod("c", 100, 1, Map.of(TIMEOUT, 1L)), pod("b", 900, 9, Map.of(TIMEOUT, 1L))))
        .toList())
        .evidence().logG();
  }

  static List<String> garbage() {
    var text = judged(policy(), List.of(timeouts(0, 1, 9))).evidence().snapshot().text();
    char flipped = text.charAt(50) == 'A' ? 'B' : 'A';
    return List.of("", "e3.", "e3.AAAA", "e1." + text.substring(3), text.substring(0, text.length() - 9),
        text.substring(0, 50) + flipped + text.substring(51), "e3.not base64 !", text + "A".repeat(200_000));
  }

  @ParameterizedTest
  @MethodSource("garbage")
  @DisplayName("Text that is not a whole, undamaged snapshot is refused with a message that says so")
  void refusesGarbage(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> EvidenceSnapshot.parse(text))
        .withMessageMatching("evidence (must|is|has).*");
  }

  @Test
  @DisplayName("A snapshot of another policy is refused, naming both hashes")
  void refusesOtherPolicy() {
    var other = policy(ExposureKind.POD_SECONDS, OnInconclusive.HOLD);
    var snapshot = begun(policy()).snapshot();
    assertThatIllegalArgumentException().isThrownBy(() -> Evidence.of(snapshot, other))
        .withMessageContaining(policy().configHash()).withMessageContaining(other.configHash());
  }

  @Test
  @DisplayName("Impossible windows are refused: a pod twice, negative or infinite counts, endless IDs")
  void refusesWindows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> window(0, List.of(pod("c", 1, 0, Map.of()), pod("c", 1, 0, Map.of())), List.of(), true))
        .withMessageContaining("pod c is listed twice");
    assertThatIllegalArgumentException().isThrownBy(() -> pod("c", Double.NaN, 0, Map.of()))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> pod("c", 1, -1, Map.of())).withMessageContaining("-1");
    assertThatIllegalArgumentException().isThrownBy(() -> pod("c", 1, 0, Map.of(TIMEOUT, -2L)))
        .withMessageContaining("-2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pod("c", 1, 0, Map.of(new SignatureId("x".repeat(65)), 1L))).withMessageContaining("65");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Window(-1, NOON, LENGTH, List.of(), List.of(), true)).withMessageContaining("-1");
  }
}
