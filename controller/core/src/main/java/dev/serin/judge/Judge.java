package dev.serin.judge;

import dev.serin.judge.Verdict.HoldReason;
import dev.serin.judge.Verdict.Progress;
import dev.serin.judge.Verdict.RollBackReason;
import dev.serin.stats.Thresholds;
import java.time.Duration;
import java.util.List;

/// Decides about the canary after each window.
///
/// For a canary that is no worse than its margins, P(ever rolled back for a signature) ≤ alpha, over all signatures,
/// known and novel, all steps and any sequence of weights. Total failure of the canary rolls back without statistics.
/// Not guaranteed: independence of windows given the past is assumed; a fault tied to one arm for many windows (a bad
/// node, a sticky tenant) looks like a bad version.
public final class Judge {

  private static final double STABLE_FAILS = 0.5;
  private static final int SILENT_WINDOWS = 6;

  /// Without any event G is 1 up to rounding, and must not keep a faultless canary from advancing.
  private static final double NO_EVIDENCE = 1e-9;

  private Judge() {}

  /// Folds one closed window and says what follows. Durations of the step are measured at the window's end.
  ///
  /// A window that was folded before changes nothing: the last one gives its verdict again, older ones hold.
  ///
  /// @param evidence
  ///          gathered under the same policy
  /// @param window
  ///          as long as the policy's windows
  /// @param policy
  ///          the one the evidence began with
  /// @throws IllegalArgumentException
  ///           for another policy or another length of window
  public static Judgement judge(Evidence evidence, Window window, Policy policy) {
    if (!evidence.policy().equals(policy)) {
      throw new IllegalArgumentException("the evidence belongs to another policy: " + evidence.policy().configHash()
          + ", not " + policy.configHash());
    }
    if (!window.length().equals(policy.window())) {
      throw new IllegalArgumentException("window must be " + policy.window() + " long, was " + window.length());
    }
    if (window.sequence() < evidence.lastSequence()) {
      return new Judgement(evidence,
          new Verdict.Hold(HoldReason.ALREADY_JUDGED, List.of(), progress(evidence, window)));
    }
    var warm = Window.Cells.of(window, policy.cadence().warmup());
    var next = window.sequence() == evidence.lastSequence() ? evidence : evidence.after(window, warm);
    return new Judgement(next, verdict(next, window, warm));
  }

  /// Exposure of the canary that is enough to advance, however rare errors are.
  static double enoughExposure(ExposureKind kind) {
    return switch (kind) {
      case REQUESTS -> Thresholds.ENOUGH_REQUESTS;
      case POD_SECONDS -> 600;
    };
  }

  private static Verdict verdict(Evidence evidence, Window window, Window.Cells warm) {
    var progress = progress(evidence, window);
    if (allRequestsFail(evidence)) {
      return new Verdict.RollBack(RollBackReason.ALL_REQUESTS_FAIL, evidence.blamed(), List.of(failing(evidence)),
          List.of(), progress.strength());
    }
    var charge = evidence.charge();
    return switch (charge.standing()) {
      case GUILTY -> rollBack(RollBackReason.SIGNATURE_REGRESSED, evidence);
      case SINGLE_POD -> rollBack(RollBackReason.SINGLE_POD, evidence);
      case ONE_BAD_POD -> deadlinePassed(evidence, window)
          ? rollBack(RollBackReason.ONE_BAD_POD, evidence)
          : new Verdict.Hold(HoldReason.ONE_BAD_POD, charge.badPods(), progress);
      case WEAK, THIN -> withoutCharge(evidence, window, warm, progress);
    };
  }

  private static Verdict rollBack(RollBackReason reason, Evidence evidence) {
    return new Verdict.RollBack(reason, evidence.blamed(), evidence.suspects(), List.of(), evidence.strength());
  }

  private static boolean deadlinePassed(Evidence evidence, Window window) {
    var since = evidence.charge().badPodSince();
    return since != null && !since.plus(evidence.policy().cadence().deadline()).isAfter(window.end());
  }

  private static Verdict withoutCharge(Evidence evidence, Window window, Window.Cells warm, Progress progress) {
    var streaks = evidence.streaks();
    if (streaks.canary().windows() >= SILENT_WINDOWS) {
      return noData(Arm.CANARY, streaks.canary());
    }
    if (streaks.baseline().windows() >= SILENT_WINDOWS) {
      return noData(Arm.BASELINE, streaks.baseline());
    }
    return ofStep(evidence, window, warm, progress);
  }

  private static Verdict ofStep(Evidence evidence, Window window, Window.Cells warm, Progress progress) {
    boolean seen = window.complete() && !window.burnIn() && Window.Cells.exposure(warm.canary()) > 0
        && Window.Cells.exposure(warm.stable()) > 0;
    var step = evidence.step();
    if (step.isPresent() && seen && mayAdvance(evidence, progress)) {
      return new Verdict.Advance(progress);
    }
    if (step.isPresent() && progress.elapsed().compareTo(step.get().maxDuration()) >= 0) {
      var wanted = evidence.policy().onInconclusive();
      boolean whole = seen && progress.canaryExposure() >= progress.minRequests() && progress.canaryExposure() > 0;
      return new Verdict.Inconclusive(wanted == OnInconclusive.PROMOTE && !whole ? OnInconclusive.HOLD : wanted,
          progress);
    }
    return new Verdict.Hold(holdReason(window, seen, progress), List.of(), progress);
  }

  private static boolean mayAdvance(Evidence evidence, Progress progress) {
    boolean minima = progress.elapsed().compareTo(progress.minDuration()) >= 0
        && progress.canaryExposure() >= progress.minRequests();
    return minima && switch (evidence.policy().advance().rule()) {
      case PROVEN -> evidence.isProven();
      case UNSUSPECTED -> progress.logG() < NO_EVIDENCE && (progress.expectedEvents() >= Thresholds.EXPECTED_ERRORS
          || progress.canaryExposure() >= enoughExposure(evidence.policy().exposure()));
    };
  }

  private static HoldReason holdReason(Window window, boolean seen, Progress progress) {
    if (window.burnIn()) {
      return HoldReason.BURN_IN;
    }
    if (!window.complete()) {
      return HoldReason.INCOMPLETE_WINDOW;
    }
    if (!seen) {
      return window.exposure(Arm.CANARY) > 0 && window.exposure(Arm.BASELINE) > 0
          ? HoldReason.WARMING_UP
          : HoldReason.IDLE;
    }
    return progress.logG() < NO_EVIDENCE ? HoldReason.COLLECTING : HoldReason.SUSPICIOUS;
  }

  private static boolean allRequestsFail(Evidence evidence) {
    var failing = evidence.streaks().failing();
    return failing.canary() >= Thresholds.ALL_FAIL_REQUESTS
        && failing.baselineFailures() < STABLE_FAILS * failing.baseline();
  }

  private static Verdict.Suspect failing(Evidence evidence) {
    var failing = evidence.streaks().failing();
    double rate = failing.baselineFailures() / failing.baseline();
    return new Verdict.Suspect(Evidence.TOTAL_ERRORS, (long) failing.canary(), failing.canary(),
        (long) failing.baselineFailures(), failing.baseline(), 1 / rate, 1);
  }

  private static Verdict noData(Arm arm, Evidence.Silence silence) {
    return new Verdict.NoData(arm, silence.windows(), silence.otherExposure());
  }

  /// A step may have brought pods that are young: it is not left before they were judged.
  private static Duration shortest(Step step, Policy.Cadence cadence) {
    Duration warm = cadence.warmup().isZero() ? Duration.ZERO : cadence.warmup().plus(cadence.window());
    return step.minDuration().compareTo(warm) >= 0 ? step.minDuration() : warm;
  }

  private static Progress progress(Evidence evidence, Window window) {
    var policy = evidence.policy();
    var counts = evidence.stepCounts();
    var step = counts.step();
    long minRequests = switch (policy.exposure()) {
      case REQUESTS -> policy.advance().minRequests();
      case POD_SECONDS -> 0;
    };
    var elapsed = step == null ? Duration.ZERO : Duration.between(step.startedAt(), window.end());
    return new Progress(elapsed.isNegative() ? Duration.ZERO : elapsed,
        step == null ? Duration.ZERO : shortest(step, policy.cadence()), counts.canaryExposure(), minRequests,
        counts.expectedErrors(), policy.advance(), evidence.strength());
  }
}
