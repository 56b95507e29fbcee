package dev.serin.judge;

import static dev.serin.judge.Scene.LENGTH;
import static dev.serin.judge.Scene.NOON;
import static dev.serin.judge.Scene.NOT_FOUND;
import static dev.serin.judge.Scene.TIMEOUT;
import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.policy;
import static dev.serin.judge.Scene.window;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.SignatureId;
import dev.serin.stats.latency.WatchedBounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WindowTest {

  private static final Roster ROSTER = new Roster(policy(), WatchedBounds.NONE, List.of());
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static PodCounts aged(String name, @Nullable Duration age) {
    return new PodCounts(name, 10, 1, new TreeMap<>(), age, new TreeMap<>(), new TreeMap<>());
  }

  private static PodCounts byTenant(String name, long failures, Map<SignatureId, Long> events,
      Map<String, Map<SignatureId, Long>> tenants) {
    var sorted = new TreeMap<String, SortedMap<SignatureId, Long>>();
    tenants.forEach((tenant, own) -> sorted.put(tenant, new TreeMap<>(own)));
    return new PodCounts(name, 100, failures, new TreeMap<>(events), null, sorted, new TreeMap<>());
  }

  private static PodCounts measured(String name, double exposure, Map<Double, Long> latency) {
    return new PodCounts(name, exposure, 0, new TreeMap<>(), null, new TreeMap<>(), new TreeMap<>(latency));
  }

  private static Window.Cells cells(List<PodCounts> canary, List<PodCounts> stable) {
    return Window.Cells.of(window(0, canary, stable, true), Duration.ZERO);
  }

  @Test
  @DisplayName("A window sums its pods by arm and signature, leaves out what did not occur, and ends after its length")
  void sums() {
    var window = window(3, List.of(pod("c1", 5, 2, Map.of(TIMEOUT, 2L, NOT_FOUND, 0L)),
        pod("c0", 7, 1, Map.of(TIMEOUT, 1L))), List.of(pod("b", 90, 4, Map.of(NOT_FOUND, 4L))), true);
    assertThat(window.exposure(Arm.CANARY)).isEqualTo(12);
    assertThat(window.exposure(Arm.BASELINE)).isEqualTo(90);
    assertThat(window.failures(Arm.CANARY)).isEqualTo(3);
    assertThat(window.failures(Arm.BASELINE)).isEqualTo(4);
    assertThat(window.events(Arm.CANARY)).isEqualTo(Map.of(TIMEOUT, 3L));
    assertThat(window.events(Arm.BASELINE)).isEqualTo(Map.of(NOT_FOUND, 4L));
    assertThat(window.end()).isEqualTo(NOON.plusSeconds(40));
    assertThat(window.pods(Arm.CANARY)).extracting(PodCounts::pod).as("by name").containsExactly("c0", "c1");
    assertThat(window.burnIn()).isFalse();
  }

  @Test
  @DisplayName("The first window has the number 0; a window without length is none")
  void refuses() {
    assertThat(new Window(0, NOON, Duration.ofNanos(1), List.of(), List.of(), true).sequence()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Window(0, NOON, Duration.ZERO, List.of(), List.of(), true))
        .withMessage("window length must be positive, was PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Window(-1, NOON, LENGTH, List.of(), List.of(), true))
        .withMessage("window sequence must be at least 0, was -1");
  }

  @Test
  @DisplayName("Pods younger than the warm-up are left out; those of an unknown age, or just old enough, are not")
  void warm() {
    var window = window(0, List.of(aged("a", Duration.ofSeconds(59)), aged("b", Duration.ofSeconds(60)),
        aged("c", null)), List.of(aged("d", Duration.ofSeconds(1))), true);
    var warm = Window.Cells.of(window, Duration.ofSeconds(60));
    assertThat(Window.Cells.names(warm.canary())).containsExactly("b", "c");
    assertThat(warm.stable()).isEmpty();
    assertThat(Window.Cells.exposure(warm.canary())).isEqualTo(20);
    assertThat(Window.Cells.failures(warm.canary())).isEqualTo(2);
  }

  @Test
  @DisplayName("Events go to their hypothesis and pod; those without a slot go together and are counted on both arms")
  void places() {
    var cells = cells(List.of(pod("c0", 5, 1, Map.of(TIMEOUT, 1L)), pod("c1", 5, 2, Map.of(NOT_FOUND, 2L))),
        List.of(pod("b0", 5, 0, Map.of(NOT_FOUND, 0L)), pod("b1", 5, 5, Map.of(NOT_FOUND, 4L, TIMEOUT, 1L))));
    var placed = cells.cells(ROSTER);
    var total = requireNonNull(placed[Roster.TOTAL]);
    var other = requireNonNull(placed[Roster.OTHER]);
    var timeout = requireNonNull(placed[ROSTER.index(TIMEOUT)]);
    var split = cells.split(new int[]{0, 1});
    assertThat(split.nc()).isEqualTo(10);
    assertThat(split.nb()).isEqualTo(10);
    assertThat(split.canaryPods()).isEqualTo(2);
    assertThat(cells.unknown(ROSTER)).isEqualTo(Map.of(NOT_FOUND, 6L));
    assertThat(List.of(total, other, timeout)).doesNotHaveDuplicates();
    assertThat(placed[ROSTER.firstLatency()]).as("nothing of latency").isNull();

    var quiet = cells(List.of(pod("c0", 5, 0, Map.of())), List.of(pod("b0", 5, 0, Map.of(NOT_FOUND, 0L))));
    assertThat(quiet.cells(ROSTER)).containsOnlyNulls();
    assertThat(quiet.unknown(ROSTER)).isEmpty();
  }

  @Test
  @DisplayName("Latencies count where they were measured: where all requests were, the exposures are the requests'")
  void measured() {
    var all = cells(List.of(measured("c", 10, Map.of())), List.of(measured("b", 90, Map.of(0.1, 9L, INFINITY, 90L))));
    var split = all.split(new int[]{0});
    assertThat(all.measured(split, new int[]{0})).isSameAs(split);

    var some = cells(List.of(measured("c", 10, Map.of(INFINITY, 8L))), List.of(measured("b", 90, Map.of())));
    var measured = some.measured(some.split(new int[]{0}), new int[]{0});
    assertThat(measured.nc()).isEqualTo(8);
    assertThat(measured.nb()).isEqualTo(90);
  }

  @Test
  @DisplayName("Slow requests are counted for the bounds that every pod of both arms knows")
  void slow() {
    var watching = ROSTER.watching(WatchedBounds.NONE.after(List.of(
        new TreeMap<>(Map.of(0.1, 500L, 0.2, 990L, INFINITY, 1_000L)))));
    var fast = Map.of(0.1, 9L, 0.2, 10L);
    var idle = measured("b1", 0, Map.of());
    var both = cells(List.of(measured("c", 10, Map.of(0.1, 7L, 0.2, 9L))), List.of(measured("b0", 10, fast), idle));
    assertThat(both.cells(watching)[watching.firstLatency()]).isNotNull();
    assertThat(both.cells(watching)[watching.firstLatency() + 1]).isNotNull();

    var oneBound = cells(List.of(measured("c", 10, Map.of(0.1, 7L))), List.of(measured("b0", 10, fast)));
    assertThat(oneBound.cells(watching)[watching.firstLatency()]).isNotNull();
    assertThat(oneBound.cells(watching)[watching.firstLatency() + 1]).as("the canary does not say").isNull();
    var stableSilent = cells(List.of(measured("c", 10, Map.of(0.1, 7L))), List.of(measured("b0", 10, Map.of())));
    assertThat(stableSilent.cells(watching)).containsOnlyNulls();
  }

  @Test
  @DisplayName("Bounds are learned from the stable pods that measure, never from the canary")
  void learns() {
    var thousand = Map.of(0.1, 500L, 0.2, 990L, INFINITY, 1_000L);
    assertThat(cells(List.of(measured("c", 1_000, thousand)), List.of(measured("b", 1_000, Map.of())))
        .bounds(ROSTER)).isSameAs(ROSTER.bounds());
    assertThat(cells(List.of(), List.of(measured("b0", 10, Map.of()), measured("b1", 1_000, thousand)))
        .bounds(ROSTER).size()).isEqualTo(2);
  }

  /// `ln E` of the total errors after one window: with tenants it differs from that without.
  private static double total(PodCounts canary, PodCounts stable) {
    return Judge.judge(Evidence.initial(policy()), window(0, List.of(canary), List.of(stable), true), policy())
        .evidence().signatures().getFirst().logE();
  }

  @Test
  @DisplayName("Tenants are told apart only if every event of every pod has one, and every failure is such an event")
  void attribution() {
    Map<SignatureId, Long> two = Map.of(TIMEOUT, 2L);
    Map<SignatureId, Long> one = Map.of(TIMEOUT, 1L);
    var canary = byTenant("c", 2, two, Map.of("acme", two));
    var stable = byTenant("b", 1, one, Map.of("globex", one));
    double whole = total(byTenant("c", 2, two, Map.of()), byTenant("b", 1, one, Map.of()));

    assertThat(total(canary, stable)).isNotEqualTo(whole);
    assertThat(total(canary, byTenant("b", 1, one, Map.of("acme", one)))).as("stable fails the same tenant")
        .isLessThan(total(canary, stable));
    assertThat(total(canary, byTenant("b", 1, one, Map.of(PodCounts.NOBODY, one)))).as("known to have none")
        .isNotEqualTo(whole);
    assertThat(total(canary, byTenant("b", 1, one, Map.of()))).as("stable does not say").isEqualTo(whole);
    assertThat(total(byTenant("c", 2, two, Map.of()), stable)).as("the canary does not say").isEqualTo(whole);
    assertThat(total(byTenant("c", 2, two, Map.of("acme", one)), stable)).as("one event is nobody's").isEqualTo(whole);
    assertThat(total(canary, byTenant("b", 1, Map.of(), Map.of("globex", Map.of())))).as("a failure without an event")
        .isEqualTo(whole);
    assertThat(total(canary, byTenant("b", 1, Map.of(), Map.of()))).isEqualTo(whole);
  }
}
