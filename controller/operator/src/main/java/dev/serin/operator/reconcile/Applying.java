package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.VerdictType;
import dev.serin.operator.source.BurnIn;
import dev.serin.operator.source.SignatureSource;
import dev.serin.operator.source.SourcePolicy;
import dev.serin.operator.traffic.TrafficRouter;
import dev.serin.operator.traffic.TrafficRouter.Split;
import dev.serin.operator.workload.PodTemplate;
import dev.serin.operator.workload.WorkloadSnapshot;
import dev.serin.operator.workload.WorkloadWriter;
import dev.serin.rollout.Action;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.Ruling;
import java.time.Instant;

/// Applies one action. Applying it again after a crash changes nothing.
final class Applying {

  private final WorkloadWriter workloads;
  private final TrafficRouter router;
  private final AnalysisStore analyses;
  private final SignatureSource source;

  Applying(WorkloadWriter workloads, TrafficRouter router, AnalysisStore analyses, SignatureSource source) {
    this.workloads = workloads;
    this.router = router;
    this.analyses = analyses;
    this.source = source;
  }

  void apply(Gathered gathered, Action action, Instant now) {
    Rollout rollout = gathered.rollout();
    WorkloadSnapshot workload = gathered.presentWorkload();
    switch (action) {
      case Action.LabelWorkload() -> workloads.label(rollout, workload.stable());
      case Action.KeepTemplate(var revision) ->
        workloads.keep(rollout, workload.stable(), template(workload, revision), gathered.record().sequence());
      case Action.OpenAnalysis opening -> open(gathered, workload, opening, now);
      case Action.Condemn(var ruling) -> condemn(gathered.presentAnalysis(), ruling, now);
      case Action.CreateCanary(var candidate) ->
        workloads.createCanary(rollout, workload.stable(), template(workload, candidate.revision()));
      case Action.ScaleCanary scale -> scale(gathered, workload, scale);
      case Action.DeleteCanary() -> workload.canary().ifPresent(workloads::deleteCanary);
      case Action.Resume(var order, var expected) -> resume(workload, order, expected);
      case Action.RestoreTemplate(var revision) -> workloads.restore(rollout, workload.stable(), revision);
    }
  }

  private void open(Gathered gathered, WorkloadSnapshot workload, Action.OpenAnalysis opening, Instant now) {
    Rollout rollout = gathered.rollout();
    var policy = rollout.getSpec().analysis();
    Revision stable = opening.stable().revision();
    BurnIn burnIn = source.burnIn(
        Targets.of(workload, stable, opening.candidate().revision(), policy.logContainer()),
        new SourcePolicy(policy.windowValue(), Frozen.rules(policy)), now);
    Analysis analysis = AnalysisOpening.of(rollout, opening, burnIn,
        analyses.freeName(rollout, opening.candidate()));
    analyses.create(analysis);
  }

  private void condemn(AnalysisSight analysis, Ruling.RollBack ruling, Instant now) {
    AnalysisStatus before = analysis.status();
    analyses.write(analysis, new AnalysisStatus(before.windowSequence(), before.step(), before.windows(),
        new AnalysisStatus.Verdict(VerdictType.ROLL_BACK, ruling.reason().name(), ruling.message(), now,
            before.windowSequence()),
        before.evidence(), before.signatures(), before.exposure()));
  }

  private void scale(Gathered gathered, WorkloadSnapshot workload, Action.ScaleCanary scale) {
    var target = Gathering.target(gathered.rollout(), workload);
    if (scale.to() == 0) {
      router.withdraw(target);
      return;
    }
    if (!(gathered.record().state() instanceof RolloutState.Underway state)) {
      throw new IllegalStateException("no state without a candidate gives a canary pods");
    }
    var applied = router.apply(target, new Split(state.candidate().revision(), scale.to(), scale.from()));
    if (applied instanceof TrafficRouter.Applied.Overtaken) {
      throw new Overtaken("the canary changed since it was read");
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
