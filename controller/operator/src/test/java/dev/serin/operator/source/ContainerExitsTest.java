package dev.serin.operator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.judge.Arm;
import dev.serin.judge.ExposureKind;
import dev.serin.signature.ContainerTrouble.Exited;
import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ContainerExitsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  /// Sequence of the window that begins at noon.
  private static final long K = NOON.getEpochSecond();
  private static final Signature OUT_OF_MEMORY = new Exited("app", "OOMKilled", 137).signature();
  private static final PodTarget STABLE = target("stable-1", Arm.BASELINE, -600);
  private static final PodTarget CANARY = target("canary-1", Arm.CANARY, -600);

  private final TestClock clock = new TestClock(NOON);
  private LogServer server;
  private KubernetesClient client;
  private PodLogSource source;
  private WindowCollector collector;

  @BeforeEach
  void begin() throws IOException {
    server = new LogServer();
    client = server.client();
    source = new PodLogSource(client, clock, new CountingMeter(), 100);
    collector = collector(Duration.ZERO);
  }

  @AfterEach
  void end() {
    source.close();
    server.close();
    client.close();
  }

  @Test
  @DisplayName("An exit counts once, on its arm, in the first window that its pod serves whole after it came back")
  void countsAfterReturn() {
    follow(1, CANARY, STABLE);
    windowsUntil(3);
    follow(1, STABLE);
    windowsUntil(5);
    var back = target("canary-1", Arm.CANARY, 5, exit("app", 1, -600, 3));
    follow(2, back);
    follow(1, back, STABLE);
    windowsUntil(8);
    follow(1, back, STABLE);

    List<ClosedWindow> windows = windowsUntil(10);
    assertThat(counted(windows, Arm.CANARY)).containsExactly(Map.entry(6L, Map.of(OUT_OF_MEMORY.id(), 1L)));
    assertThat(counted(windows, Arm.BASELINE)).isEmpty();
    assertThat(windows.stream().flatMap(window -> window.discovered().stream())).containsExactly(OUT_OF_MEMORY);
    assertThat(collector.sighting(Arm.CANARY, OUT_OF_MEMORY.id())).contains(
        new Sighting(1, at(3), at(3), List.of("canary-1"), 1, 0, List.of(), List.of()));
    assertThat(windows).allSatisfy(window -> {
      assertThat(window.window().failures(Arm.CANARY)).isZero();
      assertThat(window.window().exposure(Arm.CANARY)).isZero();
    });
  }

  @Test
  @DisplayName("Both arms' exits count under one name, and each further one counts again")
  void countsBothArms() {
    follow(1, CANARY, STABLE);
    windowsUntil(3);
    follow(1, target("canary-1", Arm.CANARY, -600, exit("app", 1, -600, 3)),
        target("stable-1", Arm.BASELINE, -600, exit("app", 1, -600, 3)));
    windowsUntil(5);
    follow(1, target("canary-1", Arm.CANARY, -600, exit("app", 2, 3, 5)),
        target("stable-1", Arm.BASELINE, -600, exit("app", 1, -600, 3)));

    List<ClosedWindow> windows = windowsUntil(7);
    assertThat(counted(windows, Arm.CANARY)).containsOnly(Map.entry(3L, Map.of(OUT_OF_MEMORY.id(), 1L)),
        Map.entry(5L, Map.of(OUT_OF_MEMORY.id(), 1L)));
    assertThat(counted(windows, Arm.BASELINE)).containsOnly(Map.entry(3L, Map.of(OUT_OF_MEMORY.id(), 1L)));
  }

  @Test
  @DisplayName("An exit from before its pod was named first is not counted; the next one is, though it is of another container")
  void leavesOutThePast() {
    var before = exit("app", 7, -600, -1);
    follow(1, target("canary-1", Arm.CANARY, 0, before));
    windowsUntil(3);
    follow(1, target("canary-1", Arm.CANARY, 0, before, exit("proxy", 1, -600, 3)));

    assertThat(counted(windowsUntil(5), Arm.CANARY)).containsExactly(
        Map.entry(3L, Map.of(new Exited("proxy", "OOMKilled", 137).signature().id(), 1L)));
  }

  @Test
  @DisplayName("An exit waits while its pod's windows are missing: the restart itself breaks the log")
  void waitsWhileMissing() {
    follow(1, CANARY);
    server.write("canary-1", at(2).plusMillis(100), "ready");
    windowsUntil(3);
    server.restart("canary-1");
    follow(2, target("canary-1", Arm.CANARY, 3, exit("app", 1, -600, 3)));

    List<ClosedWindow> windows = windowsUntil(6);
    assertThat(of(windows, 3).incompleteBecause().orElseThrow()).contains("canary-1");
    assertThat(counted(windows, Arm.CANARY)).containsExactly(Map.entry(4L, Map.of(OUT_OF_MEMORY.id(), 1L)));
  }

  @Test
  @DisplayName("An exit waits while another pod's log is missing, too: a window that is incomplete counts for neither arm")
  void waitsForACompleteWindow() {
    follow(1, CANARY, STABLE);
    server.write("canary-1", at(2).plusMillis(100), "ready");
    windowsUntil(3);
    server.restart("canary-1");
    follow(2, CANARY, target("stable-1", Arm.BASELINE, -600, exit("app", 1, -600, 2)));

    List<ClosedWindow> windows = windowsUntil(6);
    assertThat(of(windows, 3).incompleteBecause().orElseThrow()).contains("canary-1");
    assertThat(counted(windows, Arm.BASELINE)).containsExactly(Map.entry(4L, Map.of(OUT_OF_MEMORY.id(), 1L)));
  }

  @Test
  @DisplayName("Of several restarts between two looks the last exit counts, once: how the others ended nobody knows")
  void countsWhatIsSeen() {
    follow(1, CANARY);
    windowsUntil(3);
    follow(1, target("canary-1", Arm.CANARY, -600, exit("app", 3, -600, 3)));

    assertThat(counted(windowsUntil(5), Arm.CANARY))
        .containsExactly(Map.entry(3L, Map.of(OUT_OF_MEMORY.id(), 1L)));
  }

  @Test
  @DisplayName("The container that started again is young: its exit waits until the pod is judged again")
  void waitsForTheWarmUp() {
    collector = collector(Duration.ofSeconds(5));
    follow(1, CANARY);
    windowsUntil(3);
    follow(1, target("canary-1", Arm.CANARY, 3, exit("app", 1, -600, 3)));

    assertThat(counted(windowsUntil(11), Arm.CANARY))
        .containsExactly(Map.entry(8L, Map.of(OUT_OF_MEMORY.id(), 1L)));
  }

  @Test
  @DisplayName("A container that exits before it is warm says nothing: only the canary's pods are all young")
  void leavesOutYoungContainers() {
    collector = collector(Duration.ofSeconds(5));
    follow(1, target("canary-1", Arm.CANARY, -1));
    windowsUntil(3);
    follow(1, target("canary-1", Arm.CANARY, 3, exit("app", 1, -1, 3)));
    windowsUntil(9);
    follow(1, target("canary-1", Arm.CANARY, 9, exit("app", 2, 4, 9)));

    assertThat(counted(windowsUntil(15), Arm.CANARY))
        .containsExactly(Map.entry(14L, Map.of(OUT_OF_MEMORY.id(), 1L)));
  }

  @Test
  @DisplayName("A collector that another process left off counts no exit again that it finds in the status")
  void countsNothingTwice() {
    var exited = target("canary-1", Arm.CANARY, 3, exit("app", 1, -600, 3));
    follow(1, CANARY);
    windowsUntil(3);
    follow(1, exited);
    assertThat(counted(windowsUntil(5), Arm.CANARY)).hasSize(1);

    collector.close();
    collector = source.collect(policy(Duration.ZERO), ExposureKind.REQUESTS, K + 1, () -> {});
    follow(2, exited);
    assertThat(counted(windowsUntil(8), Arm.CANARY)).isEmpty();
  }

  private WindowCollector collector(Duration warmup) {
    return source.collect(policy(warmup), ExposureKind.REQUESTS, -1, () -> {});
  }

  private static SourcePolicy policy(Duration warmup) {
    return new SourcePolicy(Duration.ofSeconds(1), warmup, new RecordRules(List.of(), Optional.empty()), List.of(),
        Optional.empty(), List.of(), Set.of());
  }

  /// Names the pods, and waits until the log of the first has been opened so often.
  private void follow(int opened, PodTarget... targets) {
    collector.follow(Set.of(targets));
    await().until(() -> server.opened(targets[0].name()) >= opened);
  }

  /// Goes on to the middle of this second; the windows before it have closed then.
  private List<ClosedWindow> windowsUntil(int second) {
    clock.set(at(second).plusMillis(600));
    await().atMost(Duration.ofSeconds(30)).until(() -> collector.closedAfter(-1).stream()
        .anyMatch(window -> window.window().sequence() >= K + second - 1));
    return collector.closedAfter(-1);
  }

  private static ClosedWindow of(List<ClosedWindow> windows, int second) {
    return windows.stream().filter(window -> window.window().sequence() == K + second).findFirst().orElseThrow();
  }

  /// What counted, by seconds after noon.
  private static SortedMap<Long, Map<SignatureId, Long>> counted(List<ClosedWindow> windows, Arm arm) {
    var counted = new TreeMap<Long, Map<SignatureId, Long>>();
    for (ClosedWindow window : windows) {
      Map<SignatureId, Long> events = window.window().events(arm);
      if (!events.isEmpty()) {
        counted.put(window.window().sequence() - K, events);
      }
    }
    return counted;
  }

  private static PodTarget target(String pod, Arm arm, int started, PodTarget.Exit... exits) {
    return new PodTarget("shop", pod, "uid-" + pod, "app", arm, at(started), Stream.of(exits).toList());
  }

  private static PodTarget.Exit exit(String container, int restart, int started, int ended) {
    return new PodTarget.Exit(new Exited(container, "OOMKilled", 137), restart, at(started), at(ended));
  }

  private static Instant at(int second) {
    return NOON.plusSeconds(second);
  }
}
