package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.metrics.RolloutName;
import dev.serin.operator.metrics.RolloutSample;
import dev.serin.operator.metrics.SerinMetrics;
import dev.serin.operator.metrics.SignatureClass;
import dev.serin.operator.notify.EventRecorder;
import dev.serin.operator.notify.EventType;
import dev.serin.operator.record.RolloutStore;
import dev.serin.rollout.Action;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutState;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people what happened: events, metrics and one log line a transition.
final class Telling {

  private static final Logger log = LoggerFactory.getLogger(Telling.class);

  private final SerinMetrics metrics;
  private final EventRecorder events;

  Telling(SerinMetrics metrics, EventRecorder events) {
    this.metrics = metrics;
    this.events = events;
  }

  void judged(Gathered gathered, Judging.Outcome outcome, Instant now) {
    Rollout rollout = gathered.rollout();
    metrics.sampled(name(rollout), sample(gathered, SignatureClass.counts(outcome.signatures())));
    outcome.news().forEach(news -> events.record(rollout, EventType.NORMAL, news.reason(), news.sentence()));
    outcome.windows()
        .forEach(window -> metrics.windowClosed(new dev.serin.operator.metrics.ClosedWindow(name(rollout), "podLogs",
            window.window().complete(), window.window().end(), now)));
  }

  /// Judging went on from recorded evidence: whoever waits for a verdict learns what a restart cost.
  void resumed(Rollout rollout) {
    events.record(rollout, EventType.NORMAL, "ControllerResumed",
        "The controller was restarted: judging goes on from the recorded evidence, windows that closed meanwhile count "
            + "for neither arm.");
  }

  /// A request of a person was refused.
  void refused(Rollout rollout, String refusal) {
    events.record(rollout, EventType.WARNING, "RequestIgnored", refusal);
  }

  /// A look came to nothing, and the status says why.
  void failed(Rollout rollout, Report report) {
    events.record(rollout, EventType.WARNING, report.reason().name(), report.message());
    log.atWarn().addKeyValue("namespace", rollout.getMetadata().getNamespace())
        .addKeyValue("rollout", rollout.getMetadata().getName()).addKeyValue("reason", report.reason().name())
        .addKeyValue("message", report.message()).log("Stalled");
  }

  /// The status was written.
  void wrote(Gathered before, RolloutRecord record, Report report, Instant now) {
    Rollout rollout = before.rollout();
    RolloutState state = record.state();
    boolean moved = !state.equals(before.record().state());
    if (!moved && report.reason().name().equals(reason(rollout))) {
      return;
    }
    boolean refused = !record.vetoes().isEmpty() && !before.record().vetoes().contains(record.vetoes().getFirst());
    boolean warning = refused || report.kind() == Report.Kind.STALLED;
    events.record(rollout, warning ? EventType.WARNING : EventType.NORMAL, report.reason().name(), report.message());
    log.atInfo().addKeyValue("namespace", rollout.getMetadata().getNamespace())
        .addKeyValue("rollout", rollout.getMetadata().getName())
        .addKeyValue("state", state.getClass().getSimpleName()).addKeyValue("reason", report.reason().name())
        .addKeyValue("message", report.message()).log(moved ? "Recorded" : "Reported");
    AnalysisStatus.Verdict verdict = before.analysis() == null ? null : before.analysis().status().verdict();
    if (moved && verdict != null && (state instanceof RolloutState.Promoting || refused
        || state instanceof RolloutState.Raising)) {
      metrics.decided(verdict.type().wireName(), report.reason().name());
    }
    if (moved && before.condemned() && before.record().state() instanceof RolloutState.Restoring
        && state instanceof RolloutState.Idle) {
      withoutCanaryTraffic(before, now);
    }
  }

  /// An action was applied.
  void applied(Gathered before, Action action, Instant now) {
    // While promoting, the user's own pods serve the canary's version too: its traffic ends when stable is restored.
    boolean held = !(before.record().state() instanceof RolloutState.Promoting);
    if (held && before.condemned() && action instanceof Action.ScaleCanary(var _, var to) && to == 0) {
      withoutCanaryTraffic(before, now);
    }
  }

  private void withoutCanaryTraffic(Gathered before, Instant now) {
    AnalysisStatus.Verdict verdict = before.presentAnalysis().status().verdict();
    if (verdict != null && verdict.at() != null) {
      metrics.rolledBack(Duration.between(verdict.at(), now));
    }
  }

  void forget(Rollout rollout) {
    metrics.forget(name(rollout));
  }

  private static RolloutSample sample(Gathered gathered, Map<SignatureClass, Integer> signatures) {
    RolloutState state = gathered.record().state();
    String name = state.getClass().getSimpleName();
    return switch (state) {
      case RolloutState.Raising raising -> new RolloutSample(name, true, weight(gathered, raising.step()), signatures);
      case RolloutState.Stepping stepping ->
        new RolloutSample(name, true, weight(gathered, stepping.step()), signatures);
      case RolloutState.Promoting _ -> new RolloutSample(name, true, 1, signatures);
      case RolloutState.Adopting _,RolloutState.Idle _,RolloutState.Starting _,RolloutState.Restoring _,RolloutState.Vetoed _,RolloutState.Overridden _ ->
        RolloutSample.idle(name);
    };
  }

  private static double weight(Gathered gathered, int step) {
    return gathered.seen().attempt() instanceof Attempt.Open open
        ? open.steps().get(step).weight().partsPerMillion() / 1e6
        : 0;
  }

  private static String reason(Rollout rollout) {
    return RolloutStore.status(rollout).conditions().stream().filter(condition -> "True".equals(condition.getStatus()))
        .map(Condition::getReason).findFirst().orElse("");
  }

  private static RolloutName name(Rollout rollout) {
    return new RolloutName(rollout.getMetadata().getNamespace(), rollout.getMetadata().getName());
  }
}
