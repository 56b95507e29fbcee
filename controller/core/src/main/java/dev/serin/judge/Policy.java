package dev.serin.judge;

import dev.serin.signature.SignatureId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the user promised and knows, fixed for one rollout before its first window.
///
/// @param alpha
///          probability of ever rolling back a canary that is no worse than its margins, above 0, at most 0.2
/// @param maxIncrease
///          margin of the total errors and of signatures that `known` does not list, 1..100
/// @param exposure
///          what exposures count
/// @param minRequests
///          canary requests that a step needs before it may advance, at least 0; ignored with pod-seconds
/// @param onInconclusive
///          what happens at a step's maxDuration
/// @param known
///          signatures seen or declared before the canary started, at most [#MAX_KNOWN]; a caller with more keeps the
///          most important ones, and the others count as novel when they turn up
/// @param window
///          length of every window, 1 s..5 m
public record Policy(double alpha, double maxIncrease, ExposureKind exposure, long minRequests,
    OnInconclusive onInconclusive, SortedMap<SignatureId, Watched> known, Duration window) {

  /// Signatures with evidence of their own; further ones are judged together.
  public static final int MAX_TRACKED = 200;

  /// Known signatures: the rest of [#MAX_TRACKED] is kept free for novel ones.
  public static final int MAX_KNOWN = 150;

  /// Part of alpha for the comparison with the concurrent baseline; the rest is for the watch after promotion.
  private static final double CONCURRENT = 0.8;

  /// Without request counts a canary may get up to this multiple of its share of the traffic unnoticed.
  private static final double LEAST_POD_SECONDS_MARGIN = 2.0;

  /// Rises when the meaning of evidence changes: older evidence is then refused.
  private static final String RULES = "serin-judge-1";

  public Policy {
    if (!(alpha > 0 && alpha <= 0.2)) {
      throw new IllegalArgumentException("alpha must be above 0 and at most 0.2, was " + alpha);
    }
    Watched.checkMaxIncrease(maxIncrease);
    if (minRequests < 0) {
      throw new IllegalArgumentException("minRequests must be at least 0, was " + minRequests);
    }
    if (known.size() > MAX_KNOWN) {
      throw new IllegalArgumentException("at most " + MAX_KNOWN + " signatures can be known, were " + known.size());
    }
    known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
    known.keySet().forEach(PodCounts::checkedId);
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("window must be 1 s to 5 min, was " + window);
    }
  }

  /// Natural logarithm of the evidence that rolls back.
  public double logThreshold() {
    return -StrictMath.log(CONCURRENT * alpha);
  }

  /// The margin in force for a wanted one: at least 2 with pod-seconds.
  double margin(double wanted) {
    return switch (exposure) {
      case REQUESTS -> wanted;
      case POD_SECONDS -> Math.max(wanted, LEAST_POD_SECONDS_MARGIN);
    };
  }

  int novelSlots() {
    return MAX_TRACKED - known.size();
  }

  /// 32 hexadecimal digits that change whenever evidence gathered under this policy could mean something else.
  public String configHash() {
    var text = new StringBuilder(RULES).append('\n').append(Double.toHexString(alpha)).append(' ')
        .append(Double.toHexString(maxIncrease)).append(' ').append(exposure).append(' ').append(minRequests)
        .append(' ')
        .append(onInconclusive).append(' ').append(window);
    known.forEach((signature, watched) -> text.append('\n').append(signature.value().length()).append(' ')
        .append(signature).append(' ').append(watched.severity()).append(' ')
        .append(Double.toHexString(watched.maxIncrease())).append(' ').append(watched.inHistory()));
    var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.of(bytes, bytes.length), 0, 16);
  }
}
