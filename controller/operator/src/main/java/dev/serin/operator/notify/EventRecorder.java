package dev.serin.operator.notify;

import dev.serin.operator.metrics.EventOutcome;
import dev.serin.operator.metrics.SerinMetrics;
import dev.serin.signature.digest.Sha256;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes `events.k8s.io/v1` events about objects, for `kubectl describe` and `kubectl events`.
///
/// Returns at once: one thread of its own writes, from an outbox of 1,000. The same event about the same object is
/// written once in ten minutes, and one object gets 25 events at once, then one every five minutes, so a loop that
/// repeats itself cannot flood the API server. Nothing is ever thrown at the caller; what was not written is counted in
/// `serin_events_total`.
@Singleton
public final class EventRecorder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
  private static final String CONTROLLER = "serin.dev/rollout-controller";
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9]{0,127}");
  private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
      .withZone(ZoneOffset.UTC);
  private static final Duration SLOT = Duration.ofMinutes(10);
  private static final int OUTBOX = 1_000;
  private static final int NAME_LIMIT = 200;
  private static final int CONFLICT = 409;

  private final KubernetesClient api;
  private final InstantSource clock;
  private final SerinMetrics metrics;
  private final Duration drain;
  private final EventBudget budget = new EventBudget();
  private final String instance = System.getenv().getOrDefault("HOSTNAME", "serin-operator");
  private final ThreadPoolExecutor outbox = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
      new ArrayBlockingQueue<>(OUTBOX), Thread.ofPlatform().daemon().name("serin-events").factory());

  @Inject
  public EventRecorder(@Named("api") KubernetesClient api, InstantSource clock, SerinMetrics metrics) {
    this(api, clock, metrics, Duration.ofSeconds(2));
  }

  /// @param drain
  ///          how long closing waits for what is in the outbox
  EventRecorder(KubernetesClient api, InstantSource clock, SerinMetrics metrics, Duration drain) {
    this.api = api;
    this.clock = clock;
    this.metrics = metrics;
    this.drain = drain;
  }

  /// Reports that something happened to an object.
  ///
  /// @param about an object that was read from the API server, so that its uid is known
  /// @param reason CamelCase constant, the same as in conditions and logs
  /// @param note one sentence with the numbers; beyond 1 KiB it is cut. Templates only, never a line of a log
  public void record(HasMetadata about, EventType type, String reason, String note) {
    var uid = about.getMetadata() == null ? null : about.getMetadata().getUid();
    if (uid == null || !REASON.matcher(reason).matches()) {
      log.atError().addKeyValue("reason", reason).addKeyValue("kind", about.getKind())
          .log("An event needs an object that was read and a CamelCase reason");
      metrics.event(EventOutcome.FAILED);
      return;
    }
    var text = EventNote.of(note);
    var identity = Sha256.hex(reason + '\n' + text, 8);
    var now = clock.instant();
    switch (budget.ask(uid, identity, now)) {
      case MERGE -> metrics.event(EventOutcome.MERGED);
      case LIMIT -> metrics.event(EventOutcome.LIMITED);
      case WRITE -> post(event(about, type, reason, text, now, name(about, identity, now)));
    }
  }

  private void post(Event event) {
    try {
      outbox.execute(() -> write(event));
    } catch (RejectedExecutionException _) {
      // Full, or closing: an event is worth less than the decision that waits for us.
      metrics.event(EventOutcome.FAILED);
    }
  }

  private void write(Event event) {
    try {
      api.resource(event).create();
      metrics.event(EventOutcome.WRITTEN);
    } catch (KubernetesClientException e) {
      // The name says what and when: it was there before a restart, or another operator wrote it.
      if (e.getCode() == CONFLICT) {
        metrics.event(EventOutcome.MERGED);
      } else {
        metrics.event(EventOutcome.FAILED);
        log.atWarn().addKeyValue("reason", event.getReason())
            .addKeyValue("namespace", event.getMetadata().getNamespace())
            .addKeyValue("code", e.getCode()).log("An event was not written");
      }
    }
  }

  private Event event(HasMetadata about, EventType type, String reason, String note, Instant now, String name) {
    var metadata = about.getMetadata();
    return new EventBuilder().withNewMetadata().withName(name).withNamespace(metadata.getNamespace()).endMetadata()
        .withEventTime(new MicroTime(MICROS.format(now)))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withAction("Reconcile")
        .withType(type.word())
        .withReason(reason)
        .withNote(note)
        .withRegarding(new ObjectReferenceBuilder().withApiVersion(about.getApiVersion()).withKind(about.getKind())
            .withNamespace(metadata.getNamespace()).withName(metadata.getName()).withUid(metadata.getUid()).build())
        .build();
  }

  /// Equal events of the same ten minutes have equal names, so the API server refuses what a restart would repeat.
  private static String name(HasMetadata about, String identity, Instant now) {
    var object = about.getMetadata().getName();
    // Each part of a name between dots ends with a letter or digit.
    var stem = object.substring(0, Math.min(object.length(), NAME_LIMIT)).replaceFirst("[^a-z0-9]+$", "");
    return stem + "."
        + Sha256.hex(about.getMetadata().getUid() + identity + now.getEpochSecond() / SLOT.toSeconds(), 8);
  }

  /// Writes what is in the outbox for up to two seconds, then takes no more.
  @Override
  @PreDestroy
  public void close() {
    outbox.shutdown();
    try {
      if (!outbox.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
        outbox.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
