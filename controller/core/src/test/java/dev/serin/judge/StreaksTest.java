package dev.serin.judge;

import static dev.serin.judge.Scene.pod;
import static dev.serin.judge.Scene.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.judge.Evidence.Failing;
import dev.serin.judge.Evidence.Silence;
import dev.serin.judge.Evidence.Streaks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What happens several times in a row: when it begins, goes on and ends.
class StreaksTest {

  private static final Streaks NONE = new Streaks(Silence.NONE, Silence.NONE, Failing.NONE);

  private static Streaks after(Streaks before, PodCounts canary, PodCounts stable) {
    return before.after(window(0, canary, stable), ExposureKind.REQUESTS);
  }

  private static PodCounts canary(double exposure, long failures) {
    return pod("c", exposure, failures, Map.of());
  }

  private static PodCounts stable(double exposure, long failures) {
    return pod("b", exposure, failures, Map.of());
  }

  @Test
  @DisplayName("An arm is silent while the other has traffic, and the traffic that it missed is added up")
  void silence() {
    var once = after(NONE, canary(0, 0), stable(90, 0));
    assertThat(once.canary()).isEqualTo(new Silence(1, 90));
    assertThat(once.baseline()).isEqualTo(Silence.NONE);
    assertThat(after(once, canary(0, 0), stable(10, 0)).canary()).isEqualTo(new Silence(2, 100));
    assertThat(after(once, canary(0, 0), stable(0, 0)).canary()).as("nobody has traffic").isEqualTo(once.canary());
    assertThat(after(once, canary(0.5, 0), stable(10, 0)).canary()).isEqualTo(Silence.NONE);
    assertThat(after(NONE, canary(7, 0), stable(0, 0)).baseline()).isEqualTo(new Silence(1, 7));
    assertThat(once.after(window(1, List.of(), List.of(stable(10, 0)), true), ExposureKind.REQUESTS).canary())
        .as("no pod is ready").isEqualTo(Silence.NONE);
  }

  @Test
  @DisplayName("Failing begins with a window in which every canary request failed, and ends with one that did not")
  void failing() {
    var once = after(NONE, canary(5, 5), stable(95, 2));
    assertThat(once.failing()).isEqualTo(new Failing(5, 95, 2));
    var twice = after(once, canary(4, 4), stable(96, 3));
    assertThat(twice.failing()).isEqualTo(new Failing(9, 191, 5));
    assertThat(after(twice, canary(0, 0), stable(100, 9)).failing()).as("no request is no success")
        .isEqualTo(twice.failing());
    assertThat(after(twice, canary(5, 4), stable(95, 0)).failing()).isEqualTo(Failing.NONE);
    assertThat(after(NONE, canary(0, 0), stable(95, 2)).failing()).as("nothing failed").isEqualTo(Failing.NONE);
    assertThat(twice.after(window(2, canary(5, 5), stable(95, 0)), ExposureKind.POD_SECONDS).failing())
        .as("pod-seconds are no requests").isEqualTo(Failing.NONE);
  }
}
