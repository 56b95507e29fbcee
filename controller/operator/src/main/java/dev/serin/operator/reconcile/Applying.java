package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.VerdictType;
import dev.serin.operator.record.AnalysisSight;
import dev.serin.operator.record.AnalysisStore;
import dev.serin.operator.record.Frozen;
import dev.serin.operator.record.RolloutStore;
import dev.serin.operator.source.BurnIn;
import dev.serin.operator.source.SourcePolicy;
import dev.serin.operator.traffic.TrafficRouter;
import dev.serin.operator.traffic.TrafficRouter.Split;
import dev.serin.operator.workload.DeploymentView;
import dev.serin.operator.workload.PodTemplate;
import dev.serin.operator.workload.WorkloadSnapshot;
import dev.serin.operator.workload.WorkloadSnapshot.CanarySnapshot;
import dev.serin.operator.workload.WorkloadWriter;
import dev.serin.rollout.Action;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutState;
import dev.serin.signature.tenant.TenantKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Applies one action. Applying it again after a crash changes nothing.
final class Applying {

  private final WorkloadWriter workloads;
  private final TrafficRouter router;
  private final RolloutStore rollouts;
  private final AnalysisStore analyses;
  private final BurnIns burnIns;
  private final Releasing releasing;
  private final TenantKey tenantKey;

  Applying(WorkloadWriter workloads, TrafficRouter router, RolloutStore rollouts, AnalysisStore analyses,
      BurnIns burnIns, Releasing releasing, TenantKey tenantKey) {
    this.workloads = workloads;
    this.router = router;
    this.rollouts = rollouts;
    this.analyses = analyses;
    this.burnIns = burnIns;
    this.releasing = releasing;
    this.tenantKey = tenantKey;
  }

  void apply(Gathered gathered, Action action, Instant now) {
    Rollout rollout = gathered.rollout();
    switch (action) {
      case Action.LabelWorkload() -> workloads.label(rollout, stable(gathered));
      case Action.KeepTemplate(var revision) -> workloads.keep(rollout, stable(gathered),
          template(gathered.presentWorkload(), revision), gathered.record().sequence(),
          () -> rollouts.reread(rollout).isPresent());
      case Action.DropTemplate(var revision) -> workloads.drop(rollout, revision);
      case Action.OpenAnalysis opening -> open(gathered, opening, now);
      case Action.DropAnalysis(var name) -> analyses.drop(rollout, name);
      case Action.Condemn(var ruling) -> condemn(gathered.presentAnalysis(), ruling, now);
      case Action.Guard() -> rollouts.guard(rollout, true);
      case Action.Unguard() -> rollouts.guard(rollout, false);
      case Action.CreateCanary(var candidate) -> workloads.createCanary(rollout, stable(gathered),
          template(gathered.presentWorkload(), candidate.revision()));
      case Action.ScaleCanary scale -> scale(gathered, scale);
      case Action.DeleteCanary() ->
        gathered.canary().map(CanarySnapshot::deployment).ifPresent(workloads::deleteCanary);
      case Action.Resume(var order, var expected) -> resume(gathered.presentWorkload(), order, expected);
      case Action.KeepPaused() -> workloads.keepPaused(stable(gathered));
      case Action.EndKeepingPaused() -> workloads.endKeepingPaused(stable(gathered));
      case Action.RestoreTemplate(var revision) -> workloads.restore(rollout, stable(gathered), revision);
      case Action.ReleaseWorkload(var resume) -> releasing.release(stable(gathered), resume);
      case Action.EmptyStray _ -> gathered.presentWorkload().stray().ifPresent(workloads::empty);
      case Action.DeleteStray _ -> gathered.presentWorkload().stray().ifPresent(workloads::delete);
    }
  }

  private static DeploymentView stable(Gathered gathered) {
    return gathered.presentWorkload().stable();
  }

  private void open(Gathered gathered, Action.OpenAnalysis opening, Instant now) {
    Rollout rollout = gathered.rollout();
    var policy = rollout.getSpec().analysis();
    var logs = AnalysisSpec.Logs.of(policy, tenantKey.id());
    BurnIn burnIn = burnIns.read(
        Targets.of(gathered.presentWorkload(), opening.stable().revision(), opening.candidate().revision(),
            policy.logContainer()),
        new SourcePolicy(policy.windowValue(), policy.warmupValue(), Frozen.rules(logs), Frozen.tenants(logs),
            Optional.of(tenantKey), List.of(), Set.of()),
        now)
        .orElseThrow(() -> new Crowded("the burn-ins of other Rollouts are being read"));
    analyses.open(rollout, opening.candidate(), AnalysisOpening.of(rollout, opening, burnIn, logs));
  }

  private void condemn(AnalysisSight analysis, Attempt.RollBack ruling, Instant now) {
    AnalysisStatus before = analysis.status();
    analyses.write(analysis, new AnalysisStatus(before.windowSequence(), before.step(), before.windows(),
        new AnalysisStatus.Verdict(VerdictType.ROLL_BACK, ruling.reason().name(), ruling.message(), now,
            before.windowSequence()),
        before.evidence(), before.signatures(), before.renames(), before.exposure(), before.modelSuspect()));
  }

  private void scale(Gathered gathered, Action.ScaleCanary scale) {
    var target = Gathering.target(gathered.rollout(), gathered.workload());
    if (scale.to() == 0) {
      router.withdraw(target);
      return;
    }
    if (!(gathered.record().state() instanceof RolloutState.Underway state)) {
      throw new IllegalStateException("no state without a candidate gives a canary pods");
    }
    var applied = router.apply(target, new Split(state.candidate().revision(), scale.to(), scale.from()),
        () -> rollouts.stands(gathered.rollout()));
    if (applied instanceof TrafficRouter.Applied.Overtaken) {
      throw new Overtaken("the canary or its Rollout changed since it was read");
    }
  }

  private void resume(WorkloadSnapshot workload, long order, Revision expected) {
    if (!workload.live().equals(expected)) {
      throw new Overtaken("the template changed since it was judged");
    }
    workloads.resume(workload.stable(), order);
  }

  private static PodTemplate template(WorkloadSnapshot workload, Revision revision) {
    PodTemplate template = workload.templates().get(revision);
    if (template == null) {
      throw new Overtaken("no ReplicaSet has the template of revision " + revision + " any more");
    }
    return template;
  }
}
