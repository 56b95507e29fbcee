package dev.serin.operator.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.serin.operator.metrics.SerinMetrics;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@RealControlPlane
class EventRecorderIT {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-05-01T12:00:00Z"));

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final ControlPlane plane;
  private final String namespace;

  EventRecorderIT(ControlPlane plane) {
    this.plane = plane;
    this.namespace = plane.newNamespace("events");
  }

  @Test
  @DisplayName("The API server accepts an event with all its facts, and kubectl shows it")
  void writesAnEvent() {
    var about = object("community-api");
    try (var recorder = recorder()) {
      recorder.record(about, EventType.WARNING, "RolledBack", "Rolled back: 63 of 9,120 requests.\nTraffic is back.");
    }

    assertThat(events()).singleElement().satisfies(event -> {
      assertThat(event.getReason()).isEqualTo("RolledBack");
      assertThat(event.getType()).isEqualTo("Warning");
      assertThat(event.getNote()).isEqualTo("Rolled back: 63 of 9,120 requests. Traffic is back.");
      assertThat(event.getReportingController()).isEqualTo("serin.dev/rollout-controller");
      assertThat(event.getRegarding().getUid()).isEqualTo(about.getMetadata().getUid());
    });
    assertThat(plane.kubectl("-n", namespace, "events", "--for", "configmap/community-api").stdout())
        .contains("RolledBack", "63 of 9,120");
  }

  @Test
  @DisplayName("A loop that reports the same a hundred times, and again after a restart, leaves one event")
  void doesNotRepeatItself() {
    var about = object("looping");
    for (var start = 0; start < 2; start++) {
      try (var recorder = recorder()) {
        IntStream.range(0, 100).forEach(
            _ -> recorder.record(about, EventType.NORMAL, "Holding", "Waiting for 500 requests."));
      }
    }

    assertThat(events()).hasSize(1);
    assertThat(counted("written")).isEqualTo(1);
    assertThat(counted("merged")).isEqualTo(199);
  }

  @Test
  @DisplayName("A loop whose notes all differ leaves 25 events and counts the rest")
  void limitsAFlood() {
    var about = object("flooding");
    try (var recorder = recorder()) {
      IntStream.range(0, 300).forEach(
          i -> recorder.record(about, EventType.NORMAL, "Holding", "Waiting for " + i + " requests."));
    }

    assertThat(events()).hasSize(25);
    assertThat(counted("limited")).isEqualTo(275);
  }

  @Test
  @DisplayName("An object name of 253 characters still gives an event with a valid name")
  void namesStayValid() {
    try (var recorder = recorder()) {
      // Cut after 200 characters, this name would end with a hyphen.
      recorder.record(object("a".repeat(199) + "-".repeat(20) + "b"), EventType.NORMAL, "Held", "Held.");
    }

    assertThat(events()).hasSize(1);
  }

  @Test
  @DisplayName("Neither an unreachable API server nor a reason that is none is ever thrown at the loop")
  void neverThrows() {
    var about = object("unlucky");
    var nowhere = new ConfigBuilder(plane.client(Actor.ADMIN).getConfiguration()).withMasterUrl("https://127.0.0.1:1/")
        .withRequestRetryBackoffLimit(0).build();
    try (var client = new KubernetesClientBuilder().withConfig(nowhere).build();
        var recorder = new EventRecorder(client, CLOCK, new SerinMetrics(registry), SOON)) {
      assertThatCode(() -> {
        recorder.record(about, EventType.NORMAL, "Held", "Held.");
        recorder.record(about, EventType.NORMAL, "not a reason", "Held.");
        recorder.record(new ConfigMap(), EventType.NORMAL, "Held", "Held.");
      }).doesNotThrowAnyException();
      await().atMost(SOON).until(() -> counted("failed") == 3);
    }
    assertThat(events()).isEmpty();
  }

  private EventRecorder recorder() {
    return new EventRecorder(plane.client(Actor.ADMIN), CLOCK, new SerinMetrics(registry), SOON);
  }

  private ConfigMap object(String name) {
    return plane.client(Actor.ADMIN).resource(new ConfigMapBuilder().withNewMetadata().withName(name)
        .withNamespace(namespace).endMetadata().build()).create();
  }

  private List<Event> events() {
    return plane.client(Actor.OBSERVER).events().v1().events().inNamespace(namespace).list().getItems();
  }

  private double counted(String outcome) {
    var counter = registry.find("serin.events").tag("outcome", outcome).counter();
    return counter == null ? 0 : counter.count();
  }
}
