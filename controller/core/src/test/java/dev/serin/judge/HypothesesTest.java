package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.NOON;
import static dev.serin.judge.Scene.NOT_FOUND;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.judged;
import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.policy;
import static dev.serin.judge.Scene.timeouts;
import static dev.serin.judge.Scene.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serin.signature.SignatureId;
import dev.serin.stats.Thresholds;
import dev.serin.stats.trial.Cell;
import dev.serin.stats.trial.Split;
import dev.serin.stats.trial.Track;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HypothesesTest {

  private static Hypotheses after(Policy policy, Window... windows) {
    return judged(policy, List.of(windows)).evidence().hypotheses();
  }

  /// One timeout on each of these canary pods, and on each of three stable ones.
  private static Window fleet(long sequence, String... canary) {
    return window(sequence,
        Arrays.stream(canary).map(name -> pod(name, 100, 1, Map.of(TIMEOUT, 1L))).toList(),
        IntStream.range(0, 3).mapToObj(p -> pod("b" + p, 100, 1, Map.of(TIMEOUT, 1L))).toList(), true);
  }

  private static SignatureId signature(int i) {
    return new SignatureId("s1-%02d".formatted(i));
  }

  @Test
  @DisplayName("Canary pods fill four buckets in turn; a new pod goes where the fewest are, the others stay where they are")
  void buckets() {
    assertThat(after(policy(), fleet(0, "c0", "c1", "c2", "c3", "c4")).buckets())
        .isEqualTo(Map.of("c0", 0, "c1", 1, "c2", 2, "c3", 3, "c4", 0));
    var replaced = after(policy(), fleet(0, "c0", "c1", "c2", "c3", "c4"), fleet(1, "a", "c0", "c1", "c3", "c4"));
    assertThat(replaced.buckets()).isEqualTo(Map.of("c0", 0, "c1", 1, "a", 2, "c3", 3, "c4", 0));
    assertThat(replaced.pods(0)).containsExactly("c0", "c4");
    assertThat(replaced.pods(2)).containsExactly("a");
    assertThat(after(policy(), fleet(0, "c0", "c1", "c2"), fleet(1, "c2")).buckets()).as("pods that went are forgotten")
        .isEqualTo(Map.of("c2", 2));
    assertThat(after(policy(), fleet(0, "c0", "c1"), fleet(1, "c0", "c2")).buckets()).as("as many, but others")
        .isEqualTo(Map.of("c0", 0, "c2", 1));
  }

  @Test
  @DisplayName("The bucket without which the least evidence is left is one that has a pod; a single pod cannot be left out")
  void leastWithout() {
    var single = after(policy(), fleet(0, "c0"));
    assertThat(single.leastWithout()).isEqualTo(-1);
    assertThat(single.logGlopo()).isNull();

    var bad = window(0, List.of(pod("c0", 100, 0, Map.of()), pod("c1", 100, 3, Map.of(TIMEOUT, 3L))),
        List.of(pod("b0", 100, 1, Map.of(TIMEOUT, 1L))), true);
    var two = after(policy(), bad);
    assertThat(two.leastWithout()).isEqualTo(1);
    assertThat(two.logGlopo()).isEqualTo(two.logGwithout(1)).isLessThan(two.logG());
    assertThat(two.logGwithout(1)).isLessThan(two.logGwithout(0));
    assertThat(two.logGwithout(2)).as("nobody is in it").isCloseTo(two.logG(), within(1e-12));
  }

  @Test
  @DisplayName("Twenty hypotheses are kept without each bucket, the first that have events, and no more come later")
  void apart() {
    var many = new HashMap<SignatureId, Long>();
    for (int i = 0; i < 30; i++) {
      many.put(signature(i), 1L);
    }
    var once = after(policy(), window(0, pod("c", 100, 30, many), pod("b", 900, 0, Map.of())));
    assertThat(once.tracks().stream().filter(Track::podsApart)).hasSize(20);
    assertThat(once.tracks().get(Roster.TOTAL).podsApart()).isTrue();
    assertThat(once.tracks().get(Roster.OTHER).podsApart()).as("without events").isFalse();

    var twice = after(policy(), window(0, pod("c", 100, 30, many), pod("b", 900, 0, Map.of())), timeouts(1, 1, 9));
    assertThat(twice.tracks().stream().filter(Track::podsApart)).hasSize(20);
    assertThat(twice.tracks().get(twice.roster().index(TIMEOUT)).podsApart()).isFalse();

    var later = after(policy(), timeouts(0, 1, 9), window(1, pod("c", 100, 30, many), pod("b", 900, 0, Map.of())));
    assertThat(later.tracks().stream().filter(Track::podsApart)).hasSize(20);
    assertThat(later.tracks().get(later.roster().index(TIMEOUT)).podsApart()).isTrue();
  }

  @Test
  @DisplayName("The leading hypothesis has the largest share; excess is what the margin does not allow")
  void leading() {
    var policy = policy(Map.of(TIMEOUT, new Watched(Severity.NORMAL, new Policy.Margin(2, 0), true)));
    var novel = after(policy, window(0, pod("c", 100, 7, Map.of(TIMEOUT, 3L, NOT_FOUND, 4L)),
        pod("b", 900, 9, Map.of(TIMEOUT, 9L))));
    assertThat(novel.leading()).isEqualTo(novel.roster().index(NOT_FOUND));
    assertThat(novel.excess(novel.roster().index(NOT_FOUND))).isEqualTo(4);
    // One timeout is to be expected, two are allowed.
    assertThat(novel.excess(novel.roster().index(TIMEOUT))).isCloseTo(3 - 2.0, within(1e-12));
    assertThat(after(policy(), timeouts(0, 0, 0)).leading()).as("nothing happened: the largest share of alpha")
        .isEqualTo(2);
  }

  @Test
  @DisplayName("What has no evidence of its own, or evidence for the canary, is not forgiven")
  void forgiving() {
    var good = after(policy(), timeouts(0, 0, 40));
    int timeout = good.roster().index(TIMEOUT);
    assertThat(good.tracks().get(timeout).logE()).isNegative();
    assertThat(good.forgiving(timeout)).isSameAs(good);
    assertThat(good.forgiving(Roster.OTHER)).isSameAs(good);
    assertThat(after(policy(), timeouts(0, 0, 0)).forgiving(timeout).tracks().get(timeout).logE()).isZero();

    var bad = after(policy(), timeouts(0, 6, 9));
    var forgiven = bad.forgiving(timeout);
    assertThat(forgiven.tracks().get(timeout).logE()).isZero();
    assertThat(forgiven.logG()).isLessThan(bad.logG());
    assertThat(forgiven.logGwin()).isLessThan(bad.logGwin());
  }

  @Test
  @DisplayName("A signature is blamed from the threshold on that its own evidence reaches if all others were innocent")
  void blaming() {
    // Total errors are fewer on the canary: what they lost is not owed to the guilty one.
    var mixed = after(policy(), window(0, pod("c", 100, 0, Map.of(NOT_FOUND, 4L)), pod("b", 900, 90, Map.of())));
    int novel = mixed.roster().index(NOT_FOUND);
    double own = StrictMath.exp(mixed.tracks().get(novel).logE());
    double total = StrictMath.exp(mixed.tracks().get(Roster.TOTAL).logE());
    assertThat(total).isLessThan(0.9);
    // Shares of 1/8 and 1/5.
    double reached = own / 8 + 7.0 / 8 - 0.2 * (1 - total);
    assertThat(mixed.blaming(StrictMath.log(reached) - 1e-9).blamed()).containsExactly(NOT_FOUND);
    assertThat(mixed.blaming(StrictMath.log(reached) + 1e-9).blamed()).isEmpty();
    assertThat(mixed.blaming(0).blaming(700).blamed()).as("once blamed, always").contains(NOT_FOUND);
  }

  @Test
  @DisplayName("Under a tolerance every window speaks for the canary, also without an event")
  void tolerance() {
    var tolerant = policy().withMargin(new Policy.Margin(1, 0.05));
    var quiet = after(tolerant, timeouts(0, 0, 0));
    assertThat(quiet.tracks().get(Roster.TOTAL).logE()).isLessThan(-0.1);
    assertThat(quiet.tracks().get(quiet.roster().index(TIMEOUT)).logE()).as("it has no tolerance").isZero();
    assertThat(after(policy(), timeouts(0, 0, 0)).logG()).isCloseTo(0, within(1e-12));
  }

  @Test
  @DisplayName("Before the canary stable teaches how events cluster, and nothing else is learned of errors")
  void burnIn() {
    var evidence = Evidence.initial(policy());
    for (int k = 0; k < 30; k++) {
      var stable = List.of(pod("b0", 100, 8, Map.of(TIMEOUT, 8L)), pod("b1", 100, 0, Map.of()));
      var window = new Window(k, NOON.plus(LENGTH.multipliedBy(k)), LENGTH, List.of(), stable, true, true);
      evidence = Judge.judge(evidence, window, policy()).evidence();
    }
    var learned = evidence.hypotheses();
    assertThat(learned.logG()).isCloseTo(0, within(1e-12));
    assertThat(learned.tracks().get(Roster.TOTAL).counts()).isEqualTo(new Track.Counts(0, 0, 0));
    assertThat(evidence.windows()).isZero();
    int timeout = learned.roster().index(TIMEOUT);
    assertThat(learned.clusters().tempering(learned.tracks().get(timeout)).windows()).isGreaterThan(5);
  }

  private static Window stableOnly(long sequence, PodCounts... stable) {
    return new Window(sequence, NOON.plus(LENGTH.multipliedBy(sequence)), LENGTH, List.of(), List.of(stable), true,
        true);
  }

  /// How many windows a cluster touches, for a signature that had no event of its own.
  private static double clustersOfAll(Evidence evidence) {
    var learned = evidence.hypotheses();
    return learned.clusters().tempering(learned.tracks().get(Roster.OTHER)).windows();
  }

  @Test
  @DisplayName("Neither all errors together nor slow requests teach how the events of a signature cluster; signatures do")
  void pooled() {
    var failures = Evidence.initial(policy());
    var slow = Evidence.initial(policy());
    var signature = Evidence.initial(policy());
    SortedMap<Double, Long> fast = new TreeMap<>(Map.of(0.1, 600L, 0.2, 990L, Double.POSITIVE_INFINITY, 1_000L));
    SortedMap<Double, Long> late = new TreeMap<>(Map.of(0.1, 0L, 0.2, 100L, Double.POSITIVE_INFINITY, 1_000L));
    for (int k = 0; k < 30; k++) {
      failures = Judge.judge(failures, stableOnly(k, pod("b0", 100, 8, Map.of()), pod("b1", 100, 0, Map.of())),
          policy()).evidence();
      slow = Judge.judge(slow, stableOnly(k, measured("b0", late), measured("b1", fast)), policy()).evidence();
      signature = Judge.judge(signature,
          stableOnly(k, pod("b0", 100, 0, Map.of(TIMEOUT, 8L)), pod("b1", 100, 0, Map.of())), policy()).evidence();
    }
    assertThat(clustersOfAll(failures)).isEqualTo(1);
    assertThat(clustersOfAll(slow)).isEqualTo(1);
    assertThat(clustersOfAll(signature)).isGreaterThan(5);
    var latency = slow.hypotheses();
    assertThat(latency.clusters().tempering(latency.tracks().get(latency.roster().firstLatency())).windows())
        .as("but those of slow requests themselves").isGreaterThan(5);
  }

  private static PodCounts measured(String name, SortedMap<Double, Long> latency) {
    return new PodCounts(name, 1_000, 0, new TreeMap<>(), null, new TreeMap<>(), latency);
  }

  @Test
  @DisplayName("Once the stable pods were found to differ, a window counts as one event, whatever its pods show")
  void suspect() {
    var evidence = Evidence.initial(policy());
    for (int k = 0; k < 60; k++) {
      evidence = Judge.judge(evidence, window(k, List.of(pod("c0", 100, 0, Map.of()), pod("c1", 100, 0, Map.of())),
          List.of(pod("b0", 100, 1, Map.of()), pod("b1", 100, 0, Map.of()), pod("b2", 100, 0, Map.of())), true),
          policy()).evidence();
    }
    assertThat(evidence.strength().modelSuspect()).isTrue();
    assertThat(evidence.modelSuspect()).hasValueSatisfying(text -> assertThat(text).contains("most of it against b0"));

    var learned = evidence.hypotheses();
    var facts = learned.roster().get(2).facts();
    var cell = new Cell(2, 3);
    cell.addCanary(0, 5);
    cell.addCanary(1, 5);
    var split = new Split(new double[]{100, 100}, new int[]{0, 1}, new double[]{100, 100, 100});
    double one = Track.silent(facts).after(facts, new Track.Moment(split, Thresholds.onset(LENGTH).remaining(61)), cell,
        learned.clusters().tempering(learned.tracks().get(2)).distrusting(), false).logE();

    var next = Judge.judge(evidence, window(60, List.of(pod("c0", 100, 0, Map.of(TIMEOUT, 5L)),
        pod("c1", 100, 0, Map.of(TIMEOUT, 5L))),
        List.of(pod("b0", 100, 0, Map.of()), pod("b1", 100, 0, Map.of()), pod("b2", 100, 0, Map.of())), true),
        policy()).evidence();
    assertThat(next.hypotheses().tracks().get(2).logE()).isCloseTo(one, within(1e-12));
  }
}
