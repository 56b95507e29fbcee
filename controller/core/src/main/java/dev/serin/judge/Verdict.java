package dev.serin.judge;

import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.List;

/// The judge's answer to one window.
public sealed interface Verdict {

  /// Why a canary is rolled back.
  enum RollBackReason {
    /// A signature, or the total errors, is more frequent on the canary than its margin allows.
    SIGNATURE_REGRESSED,
    /// At least 20 canary requests in a row failed while stable fails under half.
    ALL_REQUESTS_FAIL,
    /// A canary pod restarts again and again.
    CRASH_LOOP
  }

  /// Why the step goes on.
  enum HoldReason {
    /// Nothing speaks against the canary, but the step's minima are not reached.
    COLLECTING,
    /// The evidence is against the canary, but too weak to roll back.
    SUSPICIOUS,
    /// The window is incomplete and counts nothing.
    INCOMPLETE_WINDOW,
    /// At least one arm saw no traffic in this window.
    IDLE,
    /// The window is older than the evidence and was ignored.
    ALREADY_JUDGED
  }

  /// The canary is worse; withdraw it.
  ///
  /// @param reason
  ///          what fired
  /// @param suspects
  ///          signatures with the largest shares of the evidence, the most telling first; empty for a crash loop
  /// @param pods
  ///          crashing pods; empty unless the reason is a crash loop
  /// @param logG
  ///          natural logarithm of the evidence, within -700..700; 0 for a crash loop, which needs none
  /// @param logThreshold
  ///          natural logarithm of the evidence that rolls back; 0 for a crash loop
  record RollBack(RollBackReason reason, List<Suspect> suspects, List<PodFacts> pods, double logG, double logThreshold)
      implements
        Verdict {
    public RollBack {
      suspects = List.copyOf(suspects);
      pods = List.copyOf(pods);
    }
  }

  /// Go on with the step.
  record Hold(HoldReason reason, Progress progress) implements Verdict {}

  /// One arm has ready pods but shows nothing while the other has traffic: hold, never promote.
  ///
  /// @param arm
  ///          the arm without data
  /// @param windows
  ///          complete windows in a row without data, at least 6
  /// @param otherExposure
  ///          exposure of the other arm in these windows
  record NoData(Arm arm, long windows, double otherExposure) implements Verdict {}

  /// The step did its work; take the next one.
  record Advance(Progress progress) implements Verdict {}

  /// The step's maxDuration passed without a clear verdict.
  ///
  /// @param then
  ///          what to do: the policy's choice, but never PROMOTE on incomplete evidence (HOLD instead)
  /// @param progress
  ///          how far the step came
  record Inconclusive(OnInconclusive then, Progress progress) implements Verdict {}

  /// A signature that may be at fault, with its counts since the rollout began.
  ///
  /// @param signature
  ///          its ID; [Evidence#TOTAL_ERRORS] and [Evidence#OTHER] stand for sums
  /// @param canaryEvents
  ///          events on the canary
  /// @param canaryExposure
  ///          requests or pod-seconds of the canary
  /// @param baselineEvents
  ///          events on the baseline
  /// @param baselineExposure
  ///          requests or pod-seconds of the baseline
  /// @param rateRatio
  ///          canary's rate as a multiple of the baseline's, compared window by window so that changes of the weight
  ///          do not bias it; infinite if it never occurred on the baseline
  /// @param share
  ///          its part of the evidence, 0..1
  record Suspect(SignatureId signature, long canaryEvents, double canaryExposure, long baselineEvents,
      double baselineExposure, double rateRatio, double share) {}

  /// How far the step is, at the end of the window; zeros before the first step.
  ///
  /// @param elapsed
  ///          time in the step
  /// @param minDuration
  ///          its shortest stay
  /// @param canaryExposure
  ///          requests or pod-seconds of the canary in complete windows since the step began
  /// @param minRequests
  ///          canary requests that it needs; 0 with pod-seconds
  /// @param expectedEvents
  ///          total errors that the canary would have had at the baseline's rate
  /// @param logG
  ///          natural logarithm of the evidence against the canary, within -700..700
  /// @param logThreshold
  ///          natural logarithm of the evidence that rolls back
  record Progress(Duration elapsed, Duration minDuration, double canaryExposure, long minRequests,
      double expectedEvents, double logG, double logThreshold) {}
}
