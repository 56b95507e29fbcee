package dev.serin.cli.judge;

import dev.serin.judge.ExposureKind;
import dev.serin.judge.OnInconclusive;
import dev.serin.judge.Policy;
import dev.serin.judge.Watched;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/// How runs are judged.
///
/// @param window
///          length of every window; empty: as long as a run's first one
/// @param step
///          the one step of a run, which begins with its first window after the burn-in
/// @param advanceEnds
///          whether a run ends with its first Advance
record RunPolicy(double alpha, Policy.Margin margin, long minRequests, OnInconclusive onInconclusive,
    SortedMap<SignatureId, Watched> known, SortedMap<SignatureId, Double> weights, Optional<Duration> window,
    Step step, boolean advanceEnds) {

  /// @param minDuration
  ///          shortest time before an Advance
  /// @param maxDuration
  ///          time after which a run that was never passed is inconclusive
  /// @param warmup
  ///          pods younger than this are left out
  /// @param deadline
  ///          how long one bad pod holds
  record Step(Duration minDuration, Duration maxDuration, Duration warmup, Duration deadline) {

    dev.serin.judge.Step from(Instant start) {
      return new dev.serin.judge.Step(0, start, minDuration, maxDuration);
    }
  }

  /// The judge's policy for windows of this length.
  Policy of(Duration length) {
    Policy.Advance usual = Policy.Advance.DEFAULT;
    return new Policy(alpha, margin, ExposureKind.REQUESTS,
        new Policy.Advance(usual.rule(), minRequests, usual.worstRatio(), usual.beta()), onInconclusive, known, weights,
        new Policy.Cadence(length, step.warmup(), step.deadline()));
  }
}
