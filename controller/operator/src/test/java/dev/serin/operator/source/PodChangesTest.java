package dev.serin.operator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.judge.Arm;
import dev.serin.judge.PodCounts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PodChangesTest extends CollectorFixture {

  private static final int SECONDS = 6;

  @Test
  @DisplayName("While pods come and go, those that are there all the time are counted: no window is lost to a roll")
  void countsThoseThatStay() {
    var canary = target("canary-1", Arm.CANARY);
    var stays = target("stable-1", Arm.BASELINE);
    var goes = target("stable-2", Arm.BASELINE);
    var comes = target("canary-2", Arm.CANARY);
    writeEverySecond("canary-1", "stable-1", "stable-2", "canary-2");
    follow(canary, stays, goes);
    await().until(() -> meter.lines.get() == 3 * SECONDS);
    clock.set(at(3, 500));
    follow(canary, stays, comes);
    clock.set(at(6, 0));

    List<ClosedWindow> windows = windowsUpTo(K + 5);
    assertThat(windows).filteredOn(window -> window.window().complete())
        .extracting(window -> window.window().sequence())
        .containsExactly(K + 1, K + 2, K + 3, K + 4, K + 5);
    assertThat(of(windows, K + 2).window().baseline()).extracting(PodCounts::pod).contains("stable-1", "stable-2");
    assertThat(of(windows, K + 3).window().baseline()).as("stable-2 left in this window")
        .extracting(PodCounts::pod).containsExactly("stable-1");
    assertThat(of(windows, K + 3).window().canary()).as("canary-2 came in this window")
        .extracting(PodCounts::pod).containsExactly("canary-1");
    assertThat(of(windows, K + 4).window().canary()).extracting(PodCounts::pod)
        .containsExactly("canary-1", "canary-2");
  }

  private void writeEverySecond(String... pods) {
    for (int second = 1; second <= SECONDS; second++) {
      for (String pod : pods) {
        server.write(pod, at(second, 0), request(200));
      }
    }
  }

  @Test
  @DisplayName("The log of a pod that went may be lost: it counts for nothing, and no window is incomplete for it")
  void lostLogOfALeavingPod() {
    var stays = target("stable-1", Arm.BASELINE);
    writeEverySecond("stable-1");
    follow(stays, target("stable-2", Arm.BASELINE));
    await().until(() -> meter.lines.get() == SECONDS);
    clock.set(at(2, 900));
    server.refuse("stable-2", 404);
    server.cut("stable-2");
    await().until(() -> meter.broken.get() > 0);
    clock.set(at(3, 100));
    collector.follow(Set.of(stays));
    clock.set(at(5, 0));

    ClosedWindow window = of(windowsUpTo(FIRST), FIRST);
    assertThat(window.incompleteBecause()).isEmpty();
    assertThat(window.window().baseline()).extracting(PodCounts::pod).containsExactly("stable-1");
  }

  @Test
  @DisplayName("A pod that was unready for a moment counts again from the window after it came back")
  void returningPod() {
    var stays = target("stable-1", Arm.BASELINE);
    var flaps = target("stable-2", Arm.BASELINE);
    writeEverySecond("stable-1", "stable-2");
    follow(stays, flaps);
    await().until(() -> meter.lines.get() == 2 * SECONDS);
    clock.set(at(2, 300));
    collector.follow(Set.of(stays));
    clock.set(at(3, 300));
    collector.follow(Set.of(stays, flaps));
    await().until(() -> server.opened("stable-2") == 2);
    clock.set(at(6, 0));

    List<ClosedWindow> windows = windowsUpTo(K + 4);
    assertThat(of(windows, K + 3).window().baseline()).extracting(PodCounts::pod).containsExactly("stable-1");
    assertThat(of(windows, K + 4).window().baseline()).extracting(PodCounts::pod)
        .containsExactly("stable-1", "stable-2");
    assertThat(of(windows, K + 4).window().baseline()).as("ages since the start of the container")
        .extracting(PodCounts::age).containsOnly(Duration.ofSeconds(604));
    assertThat(meter.broken).as("an expected end is no break").hasValue(0);
  }

  @Test
  @DisplayName("Naming the same pods again changes nothing")
  void followIsIdempotent() {
    follow(target("canary-1", Arm.CANARY));
    clock.set(at(2, 500));
    follow(target("canary-1", Arm.CANARY));
    clock.set(at(3, 600));

    assertThat(of(windowsUpTo(FIRST), FIRST).window().complete()).isTrue();
    assertThat(server.opened("canary-1")).isEqualTo(1);
  }

  @Test
  @DisplayName("Without ready pods no window is complete")
  void withoutPods() {
    collector.follow(Set.of());
    clock.set(at(4, 0));

    assertThat(of(windowsUpTo(FIRST), FIRST).incompleteBecause()).contains("no pod was ready all the time");
  }
}
