package dev.serin.judge;

import dev.serin.signature.SignatureId;
import dev.serin.stats.Thresholds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the evidence amounts to at the end of a window.
///
/// @param standing
///          whether it would roll back
/// @param strength
///          how strong it is
/// @param blamed
///          guilty signatures, in index order
/// @param badPods
///          canary pods without which the evidence is not enough; empty unless the standing says so
/// @param badPodSince
///          end of the first of the windows in a row in which the standing said so; null if it does not
record Charge(Standing standing, Verdict.Strength strength, List<SignatureId> blamed, List<String> badPods,
    @Nullable Instant badPodSince) {

  private static final double LARGEST_EXPORT = 700;

  /// Probability that the interval of the rate ratio ever misses the true one.
  private static final double RATIO_ALPHA = 0.05;

  static final double LOG_CAUTIOUS = StrictMath.log(Thresholds.CAUTIOUS);

  /// Whether the evidence would roll back.
  enum Standing {
    /// Not enough.
    WEAK,
    /// Enough, but it rests on fewer than three events above the margin, or only on what the past promises about clusters.
    THIN,
    /// Enough, but not without one of several canary pods.
    ONE_BAD_POD,
    /// Enough; the canary is a single pod.
    SINGLE_POD,
    /// Enough, whichever pod is left out.
    GUILTY
  }

  static Charge of(Hypotheses hypotheses, double logThreshold, @Nullable Instant badPodSince) {
    double logG = hypotheses.logG();
    double logGwin = hypotheses.logGwin();
    var lopo = hypotheses.logGlopo();
    var total = hypotheses.tracks().getFirst();
    var ratios = total.ratios(RATIO_ALPHA);
    var strength = new Verdict.Strength(exported(logG), exported(logGwin),
        lopo == null ? null : Double.valueOf(exported(lopo)), logThreshold,
        new Verdict.Ratio(total.rateRatio(), ratios.low(), ratios.high()), hypotheses.placebo().suspect());
    var blamed = hypotheses.blamed();
    if (logG < logThreshold) {
      return new Charge(Standing.WEAK, strength, blamed, List.of(), badPodSince);
    }
    if (logGwin < LOG_CAUTIOUS || hypotheses.excess(hypotheses.leading()) < Thresholds.EXCESS) {
      return new Charge(Standing.THIN, strength, blamed, List.of(), badPodSince);
    }
    if (lopo == null) {
      return new Charge(Standing.SINGLE_POD, strength, blamed, List.of(), badPodSince);
    }
    return lopo >= logThreshold
        ? new Charge(Standing.GUILTY, strength, blamed, List.of(), badPodSince)
        : new Charge(Standing.ONE_BAD_POD, strength, blamed, hypotheses.pods(hypotheses.leastWithout()), badPodSince);
  }

  static double exported(double log) {
    return Math.clamp(log, -LARGEST_EXPORT, LARGEST_EXPORT);
  }
}
