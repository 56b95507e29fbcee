package dev.serin.operator.reconcile;

import dev.serin.judge.Evidence;
import dev.serin.judge.Step;
import dev.serin.operator.record.AnalysisSight;
import dev.serin.operator.record.AnalysisStore;
import dev.serin.operator.record.Dossier;
import dev.serin.operator.record.Frozen;
import dev.serin.operator.source.ClosedWindow;
import dev.serin.operator.workload.WorkloadSnapshot;
import dev.serin.plan.PlannedStep;
import dev.serin.rollout.RolloutState;
import java.util.List;
import java.util.Optional;

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
  /// @param unreadable
  ///          why nothing can be judged, if that is so
  /// @param signatures
  ///          under test now
  /// @param news
  ///          what people are told of signatures, once
  record Outcome(List<ClosedWindow> windows, boolean recorded, Optional<String> unreadable,
      List<Evidence.SignatureEvidence> signatures, List<Dossier.News> news) {

    private static Outcome nothing(Optional<String> unreadable) {
      return new Outcome(List.of(), false, unreadable, List.of(), List.of());
    }
  }

  Outcome judge(Gathered gathered) {
    if (gathered.analysis() == null || gathered.workload() == null
        || gathered.rollout().getMetadata().getDeletionTimestamp() != null
        || !(gathered.record().state() instanceof RolloutState.Underway state) || !exposed(state)) {
      trials.end(gathered.rollout());
      return Outcome.nothing(Optional.empty());
    }
    try {
      return judge(gathered, gathered.analysis(), state);
    } catch (EvidenceUnreadable e) {
      trials.end(gathered.rollout());
      return Outcome.nothing(Optional.of(e.change()));
    }
  }

  private Outcome judge(Gathered gathered, AnalysisSight analysis, RolloutState.Underway state) {
    Trial trial = trials.follow(gathered.rollout(), analysis);
    if (state instanceof RolloutState.Stepping stepping) {
      PlannedStep step = Frozen.steps(analysis.spec().steps()).get(stepping.step());
      trial.startStep(new Step(stepping.step(), stepping.startedAt(), step.minDuration(), step.maxDuration()));
    } else {
      trial.endStep();
    }
    WorkloadSnapshot workload = gathered.presentWorkload();
    trial.collector().follow(Targets.of(workload, state.stable().revision(), state.candidate().revision(),
        Optional.ofNullable(analysis.spec().logs().container())));
    List<ClosedWindow> windows = trial.fold();
    List<Dossier.News> news = trial.news();
    boolean owed = trial.owesRecord(analysis);
    if (owed) {
      analyses.write(analysis, trial.status(analysis));
    }
    // Only now: a write that fails is tried again, and nobody was told.
    trial.told();
    return new Outcome(windows, owed, Optional.empty(), trial.signatures(), news);
  }

  /// Whether users may meet the candidate in this state.
  private static boolean exposed(RolloutState.Underway state) {
    return switch (state) {
      case RolloutState.Raising _,RolloutState.Stepping _,RolloutState.Promoting _ -> true;
      case RolloutState.Starting _,RolloutState.Restoring _,RolloutState.Vetoed _,RolloutState.Overridden _ -> false;
    };
  }
}
