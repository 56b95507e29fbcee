package dev.serin.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SerinMetricsTest {
  private static final RolloutName SHOP = new RolloutName("shop", "community-api");
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final SerinMetrics metrics = new SerinMetrics(registry);

  @Test
  @DisplayName("A thousand idle Rollouts have no series of their own")
  void idleRolloutsCostNothing() {
    metrics.sampled(SHOP, RolloutSample.idle("Idle"));
    var before = registry.getMeters().size();

    IntStream.range(0, 1_000).forEach(i -> metrics.sampled(new RolloutName("n", "r" + i), RolloutSample.idle("Idle")));

    assertThat(registry.getMeters()).hasSize(before);
    assertThat(gauge("serin.rollouts", "state", "Idle")).isEqualTo(1_001);
  }

  @Test
  @DisplayName("Judging shows state, weight and last complete window, and its end removes them")
  void judgedRolloutsComeAndGo() {
    metrics.sampled(SHOP, RolloutSample.idle("Idle"));
    var before = registry.getMeters().size();
    metrics.sampled(SHOP, judged("Stepping", 0.05));
    metrics.windowClosed(new ClosedWindow(SHOP, "podLogs", true, NOON, NOON.plusSeconds(2)));
    metrics.windowClosed(new ClosedWindow(SHOP, "podLogs", false, NOON.plusSeconds(10), NOON.plusSeconds(12)));
    metrics.sampled(SHOP, judged("RollingBack", 0));

    assertThat(gauge("serin.rollout.info", "state", "RollingBack")).isEqualTo(1);
    assertThat(registry.find("serin.rollout.info").gauges()).hasSize(1);
    assertThat(gauge("serin.rollout.weight.ratio", "rollout", "community-api")).isZero();
    assertThat(gauge("serin.rollout.last.complete.window.timestamp.seconds", "rollout", "community-api")).isEqualTo(
        (double) NOON.getEpochSecond());
    assertThat(gauge("serin.signatures", "class", "novel")).isEqualTo(3);
    assertThat(gauge("serin.rollouts", "state", "Stepping")).isZero();
    assertThat(gauge("serin.rollouts", "state", "RollingBack")).isEqualTo(1);

    metrics.sampled(SHOP, RolloutSample.idle("Idle"));

    assertThat(registry.find("serin.rollout.info").gauges()).isEmpty();
    assertThat(gauge("serin.signatures", "class", "novel")).isZero();
    // The totals by state, the window counters and the lag stay.
    assertThat(registry.getMeters()).hasSize(before + 5);
  }

  @Test
  @DisplayName("A Rollout that is gone is in no number any more")
  void forgetsDeletedRollouts() {
    metrics.sampled(SHOP, judged("Stepping", 0.05));
    metrics.forget(SHOP);
    metrics.forget(SHOP);

    assertThat(gauge("serin.rollouts", "state", "Stepping")).isZero();
    assertThat(registry.find("serin.rollout.info").gauges()).isEmpty();
    assertThat(registry.find("serin.rollout.weight.ratio").gauges()).isEmpty();
  }

  @Test
  @DisplayName("However many reasons and however strange, a label takes a bounded number of plain values")
  void labelsAreBounded() {
    metrics.decided("RollBack", "bad\n\"reason\"{}");
    IntStream.range(0, 10_000).forEach(i -> metrics.decided("RollBack", "Reason" + i));

    assertThat(registry.find("serin.decisions").counters()).hasSize(129);
    assertThat(registry.get("serin.decisions").tag("reason", "other").counter().count()).isEqualTo(10_001 - 128);
  }

  @Test
  @DisplayName("More than 500 Rollouts under judgement add no further series")
  void judgedRolloutsAreBounded() {
    IntStream.range(0, 600).forEach(i -> metrics.sampled(new RolloutName("n", "r" + i), judged("Stepping", 0.1)));

    assertThat(registry.find("serin.rollout.info").gauges()).hasSize(500);
    assertThat(gauge("serin.rollouts", "state", "Stepping")).isEqualTo(600);
    assertThat(gauge("serin.signatures", "class", "novel")).as("totals are of all").isEqualTo(1_800);
  }

  @Test
  @DisplayName("A weight beyond 0..1 is a programmer's error, NaN too")
  void refusesAbsurdWeights() {
    assertThatThrownBy(() -> judged("Stepping", 5)).hasMessage("weight must be 0..1, was 5.0");
    assertThatThrownBy(() -> judged("Stepping", Double.NaN)).hasMessage("weight must be 0..1, was NaN");
  }

  @Test
  @DisplayName("A passed reconcile and a failed one are counted apart, with their time")
  void measuresTheLoop() {
    metrics.reconciled(true, Duration.ofMillis(20));
    metrics.reconciled(false, Duration.ofMillis(40));

    assertThat(registry.get("serin.reconcile").tag("result", "error").counter().count()).isEqualTo(1);
    assertThat(registry.get("serin.reconcile.duration").timer().count()).isEqualTo(2);
  }

  private static RolloutSample judged(String state, double weight) {
    return new RolloutSample(state, true, weight, Map.of(SignatureClass.NOVEL, 3));
  }

  private double gauge(String name, String tag, String value) {
    return registry.get(name).tag(tag, value).gauge().value();
  }
}
