package dev.serin.operator.reconcile;

import dev.serin.judge.Step;
import dev.serin.operator.source.ClosedWindow;
import dev.serin.rollout.PlannedStep;
import dev.serin.rollout.RolloutState;
import java.util.List;

/// Follows the candidate's logs while it gets traffic, folds closed windows, and records the evidence.
final class Judging {

  private final Trials trials;
  private final AnalysisStore analyses;

  Judging(Trials trials, AnalysisStore analyses) {
    this.trials = trials;
    this.analyses = analyses;
  }

  /// @param windows
  ///          folded now
  /// @param recorded
  ///          whether the Analysis was written: then this reconcile has made its write
  record Outcome(List<ClosedWindow> windows, boolean recorded) {}

  Outcome judge(Gathered gathered) {
    if (gathered.analysis() == null || gathered.workload() == null
        || !(gathered.record().state() instanceof RolloutState.Underway state) || !exposed(state)) {
      trials.end(gathered.rollout().getMetadata().getUid());
      return new Outcome(List.of(), false);
    }
    AnalysisSight analysis = gathered.analysis();
    Trial trial = trials.follow(gathered.rollout(), analysis);
    if (state instanceof RolloutState.Stepping stepping) {
      PlannedStep step = Frozen.steps(analysis.spec().steps()).get(stepping.step());
      trial.startStep(new Step(stepping.step(), stepping.startedAt(), step.minDuration(), step.maxDuration()));
    }
    trial.collector().follow(Targets.of(gathered.workload(), state.stable().revision(), state.candidate().revision(),
        gathered.rollout().getSpec().analysis().logContainer()), Targets.settled(gathered.workload()));
    List<ClosedWindow> windows = trial.fold();
    if (!trial.owesRecord(analysis)) {
      return new Outcome(windows, false);
    }
    analyses.write(analysis, trial.status(analysis));
    return new Outcome(windows, true);
  }

  /// Whether users may meet the candidate in this state.
  private static boolean exposed(RolloutState.Underway state) {
    return switch (state) {
      case RolloutState.Raising _,RolloutState.Stepping _,RolloutState.Promoting _ -> true;
      case RolloutState.Starting _,RolloutState.Restoring _,RolloutState.Vetoed _,RolloutState.Overridden _ -> false;
    };
  }
}
