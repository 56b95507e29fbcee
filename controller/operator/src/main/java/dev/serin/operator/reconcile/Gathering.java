package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.record.AnalysisSight;
import dev.serin.operator.record.AnalysisStore;
import dev.serin.operator.record.Frozen;
import dev.serin.operator.record.RolloutStore;
import dev.serin.operator.record.Rulings;
import dev.serin.operator.record.StatusReading;
import dev.serin.operator.traffic.TrafficRouter;
import dev.serin.operator.workload.HoldProof;
import dev.serin.operator.workload.WorkloadReader;
import dev.serin.operator.workload.WorkloadSight;
import dev.serin.operator.workload.WorkloadSnapshot;
import dev.serin.operator.workload.WorkloadSnapshot.CanarySnapshot;
import dev.serin.plan.PlannedStep;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Candidate;
import dev.serin.rollout.Observation;
import dev.serin.rollout.Observation.Leftovers;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.Observation.Tenure;
import dev.serin.rollout.Observation.Wish;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.Workload;
import dev.serin.rollout.Workload.Protection;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads everything that a decision needs, live.
final class Gathering {

  private static final Duration MIN_DURATION = Duration.ofMinutes(2);
  private static final Duration MAX_DURATION = Duration.ofMinutes(30);

  private final WorkloadReader workloads;
  private final AnalysisStore analyses;
  private final TrafficRouter router;
  private final HoldProof proof;

  Gathering(WorkloadReader workloads, AnalysisStore analyses, TrafficRouter router, HoldProof proof) {
    this.workloads = workloads;
    this.analyses = analyses;
    this.router = router;
    this.proof = proof;
  }

  /// @param rollout
  ///          read live
  /// @param rival
  ///          an older Rollout for the same Deployment
  Gathered gather(Rollout rollout, Optional<String> rival, Instant now) {
    RolloutRecord written = StatusReading.record(RolloutStore.status(rollout));
    WorkloadSnapshot snapshot = rival.isPresent() ? null : workloads.read(rollout).orElse(null);
    Optional<CanarySnapshot> canary = snapshot == null ? workloads.canary(rollout) : snapshot.canary();
    AnalysisSight analysis = written.state() instanceof RolloutState.Underway underway
        ? analysis(rollout, underway.candidate())
        : null;
    Attempt attempt = analysis == null
        ? new Attempt.Unopened()
        : new Attempt.Open(Frozen.steps(analysis.spec().steps()), Rulings.of(analysis));
    RolloutRecord record = StatusReading.within(attempt, written);
    return new Gathered(rollout, record, snapshot, canary, analysis,
        new Observation(workload(rollout, rival, snapshot, record, now), WorkloadSight.canary(rollout, canary), attempt,
            wish(rollout, snapshot), requests(rollout), tenure(rollout), leftovers(rollout, snapshot, record)));
  }

  /// The definition of Analyses may go with that of Rollouts. A Rollout that is being deleted must not stay for that: it
  /// would keep its canary for ever.
  private @Nullable AnalysisSight analysis(Rollout rollout, Candidate candidate) {
    try {
      return analyses.read(rollout, candidate).orElse(null);
    } catch (KubernetesClientException e) {
      if (tenure(rollout).leaving() && RolloutReconciler.unserved(e)) {
        return null;
      }
      throw e;
    }
  }

  private Workload workload(Rollout rollout, Optional<String> rival, @Nullable WorkloadSnapshot snapshot,
      RolloutRecord record, Instant now) {
    String deployment = rollout.getSpec().workloadRef().name();
    return rival.<Workload>map(owner -> new Workload.Taken(deployment, owner)).orElseGet(() -> snapshot == null
        ? new Workload.Missing(deployment)
        : WorkloadSight.workload(rollout, snapshot, protection(rollout, snapshot, record, now), now));
  }

  /// Before the label is there nothing can hold.
  private Protection protection(Rollout rollout, WorkloadSnapshot snapshot, RolloutRecord record, Instant now) {
    boolean ours = snapshot.stable().label(Keys.ROLLOUT).equals(rollout.getMetadata().getName());
    // A template that rolls without our order was released by a person, or nothing held it: an old proof cannot tell.
    boolean doubtful = !snapshot.stable().paused()
        && (record.veto(snapshot.live()).isPresent() || unordered(record.state(), snapshot.live()));
    return ours
        ? proof.protection(rollout.getSpec().hold(), snapshot.stable(), doubtful, now)
        : new Protection.Unproven("Nothing holds the Deployment before it carries the label " + Keys.ROLLOUT + ".");
  }

  private static boolean unordered(RolloutState state, Revision live) {
    return switch (state) {
      case RolloutState.Idle(var stable) -> !live.equals(stable.revision());
      case RolloutState.Starting _,RolloutState.Raising _,RolloutState.Stepping _,RolloutState.Vetoed _ -> true;
      case RolloutState.Adopting _,RolloutState.Promoting _,RolloutState.Restoring _,RolloutState.Overridden _ -> false;
    };
  }

  /// The Rollout is gone.
  void forget(Rollout rollout) {
    proof.forget(rollout.getMetadata().getNamespace(), rollout.getSpec().workloadRef().name());
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

  static TrafficRouter.RouteTarget target(Rollout rollout, @Nullable WorkloadSnapshot snapshot) {
    return new TrafficRouter.RouteTarget(rollout.getMetadata().getNamespace(), WorkloadReader.canaryName(rollout),
        snapshot == null ? 1 : Math.max(1, snapshot.stable().replicas()));
  }

  private static Requests requests(Rollout rollout) {
    Map<String, String> annotations = Objects.requireNonNullElse(rollout.getMetadata().getAnnotations(), Map.of());
    return new Requests(bounded(annotations.get(Keys.APPROVE)), bounded(annotations.get(Keys.RETRY)));
  }

  /// Anything longer than these ever are is refused all the same, and must fit into the status.
  private static @Nullable String bounded(@Nullable String text) {
    return text == null || text.length() <= 64 ? text : text.substring(0, 64);
  }

  private static Tenure tenure(Rollout rollout) {
    return new Tenure(RolloutStore.guarded(rollout), rollout.getMetadata().getDeletionTimestamp() != null);
  }

  private Leftovers leftovers(Rollout rollout, @Nullable WorkloadSnapshot snapshot, RolloutRecord record) {
    return new Leftovers(snapshot == null ? null : WorkloadSight.stray(snapshot),
        !tenure(rollout).leaving() && collects(record.state()) ? analyses.surplus(rollout).orElse(null) : null);
  }

  /// Whether surplus Analyses are looked for: at rest, and before the next one is made. A list of them is large.
  private static boolean collects(RolloutState state) {
    return switch (state) {
      case RolloutState.Idle _,RolloutState.Vetoed _,RolloutState.Starting _ -> true;
      case RolloutState.Adopting _,RolloutState.Raising _,RolloutState.Stepping _,RolloutState.Promoting _,RolloutState.Restoring _,RolloutState.Overridden _ ->
        false;
    };
  }
}
