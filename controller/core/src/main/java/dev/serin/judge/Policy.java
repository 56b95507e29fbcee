package dev.serin.judge;

import dev.serin.signature.SignatureId;
import dev.serin.signature.digest.Sha256;
import dev.serin.stats.Thresholds;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the user promised and knows, fixed for one rollout before its first window.
///
/// @param alpha
///          probability of ever rolling back a canary that is no worse than its margins, above 0, at most 0.2
/// @param margin
///          margin of the total errors and of signatures that `known` does not list
/// @param exposure
///          what exposures count
/// @param advance
///          what a step needs before it may advance
/// @param onInconclusive
///          what happens at a step's maxDuration
/// @param known
///          signatures seen or declared before the canary started, at most [#MAX_KNOWN]; a caller with more keeps the
///          most important ones, and the others count as novel when they turn up
/// @param weights
///          shares of alpha that replace the usual ones, by signature: for known ones and [Evidence#TOTAL_ERRORS]; each
///          above 0, together below 1. Known signatures without one share, by severity, what the others leave of .40.
/// @param cadence
///          how time is cut
public record Policy(double alpha, Margin margin, ExposureKind exposure, Advance advance,
    OnInconclusive onInconclusive, SortedMap<SignatureId, Watched> known, SortedMap<SignatureId, Double> weights,
    Cadence cadence) {

  /// Signatures with evidence of their own; further ones are judged together.
  public static final int MAX_TRACKED = 160;

  /// Known signatures: the rest of [#MAX_TRACKED] is kept free for novel ones.
  public static final int MAX_KNOWN = 120;

  /// Without request counts a canary may get up to this multiple of its share of the traffic unnoticed.
  private static final double LEAST_POD_SECONDS_MARGIN = 2.0;

  /// Rises when the meaning of evidence changes: older evidence is then refused.
  private static final String RULES = "serin-judge-3";

  /// How much worse than the baseline the canary may be: its rate is within the margin while
  /// `p_c ≤ maxIncrease·p_b + tolerance`.
  ///
  /// @param maxIncrease
  ///          tolerated rate on the canary as a multiple of the baseline's, 1..100; 1.2 tolerates 20 % more
  /// @param tolerance
  ///          events per request, or per pod-second, that are tolerated on top; 0..1
  public record Margin(double maxIncrease, double tolerance) {

    /// Nothing worse is tolerated.
    public static final Margin NONE = new Margin(1, 0);

    public Margin {
      if (!(maxIncrease >= 1 && maxIncrease <= 100)) {
        throw new IllegalArgumentException("maxIncrease must be 1..100, was " + maxIncrease);
      }
      if (!(tolerance >= 0 && tolerance <= 1)) {
        throw new IllegalArgumentException("tolerance must be 0..1, was " + tolerance);
      }
    }
  }

  /// What a step needs before it may advance, besides its minDuration.
  ///
  /// @param rule
  ///          what must speak for the canary
  /// @param minRequests
  ///          canary requests, at least 0; ignored with pod-seconds
  /// @param worstRatio
  ///          rate ratio that proof must exclude, for total errors and every critical signature; above 1, at most 64
  /// @param beta
  ///          probability of ever taking a canary at that ratio for proven, above 0, below 1
  public record Advance(Rule rule, long minRequests, double worstRatio, double beta) {

    /// 500 requests, and proof against a double rate at the level of 5 %.
    public static final Advance DEFAULT = new Advance(Rule.PROVEN, Thresholds.MIN_REQUESTS,
        Thresholds.WORST_RATIO, Thresholds.BETA);

    /// What must speak for the canary.
    public enum Rule {
      /// Total errors and every critical signature are proven to stay below `worstRatio`.
      PROVEN,
      /// No evidence speaks against the canary, and either eight errors were to be expected on it at the baseline's rate
      /// or it had 4,000 requests (600 pod-seconds). Faster, but without a bound on advancing a bad canary.
      UNSUSPECTED
    }

    public Advance {
      if (minRequests < 0) {
        throw new IllegalArgumentException("minRequests must be at least 0, was " + minRequests);
      }
      if (!(worstRatio > 1 && worstRatio <= 64)) {
        throw new IllegalArgumentException("worstRatio must be above 1 and at most 64, was " + worstRatio);
      }
      if (!(beta > 0 && beta < 1)) {
        throw new IllegalArgumentException("beta must be above 0 and below 1, was " + beta);
      }
    }
  }

  /// How time is cut.
  ///
  /// @param window
  ///          length of every window, 1 s..5 m
  /// @param warmup
  ///          pods younger than this at a window's begin are left out, in both arms; at least 0
  /// @param deadline
  ///          how long a canary is held because only one of its pods is bad, until it is rolled back all the same; at
  ///          least 0
  public record Cadence(Duration window, Duration warmup, Duration deadline) {

    /// Windows of 10 s, a minute to warm up, a quarter of an hour for a bad pod to be replaced.
    public static final Cadence DEFAULT = new Cadence(Thresholds.WINDOW, Thresholds.WARMUP,
        Duration.ofMinutes(15));

    public Cadence {
      if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofMinutes(5)) > 0) {
        throw new IllegalArgumentException("window must be 1 s to 5 min, was " + window);
      }
      if (warmup.isNegative()) {
        throw new IllegalArgumentException("warmup must not be negative, was " + warmup);
      }
      if (deadline.isNegative()) {
        throw new IllegalArgumentException("deadline must not be negative, was " + deadline);
      }
    }
  }

  public Policy {
    if (!(alpha > 0 && alpha <= 0.2)) {
      throw new IllegalArgumentException("alpha must be above 0 and at most 0.2, was " + alpha);
    }
    if (known.size() > MAX_KNOWN) {
      throw new IllegalArgumentException("at most " + MAX_KNOWN + " signatures can be known, were " + known.size());
    }
    known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
    known.keySet().forEach(PodCounts::checkedId);
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    checkWeights(known, weights);
  }

  private static void checkWeights(SortedMap<SignatureId, Watched> known, SortedMap<SignatureId, Double> weights) {
    double sum = 0;
    for (var entry : weights.entrySet()) {
      if (!known.containsKey(entry.getKey()) && !entry.getKey().equals(Evidence.TOTAL_ERRORS)) {
        throw new IllegalArgumentException("a weight needs a known signature, " + entry.getKey() + " is none");
      }
      if (!(entry.getValue() > 0 && entry.getValue() < 1)) {
        throw new IllegalArgumentException(
            "the weight of " + entry.getKey() + " must be above 0 and below 1, was " + entry.getValue());
      }
      sum += entry.getValue();
    }
    if (sum >= 1) {
      throw new IllegalArgumentException("weights must sum to less than 1, did to " + sum);
    }
  }

  /// The usual policy for requests: no margin, 500 requests, windows of 10 s; at maxDuration it holds.
  public static Policy of(double alpha, SortedMap<SignatureId, Watched> known) {
    return new Policy(alpha, Margin.NONE, ExposureKind.REQUESTS, Advance.DEFAULT, OnInconclusive.HOLD, known,
        new TreeMap<>(), Cadence.DEFAULT);
  }

  /// The same policy with other shares of alpha.
  public Policy withWeights(SortedMap<SignatureId, Double> other) {
    return new Policy(alpha, margin, exposure, advance, onInconclusive, known, other, cadence);
  }

  /// The same policy with time cut otherwise.
  public Policy withCadence(Cadence other) {
    return new Policy(alpha, margin, exposure, advance, onInconclusive, known, weights, other);
  }

  /// The same policy with another margin for total errors and unlisted signatures.
  public Policy withMargin(Margin other) {
    return new Policy(alpha, other, exposure, advance, onInconclusive, known, weights, cadence);
  }

  /// The same policy with other needs before advancing.
  public Policy withAdvance(Advance other) {
    return new Policy(alpha, margin, exposure, other, onInconclusive, known, weights, cadence);
  }

  /// Length of every window.
  public Duration window() {
    return cadence.window();
  }

  /// Natural logarithm of the evidence that rolls back.
  public double logThreshold() {
    return -StrictMath.log(Thresholds.CONCURRENT * alpha);
  }

  /// The margin in force for a wanted one: at least 2 with pod-seconds.
  double ratioMargin(Margin wanted) {
    return switch (exposure) {
      case REQUESTS -> wanted.maxIncrease();
      case POD_SECONDS -> Math.max(wanted.maxIncrease(), LEAST_POD_SECONDS_MARGIN);
    };
  }

  /// The margin that was asked for a signature, or for a sum.
  Margin margin(SignatureId signature) {
    var watched = known.get(signature);
    return watched == null ? margin : watched.margin();
  }

  int novelSlots() {
    return MAX_TRACKED - known.size();
  }

  /// 32 hexadecimal digits that change whenever evidence gathered under this policy could mean something else.
  public String configHash() {
    var text = new StringBuilder(RULES).append('\n').append(Double.toHexString(alpha)).append(' ')
        .append(hashed(margin)).append(' ').append(exposure).append(' ').append(advance.rule()).append(' ')
        .append(advance.minRequests()).append(' ').append(Double.toHexString(advance.worstRatio())).append(' ')
        .append(Double.toHexString(advance.beta())).append(' ').append(onInconclusive).append(' ')
        .append(cadence.window()).append(' ').append(cadence.warmup()).append(' ').append(cadence.deadline());
    known.forEach((signature, watched) -> text.append('\n').append(signature.value().length()).append(' ')
        .append(signature).append(' ').append(watched.severity()).append(' ').append(hashed(watched.margin()))
        .append(' ').append(watched.inHistory()));
    weights.forEach((signature, weight) -> text.append("\nweight ").append(signature.value().length()).append(' ')
        .append(signature).append(' ').append(Double.toHexString(weight)));
    return Sha256.hex(text.toString(), 16);
  }

  private static String hashed(Margin margin) {
    return Double.toHexString(margin.maxIncrease()) + " " + Double.toHexString(margin.tolerance());
  }
}
