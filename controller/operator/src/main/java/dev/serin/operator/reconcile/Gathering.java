package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.traffic.TrafficRouter;
import dev.serin.operator.workload.WorkloadReader;
import dev.serin.operator.workload.WorkloadSight;
import dev.serin.operator.workload.WorkloadSnapshot;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Canary;
import dev.serin.rollout.Observation;
import dev.serin.rollout.PlannedStep;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.Wish;
import dev.serin.rollout.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads everything that a decision needs, live.
final class Gathering {

  private static final Duration MIN_DURATION = Duration.ofMinutes(2);
  private static final Duration MAX_DURATION = Duration.ofMinutes(30);
  private static final Pattern APPROVAL = Pattern.compile("([a-z2-7]{10})/([1-9][0-9]?)");

  private final WorkloadReader workloads;
  private final AnalysisStore analyses;
  private final TrafficRouter router;

  Gathering(WorkloadReader workloads, AnalysisStore analyses, TrafficRouter router) {
    this.workloads = workloads;
    this.analyses = analyses;
    this.router = router;
  }

  /// @param rollout
  ///          read live
  /// @param rival
  ///          an older Rollout for the same Deployment
  Gathered gather(Rollout rollout, Optional<String> rival, Instant now) {
    RolloutRecord record = StatusReading.record(RolloutStore.status(rollout));
    String deployment = rollout.getSpec().workloadRef().name();
    WorkloadSnapshot snapshot = rival.isPresent() ? null : workloads.read(rollout).orElse(null);
    AnalysisSight analysis = record.state() instanceof RolloutState.Underway underway
        ? analyses.read(rollout, underway.candidate()).orElse(null)
        : null;
    Workload workload = rival.<Workload>map(owner -> new Workload.Taken(deployment, owner))
        .orElseGet(() -> snapshot == null
            ? new Workload.Missing(deployment)
            : WorkloadSight.workload(rollout, snapshot, now));
    Canary canary = snapshot == null ? new Canary.Absent() : WorkloadSight.canary(rollout, snapshot);
    Attempt attempt = analysis == null
        ? new Attempt.Unopened()
        : new Attempt.Open(Frozen.steps(analysis.spec().steps()), Rulings.of(analysis));
    return new Gathered(rollout, record, snapshot, analysis,
        new Observation(workload, canary, attempt, wish(rollout, snapshot), approval(rollout)));
  }

  private Wish wish(Rollout rollout, @Nullable WorkloadSnapshot snapshot) {
    List<PlannedStep> explicit = Frozen.steps(rollout.getSpec().steps());
    String refusal = snapshot == null
        ? null
        : switch (router.preflight(target(rollout, snapshot), explicit)) {
          case TrafficRouter.Preflight.Possible() -> null;
          case TrafficRouter.Preflight.Refused(var change) -> change;
        };
    return new Wish(explicit, MIN_DURATION, MAX_DURATION, refusal);
  }

  static TrafficRouter.RouteTarget target(Rollout rollout, WorkloadSnapshot snapshot) {
    return new TrafficRouter.RouteTarget(rollout.getMetadata().getNamespace(), WorkloadReader.canaryName(rollout),
        Math.max(1, snapshot.stable().replicas()));
  }

  /// The step that a person approved: `<revision>/<step>`, the first step is 1. Anything else approves nothing.
  private static Observation.@Nullable Approval approval(Rollout rollout) {
    var annotations = rollout.getMetadata().getAnnotations();
    Matcher text = APPROVAL.matcher(annotations == null ? "" : annotations.getOrDefault(Keys.APPROVE, ""));
    return text.matches()
        ? new Observation.Approval(new Revision(text.group(1)), Integer.parseInt(text.group(2)) - 1)
        : null;
  }
}
