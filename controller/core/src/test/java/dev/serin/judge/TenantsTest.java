package dev.serin.judge;

import static dev.serin.judge.Scene.NOT_FOUND;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.judged;
import static dev.serin.judge.Scene.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.signature.SignatureId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Evidence by tenant.
class TenantsTest {

  private static final int STABLE = 9;

  /// A pod with a timeout of each of these tenants.
  private static PodCounts timeouts(String pod, String... tenants) {
    SortedMap<String, SortedMap<SignatureId, Long>> byTenant = new TreeMap<>();
    for (var tenant : tenants) {
      byTenant.computeIfAbsent(tenant, _ -> new TreeMap<>()).merge(TIMEOUT, 1L, Long::sum);
    }
    return new PodCounts(pod, 100, tenants.length, new TreeMap<>(Map.of(TIMEOUT, (long) tenants.length)), null,
        byTenant, new TreeMap<>());
  }

  private static String any(Random random) {
    return "tenant-" + random.nextInt(1000);
  }

  /// All pods have an error of any tenant in every window; the canary has those of one tenant besides.
  private static Window window(long k, int canaryPods, Random random, String... onCanary) {
    var canary = IntStream.range(0, canaryPods).mapToObj(p -> {
      var tenants = new ArrayList<>(List.of(any(random)));
      tenants.addAll(p == k % canaryPods ? List.of(onCanary) : List.of());
      return timeouts("c" + p, tenants.toArray(String[]::new));
    }).toList();
    return Scene.window(k, canary,
        IntStream.range(0, STABLE * canaryPods).mapToObj(p -> timeouts("b" + p, any(random))).toList(), true);
  }

  private static PodCounts nameless(PodCounts pod) {
    return new PodCounts(pod.pod(), pod.exposure(), pod.failures(), pod.events());
  }

  private static Window nameless(Window window) {
    return Scene.window(window.sequence(), window.canary().stream().map(TenantsTest::nameless).toList(),
        window.baseline().stream().map(TenantsTest::nameless).toList(), true);
  }

  /// The window in which a canary pod's container exited besides, and whose that is.
  private static Window exited(Window window, Map<String, SortedMap<SignatureId, Long>> whose) {
    var first = window.canary().getFirst();
    var events = new TreeMap<>(first.events());
    events.put(NOT_FOUND, 1L);
    var tenants = new TreeMap<>(first.tenants());
    tenants.putAll(whose);
    var pods = new ArrayList<>(window.canary());
    pods.set(0, new PodCounts(first.pod(), first.exposure(), first.failures(), events, null, tenants, new TreeMap<>()));
    return Scene.window(window.sequence(), pods, window.baseline(), true);
  }

  private static List<Window> windows(int count, LongFunction<Window> window) {
    return LongStream.range(0, count).mapToObj(window).toList();
  }

  private static int rolledBackAfter(List<Window> windows) {
    var evidence = Scene.begun(policy());
    for (var window : windows) {
      var judgement = Judge.judge(evidence, window, policy());
      evidence = judgement.evidence();
      if (judgement.verdict() instanceof Verdict.RollBack) {
        return (int) window.sequence() + 1;
      }
    }
    return windows.size() + 1;
  }

  @Test
  @DisplayName("A tenant that always fails on the canary is found sooner if it is known who it is")
  void oneTenant() {
    for (long seed = 1; seed <= 5; seed++) {
      var random = new Random(seed);
      var windows = windows(200, k -> k % 2 == 0 ? window(k, 1, random, "acme") : window(k, 1, random));
      int named = rolledBackAfter(windows);

      assertThat(named).as("seed %s", seed).isLessThan(60);
      assertThat(rolledBackAfter(windows.stream().map(TenantsTest::nameless).toList())).as("seed %s", seed)
          .isGreaterThan(named + 20);
    }
  }

  @Test
  @DisplayName("With several canary pods the tenant must speak against all of them: it does, and rolls back")
  void severalPods() {
    var random = new Random(7);
    var evidence = judged(policy(), windows(160, k -> window(k, 2, random, "acme"))).evidence();

    assertThat(evidence.strength().logG()).isGreaterThan(policy().logThreshold());
    assertThat(evidence.charge().standing()).isEqualTo(Charge.Standing.GUILTY);
  }

  @Test
  @DisplayName("A bad pod among several canary pods stays one bad pod, whoever its tenants are")
  void oneBadPod() {
    var random = new Random(9);
    var evidence = judged(policy(), windows(160, k -> {
      var good = window(k, 2, random);
      var canary = List.of(timeouts("c0", any(random), "acme", "acme"), good.canary().getLast());
      return Scene.window(k, canary, good.baseline(), true);
    })).evidence();

    assertThat(evidence.charge().standing()).isEqualTo(Charge.Standing.ONE_BAD_POD);
    assertThat(evidence.charge().badPods()).containsExactly("c0");
  }

  @Test
  @DisplayName("A version that names tenants where stable does not gains nothing by it")
  void onlyOnTheCanary() {
    var random = new Random(3);
    var evidence = judged(policy(), windows(100, k -> {
      var both = window(k, 1, random);
      return Scene.window(k, both.canary(), both.baseline().stream().map(TenantsTest::nameless).toList(), true);
    })).evidence();
    var neither = judged(policy(), windows(100, k -> nameless(window(k, 1, new Random(k))))).evidence();

    assertThat(evidence.logG()).isEqualTo(neither.logG());
  }

  @Test
  @DisplayName("What no tenant caused, as the exit of a container, says nothing of tenants and does not end judging by them")
  void nobody() {
    var windows = windows(40, k -> window(k, 2, new Random(k), "acme"));
    double known = total(windows);

    SortedMap<SignatureId, Long> exit = new TreeMap<>(Map.of(NOT_FOUND, 1L));
    assertThat(total(windows.stream().map(window -> exited(window, Map.of(PodCounts.NOBODY, exit))).toList()))
        .isEqualTo(known);
    assertThat(total(windows.stream().map(window -> exited(window, Map.of())).toList())).isLessThan(known);
  }

  private static double total(List<Window> windows) {
    return judged(policy(), windows).evidence().signatures().stream()
        .filter(past -> past.observed().signature().equals(Evidence.TOTAL_ERRORS))
        .mapToDouble(Evidence.SignatureEvidence::logE).sum();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  @DisplayName("Evidence by tenant is taken up bit for bit after a restart in any window, also once a tenant was missing")
  void restarts(long seed) {
    var random = new Random(seed);
    var windows = windows(40, k -> k == 30 ? nameless(window(k, 2, random)) : window(k, 2, random, "acme"));
    var whole = Scene.begun(policy());
    var killed = whole;
    for (var window : windows) {
      whole = Judge.judge(whole, window, policy()).evidence();
      killed = Judge.judge(Evidence.of(killed.snapshot(), policy()), window, policy()).evidence();
      assertThat(killed.snapshot()).as("window %s", window.sequence()).isEqualTo(whole.snapshot());
    }
    assertThat(whole.logG()).isNotEqualTo(judged(policy(), windows.stream().map(TenantsTest::nameless).toList())
        .evidence().logG());
  }
}
