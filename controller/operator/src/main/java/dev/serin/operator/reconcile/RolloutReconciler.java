package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.operator.record.RolloutStore;
import dev.serin.operator.record.StatusWriting;
import dev.serin.operator.workload.NameTaken;
import dev.serin.operator.workload.TemplateAltered;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Decision;
import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Reason;
import dev.serin.rollout.RolloutMachine;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.Workload;
import dev.serin.rollout.Workload.Protection;
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
  private static final Duration WHEN_CROWDED = Duration.ofSeconds(1);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(15);
  private static final int UNPROCESSABLE = 422;
  private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

  private final ReconcileParts parts;
  private final InstantSource clock;
  private final Duration relook;

  /// @param relook
  ///          longest time between two looks
  RolloutReconciler(ReconcileParts parts, InstantSource clock, Duration relook) {
    this.parts = parts;
    this.clock = clock;
    this.relook = relook;
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
    // Another one of its name gets a look of its own.
    Optional<Rollout> live = context.isPrimaryResourceDeleted()
        ? Optional.empty()
        : parts.rollouts().reread(cached);
    if (live.isEmpty()) {
      parts.forget(cached);
      return UpdateControl.noUpdate();
    }
    Rollout rollout = live.get();
    try {
      return look(rollout, olderRival(rollout, context));
    } catch (Overtaken e) {
      log.atDebug().addKeyValue("namespace", rollout.getMetadata().getNamespace())
          .addKeyValue("rollout", rollout.getMetadata().getName()).addKeyValue("cause", e.getMessage())
          .log("The world changed since it was read");
      return after(AFTER_CONFLICT);
    } catch (Crowded e) {
      log.atDebug().addKeyValue("namespace", rollout.getMetadata().getNamespace())
          .addKeyValue("rollout", rollout.getMetadata().getName()).addKeyValue("cause", e.getMessage())
          .log("It has to wait its turn");
      return after(WHEN_CROWDED);
    } catch (NameTaken e) {
      return stalled(rollout, new Report(Report.Kind.STALLED, Reason.NameConflict, e.change()));
    } catch (TemplateAltered e) {
      return stalled(rollout, new Report(Report.Kind.STALLED, Reason.TemplateAltered, e.change()));
    } catch (KubernetesClientException e) {
      return refused(rollout, e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      log.atError().setCause(e).addKeyValue("namespace", rollout.getMetadata().getNamespace())
          .addKeyValue("rollout", rollout.getMetadata().getName()).log("A look failed");
      return stalled(rollout, new Report(Report.Kind.STALLED, Reason.Unreadable,
          "Serin cannot work on this Rollout, and leaves everything as it is: " + e.getMessage() + "."));
    }
  }

  /// What the API server will not do, however often it is asked, is for a person to mend; the rest is tried again.
  private UpdateControl<Rollout> refused(Rollout rollout, KubernetesClientException e) {
    if (namespaceEnds(e)) {
      // Nothing can be created there any more, and nothing needs to be.
      return after(AFTER_REFUSAL);
    }
    String said = e.getStatus() == null || e.getStatus().getMessage() == null
        ? "code " + e.getCode()
        : e.getStatus().getMessage();
    if (unserved(e)) {
      return stalled(rollout,
          new Report(Report.Kind.STALLED, Reason.Unreadable, "The API server does not serve a kind of "
              + "object that Serin needs: " + said
              + ". Install the definitions of Serin's chart (crds). Serin looks again "
              + "every 15 s."));
    }
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND -> {
        log.atDebug().addKeyValue("namespace", rollout.getMetadata().getNamespace())
            .addKeyValue("rollout", rollout.getMetadata().getName()).log("Somebody else wrote first");
        yield after(AFTER_CONFLICT);
      }
      case HttpURLConnection.HTTP_FORBIDDEN -> stalled(rollout, new Report(Report.Kind.STALLED, Reason.Forbidden,
          "The operator may not do what comes next: " + said + ". Give it the rights of the chart's ClusterRole."));
      case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE -> stalled(rollout, new Report(Report.Kind.STALLED,
          Reason.Rejected, "The API server refuses what comes next: " + said + ". Serin tries again every 15 s."));
      default -> throw e;
    };
  }

  /// Whether not an object is missing but its kind: then no name is given.
  static boolean unserved(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND && (e.getStatus() == null
        || e.getStatus().getDetails() == null || e.getStatus().getDetails().getName() == null);
  }

  private static boolean namespaceEnds(KubernetesClientException e) {
    return e.getStatus() != null && e.getStatus().getDetails() != null && e.getStatus().getDetails().getCauses()
        .stream().anyMatch(cause -> NAMESPACE_TERMINATING.equals(cause.getReason()));
  }

  private UpdateControl<Rollout> stalled(Rollout rollout, Report report) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    RolloutStatus before = RolloutStore.status(rollout);
    if (parts.rollouts().write(rollout, StatusWriting.failing(before, report, now))) {
      parts.telling().failed(rollout, report);
    }
    return after(AFTER_REFUSAL);
  }

  private UpdateControl<Rollout> look(Rollout rollout, Optional<String> rival) {
    // Status holds milliseconds: an instant that is recorded must read back as itself.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Gathered read = parts.gathering().gather(rollout, rival, now);
    Judging.Outcome judged = parts.judging().judge(read);
    Gathered gathered = judged.unreadable().filter(_ -> !read.condemned())
        .map(why -> read.ruled(new Attempt.Stay(Reason.EvidenceUnreadable, why))).orElse(read);
    // Windows may have closed after `now` was read.
    parts.telling().judged(read, judged, clock.instant());
    if (judged.recorded()) {
      return again();
    }
    Decision decision = RolloutMachine.next(gathered.record(), gathered.seen(), now);
    return switch (decision) {
      case Decision.Transition(var record, var report, var refusal) -> {
        write(gathered, record, report, now);
        if (refusal != null) {
          parts.telling().refused(rollout, refusal);
        }
        yield again();
      }
      case Decision.Apply(var action) -> {
        log.atInfo().addKeyValue("namespace", rollout.getMetadata().getNamespace())
            .addKeyValue("rollout", rollout.getMetadata().getName())
            .addKeyValue("action", action.getClass().getSimpleName()).log("Applying");
        parts.applying().apply(gathered, action, now);
        parts.telling().applied(gathered, action, clock.instant());
        yield again();
      }
      case Decision.Wait(var report, var lookAgain) -> {
        write(gathered, gathered.record(), report, now);
        // The framework's own longest interval counts only where none is named.
        yield after(lookAgain.compareTo(relook) < 0 ? lookAgain : relook);
      }
    };
  }

  private void write(Gathered gathered, RolloutRecord record, Report report, Instant now) {
    Rollout rollout = gathered.rollout();
    RolloutStatus before = RolloutStore.status(rollout);
    int pods = gathered.canary().map(canary -> canary.deployment().replicas()).orElse(0);
    Protection protection = gathered.seen().workload() instanceof Workload.Found found
        ? found.hold().protection()
        : null;
    RolloutStatus status = new StatusWriting(rollout.getMetadata().getGeneration(), pods, gathered.seen().attempt(),
        gathered.analysis(), gathered.images(), protection, now).status(before, record, report);
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

  private static UpdateControl<Rollout> after(Duration wait) {
    return UpdateControl.<Rollout>noUpdate().rescheduleAfter(wait);
  }

  private static UpdateControl<Rollout> again() {
    return UpdateControl.<Rollout>noUpdate().reschedule();
  }
}
