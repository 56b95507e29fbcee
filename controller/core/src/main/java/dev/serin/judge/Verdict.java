package dev.serin.judge;

import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The judge's answer to one window.
public sealed interface Verdict {

  /// Why a canary is rolled back.
  enum RollBackReason {
    /// A signature, or the total errors, is more frequent on the canary than its margin allows.
    SIGNATURE_REGRESSED,
    /// The same, but the canary is a single pod: nothing tells a bad version from a bad pod or node.
    SINGLE_POD,
    /// The evidence rests on one of several canary pods, and the deadline for replacing it has passed.
    ONE_BAD_POD,
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
    /// The evidence would roll back, but without one of several canary pods it would not: that pod should be replaced,
    /// on another node.
    ONE_BAD_POD,
    /// The window is incomplete and counts nothing.
    INCOMPLETE_WINDOW,
    /// At least one arm saw no traffic in this window.
    IDLE,
    /// All pods of an arm are younger than the warm-up.
    WARMING_UP,
    /// The window lies before the canary.
    BURN_IN,
    /// The window is older than the evidence and was ignored.
    ALREADY_JUDGED
  }

  /// The canary is worse; withdraw it.
  ///
  /// @param reason
  ///          what fired
  /// @param blamed
  ///          signatures that are guilty: the probability that any innocent one is ever blamed is at most alpha
  /// @param suspects
  ///          signatures with the largest shares of the evidence, the most telling first; empty for a crash loop
  /// @param pods
  ///          crashing pods; empty unless the reason is a crash loop
  /// @param strength
  ///          the evidence; [Strength#NONE] for a crash loop, which needs none
  record RollBack(RollBackReason reason, List<SignatureId> blamed, List<Suspect> suspects, List<PodFacts> pods,
      Strength strength) implements Verdict {
    public RollBack {
      blamed = List.copyOf(blamed);
      suspects = List.copyOf(suspects);
      pods = List.copyOf(pods);
    }
  }

  /// Go on with the step.
  ///
  /// @param reason
  ///          why
  /// @param pods
  ///          the canary pods to replace; empty unless the reason is one bad pod
  /// @param progress
  ///          how far the step came
  record Hold(HoldReason reason, List<String> pods, Progress progress) implements Verdict {
    public Hold {
      pods = List.copyOf(pods);
    }
  }

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

  /// The evidence at the end of a window. Logarithms are natural and within -700..700.
  ///
  /// @param logG
  ///          evidence against the canary
  /// @param logGwin
  ///          the same when a window counts like one event, which assumes nothing inside windows
  /// @param logLopo
  ///          the smallest evidence that is left without one of the canary's pods; null while the canary has a single pod
  /// @param logThreshold
  ///          what `logG` must reach to roll back
  /// @param ratio
  ///          what the total errors say about the canary's rate
  /// @param modelSuspect
  ///          whether a stable pod, judged as if it were the canary, would have been rolled back: then events depend on
  ///          each other more than the calibration knows
  record Strength(double logG, double logGwin, @Nullable Double logLopo, double logThreshold, Ratio ratio,
      boolean modelSuspect) {

    /// No evidence was needed.
    public static final Strength NONE = new Strength(0, 0, null, 0, new Ratio(1, 0, Double.POSITIVE_INFINITY), false);
  }

  /// The canary's rate as a multiple of the baseline's, with a confidence sequence: the interval holds the true ratio at
  /// all times together, except with probability 5 %.
  ///
  /// @param estimate
  ///          as [Suspect#rateRatio]; 1 without events
  /// @param low
  ///          lower end; 0 while anything below 1/16 is possible
  /// @param high
  ///          upper end; infinite while anything above 64 is possible
  record Ratio(double estimate, double low, double high) {}

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
  /// @param advance
  ///          what else it needs
  /// @param strength
  ///          the evidence
  record Progress(Duration elapsed, Duration minDuration, double canaryExposure, long minRequests,
      double expectedEvents, Policy.Advance advance, Strength strength) {

    /// Natural logarithm of the evidence against the canary, within -700..700.
    public double logG() {
      return strength.logG();
    }

    /// Natural logarithm of the evidence that rolls back.
    public double logThreshold() {
      return strength.logThreshold();
    }
  }
}
