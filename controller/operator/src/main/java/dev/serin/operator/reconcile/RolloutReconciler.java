package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.rollout.Decision;
import dev.serin.rollout.Report;
import dev.serin.rollout.RolloutMachine;
import dev.serin.rollout.RolloutRecord;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gather, judge, decide, record, apply: one look at one Rollout, at most one write.
///
/// Level-based: nothing is remembered between looks but evidence that is not recorded yet, and a look at any time, in
/// any order, any number of times leads to the same end.
public final class RolloutReconciler implements Reconciler<Rollout> {

  private static final Logger log = LoggerFactory.getLogger(RolloutReconciler.class);
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(200);

  private final ReconcileParts parts;
  private final InstantSource clock;

  RolloutReconciler(ReconcileParts parts, InstantSource clock) {
    this.parts = parts;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Rollout>> prepareEventSources(EventSourceContext<Rollout> context) {
    var deployments = InformerEventSourceConfiguration.from(Deployment.class, Rollout.class)
        .withLabelSelector(Keys.ROLLOUT)
        .withSecondaryToPrimaryMapper(deployment -> Set.of(new ResourceID(
            deployment.getMetadata().getLabels().get(Keys.ROLLOUT), deployment.getMetadata().getNamespace())))
        .build();
    return List.of(new InformerEventSource<>(deployments, context), parts.windowEvents());
  }

  @Override
  public UpdateControl<Rollout> reconcile(Rollout cached, Context<Rollout> context) {
    Optional<Rollout> live = parts.rollouts().read(cached.getMetadata().getNamespace(),
        cached.getMetadata().getName());
    if (live.isEmpty()) {
      parts.forget(cached);
      return UpdateControl.noUpdate();
    }
    try {
      return look(live.get(), olderRival(live.get(), context));
    } catch (Overtaken e) {
      log.atDebug().addKeyValue("rollout", cached.getMetadata().getName()).log(e.getMessage());
      return UpdateControl.<Rollout>noUpdate().rescheduleAfter(AFTER_CONFLICT);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      log.atDebug().addKeyValue("rollout", cached.getMetadata().getName()).log("Somebody else wrote first");
      return UpdateControl.<Rollout>noUpdate().rescheduleAfter(AFTER_CONFLICT);
    }
  }

  private UpdateControl<Rollout> look(Rollout rollout, Optional<String> rival) {
    // Status holds milliseconds: an instant that is recorded must read back as itself.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Gathered gathered = parts.gathering().gather(rollout, rival, now);
    Judging.Outcome judged = parts.judging().judge(gathered);
    // Windows may have closed after `now` was read.
    parts.telling().judged(rollout, judged.windows(), clock.instant());
    if (judged.recorded()) {
      return again();
    }
    Decision decision = RolloutMachine.next(gathered.record(), gathered.seen(), now);
    return switch (decision) {
      case Decision.Transition(var record, var report) -> {
        write(gathered, record, report, now);
        yield again();
      }
      case Decision.Apply(var action) -> {
        log.atInfo().addKeyValue("namespace", rollout.getMetadata().getNamespace())
            .addKeyValue("rollout", rollout.getMetadata().getName())
            .addKeyValue("action", action.getClass().getSimpleName()).log("Applying");
        parts.applying().apply(gathered, action, now);
        yield again();
      }
      case Decision.Wait(var report, var lookAgain) -> {
        write(gathered, gathered.record(), report, now);
        yield UpdateControl.<Rollout>noUpdate().rescheduleAfter(lookAgain);
      }
    };
  }

  private void write(Gathered gathered, RolloutRecord record, Report report, Instant now) {
    Rollout rollout = gathered.rollout();
    RolloutStatus before = RolloutStore.status(rollout);
    int pods = gathered.workload() == null ? 0 : gathered.workload().canary().map(view -> view.replicas()).orElse(0);
    RolloutStatus status = new StatusWriting(rollout.getMetadata().getGeneration(), pods, gathered.seen().attempt(),
        gathered.analysis(), now).status(before, record, report);
    if (parts.rollouts().write(rollout, status)) {
      parts.telling().wrote(gathered, record, report, now);
    }
  }

  /// Name of an older Rollout for the same Deployment; the older one has it.
  private static Optional<String> olderRival(Rollout rollout, Context<Rollout> context) {
    Comparator<Rollout> age = Comparator.<Rollout, String>comparing(one -> one.getMetadata().getCreationTimestamp())
        .thenComparing(one -> one.getMetadata().getUid());
    String deployment = rollout.getSpec().workloadRef().name();
    return context.getPrimaryCache()
        .list(rollout.getMetadata().getNamespace(),
            other -> other.getSpec().workloadRef().name().equals(deployment)
                && other.getMetadata().getDeletionTimestamp() == null)
        .min(age).filter(oldest -> age.compare(oldest, rollout) < 0).map(oldest -> oldest.getMetadata().getName());
  }

  private static UpdateControl<Rollout> again() {
    return UpdateControl.<Rollout>noUpdate().reschedule();
  }
}
