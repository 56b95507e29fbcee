package dev.serin.sandbox.scenario;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of a push.
///
/// @param outcome      null when nothing came of it in time, or nothing was expected
/// @param sentence     the operator's own words when it decided; empty without a decision
/// @param verdictAfter from the push to the decision, or null
/// @param faultSeen    from the first answer that a new fault of this version spoiled to the decision, or null
/// @param lastCanary   from the decision to the canary's last answer, or null without one
/// @param requests     answers of this version so far
/// @param newFaults    answers of this version that its new faults spoiled
public record PushResult(Push push, @Nullable Outcome outcome, String sentence, @Nullable Duration verdictAfter,
    @Nullable Duration faultSeen, @Nullable Duration lastCanary, long requests, long newFaults) {

  /// Whether the outcome is the one that the scenario expects; true if it expects none.
  public boolean asExpected() {
    return push.expect() == null || push.expect() == outcome;
  }
}
