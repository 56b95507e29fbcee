package dev.serin.operator.record;

import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.VerdictType;
import dev.serin.judge.Verdict;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Attempt.Ruling;
import dev.serin.rollout.Reason;
import java.util.List;

/// What a recorded verdict allows the machine to do.
public final class Rulings {

  private Rulings() {}

  /// The ruling of the verdict that stands in the Analysis.
  public static Ruling of(AnalysisSight analysis) {
    AnalysisStatus.Verdict verdict = analysis.status().verdict();
    if (verdict == null) {
      return new Attempt.Stay(Reason.Collecting, "No window has been judged yet.");
    }
    String message = verdict.message() == null ? "" : verdict.message();
    Reason reason = StatusReading.reason(verdict.reason());
    AnalysisStatus.CurrentStep step = analysis.status().step();
    return switch (verdict.type()) {
      case ROLL_BACK -> new Attempt.RollBack(reason, message);
      case ADVANCE -> step == null || step.startedAt() == null
          ? new Attempt.Stay(Reason.Collecting, message)
          : new Attempt.Advance(step.index(), step.startedAt(), message);
      case HOLD, NO_DATA, INCONCLUSIVE, UNKNOWN -> new Attempt.Stay(reason, message);
    };
  }

  /// The verdict on a step that was passed before: it does not run out of time while it waits, only harm can end it.
  public static Verdict whenPassed(Verdict verdict) {
    return verdict instanceof Verdict.Inconclusive(var _, var progress)
        ? new Verdict.Hold(Verdict.HoldReason.SUSPICIOUS, List.of(), progress)
        : verdict;
  }

  /// How a verdict is written.
  public static VerdictType type(Verdict verdict) {
    return switch (verdict) {
      case Verdict.RollBack _ -> VerdictType.ROLL_BACK;
      case Verdict.Hold _ -> VerdictType.HOLD;
      case Verdict.NoData _ -> VerdictType.NO_DATA;
      case Verdict.Advance _ -> VerdictType.ADVANCE;
      // What follows a step without an answer was asked for beforehand; the reason still says that it had none.
      case Verdict.Inconclusive(var then, var _) -> switch (then) {
        case HOLD -> VerdictType.INCONCLUSIVE;
        case PROMOTE -> VerdictType.ADVANCE;
        case ROLL_BACK -> VerdictType.ROLL_BACK;
      };
    };
  }

  /// Why it was given.
  public static Reason reason(Verdict verdict) {
    return switch (verdict) {
      case Verdict.RollBack rollBack -> switch (rollBack.reason()) {
        case SIGNATURE_REGRESSED, SINGLE_POD, ONE_BAD_POD -> Reason.SignatureRegressed;
        case ALL_REQUESTS_FAIL -> Reason.AllRequestsFail;
        case CRASH_LOOP -> Reason.CrashLoop;
      };
      case Verdict.Hold hold -> switch (hold.reason()) {
        case COLLECTING, ALREADY_JUDGED, BURN_IN -> Reason.Collecting;
        case WARMING_UP -> Reason.WarmingUp;
        case SUSPICIOUS, ONE_BAD_POD -> Reason.Suspicious;
        case INCOMPLETE_WINDOW -> Reason.WindowIncomplete;
        case IDLE -> Reason.NoTraffic;
      };
      case Verdict.NoData _ -> Reason.NoData;
      case Verdict.Advance _ -> Reason.Advance;
      case Verdict.Inconclusive _ -> Reason.Inconclusive;
    };
  }
}
