package dev.serin.judge;

import static dev.serin.judge.Scene.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PodCountsTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static PodCounts measured(double exposure, Map<Double, Long> latency) {
    return new PodCounts("p", exposure, 0, new TreeMap<>(), null, new TreeMap<>(), new TreeMap<>(latency));
  }

  private static PodCounts of(String pod, double exposure, long failures, @Nullable Duration age) {
    return new PodCounts(pod, exposure, failures, new TreeMap<>(), age, new TreeMap<>(), new TreeMap<>());
  }

  @Test
  @DisplayName("Slower than a bound are all measured requests but those at most so slow")
  void slower() {
    assertThat(measured(100, Map.of(0.1, 60L)).slower(0.1)).as("all requests are measured").isEqualTo(40);
    assertThat(measured(100, Map.of(0.1, 60L, INFINITY, 90L)).slower(0.1)).as("90 are").isEqualTo(30);
    assertThat(measured(100, Map.of(0.1, 60L)).slower(0.2)).as("a bound that nobody measures").isEqualTo(-1);
    assertThat(measured(50, Map.of(0.1, 60L)).slower(0.1)).as("more were fast than were counted").isZero();
    assertThat(measured(0, Map.of()).slower(0.2)).as("without a request none is slow").isZero();
    assertThat(measured(100, Map.of()).slower(0.2)).isEqualTo(-1);
  }

  @Test
  @DisplayName("The buckets end with all requests, or with as many as the slowest bound has if those are more")
  void cumulative() {
    assertThat(measured(100, Map.of(0.1, 60L)).cumulative()).isEqualTo(Map.of(0.1, 60L, INFINITY, 100L));
    assertThat(measured(50, Map.of(0.1, 60L)).cumulative()).isEqualTo(Map.of(0.1, 60L, INFINITY, 60L));
    assertThat(measured(100, Map.of(0.1, 60L, INFINITY, 70L)).cumulative())
        .isEqualTo(Map.of(0.1, 60L, INFINITY, 70L));
    assertThat(measured(100, Map.of()).cumulative()).as("nobody measured").isEmpty();
    assertThat(measured(100, Map.of()).measured()).isEqualTo(100);
  }

  @Test
  @DisplayName("Nothing at all is possible: no requests, no failures, a pod of this moment")
  void least() {
    var least = of("p", 0, 0, Duration.ZERO);
    assertThat(least.exposure()).isZero();
    assertThat(least.age()).isEqualTo(Duration.ZERO);
    assertThat(new PodCounts("p", 1, 0, new TreeMap<>(Map.of(new SignatureId("x".repeat(64)), 0L))).events())
        .hasSize(1);
    assertThat(measured(1, Map.of(0.1, 0L, 0.2, 0L)).latency()).as("buckets may be equal").hasSize(2);
  }

  @Test
  @DisplayName("Impossible counts are refused with the pod's name and the number")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> of(" ", 1, 0, null))
        .withMessage("pod name must not be blank");
    assertThatIllegalArgumentException().isThrownBy(() -> of("p", -1, 0, null))
        .withMessage("exposure of pod p must be finite and at least 0, was -1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> of("p", INFINITY, 0, null)).withMessageContaining("Infinity");
    assertThatIllegalArgumentException().isThrownBy(() -> of("p", 1, 0, Duration.ofNanos(-1)))
        .withMessage("age of pod p must not be negative, was PT-0.000000001S");
    assertThatIllegalArgumentException().isThrownBy(() -> measured(1, Map.of(0.1, 5L, 0.2, 4L)))
        .withMessage("latency buckets of pod p must be at least 0 and rising");
    assertThatIllegalArgumentException().isThrownBy(() -> measured(1, Map.of(0.1, -1L)))
        .withMessageContaining("at least 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PodCounts("p", 1, 0, new TreeMap<>(), null,
            new TreeMap<>(Map.of("acme", new TreeMap<>(Map.of(TIMEOUT, -3L)))), new TreeMap<>()))
        .withMessage("events of s1-timeout must be at least 0, was -3");
  }

  @Test
  @DisplayName("What the cluster says of a pod has a name and no negative restarts")
  void facts() {
    assertThat(new PodFacts("p", 0, null).restarts()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> new PodFacts("", 0, null))
        .withMessage("pod name must not be blank");
    assertThatIllegalArgumentException().isThrownBy(() -> new PodFacts("p", -1, null))
        .withMessage("restarts of pod p must not be negative, was -1");
  }
}
