package dev.serin.rollout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What to do now: exactly one write, or none.
public sealed interface Decision {

  /// Write the new record and its report to the Rollout's status.
  ///
  /// @param refusal
  ///          why a request of a person was refused, if one was
  record Transition(RolloutRecord record, Report report, @Nullable String refusal) implements Decision {

    Transition(RolloutRecord record, Report report) {
      this(record, report, null);
    }
  }

  /// Write to the cluster; the status stays.
  record Apply(Action action) implements Decision {}

  /// Write nothing but, where it differs, the report; look again after `lookAgain` at the latest.
  record Wait(Report report, Duration lookAgain) implements Decision {}

  /// What people are told: one kind, one reason, one sentence.
  ///
  /// @param kind
  ///          which of the kstatus conditions is true
  /// @param reason
  ///          why
  /// @param message
  ///          one sentence with numbers that says what happens next
  record Report(Kind kind, Reason reason, String message) {

    /// The kstatus conditions; exactly one is true.
    public enum Kind {
      /// Nothing is left to do.
      READY,
      /// Serin is at work or waits for something that comes by itself.
      RECONCILING,
      /// A person has to act.
      STALLED
    }

    static Report ready(Reason reason, String message) {
      return new Report(Kind.READY, reason, message);
    }

    static Report reconciling(Reason reason, String message) {
      return new Report(Kind.RECONCILING, reason, message);
    }

    static Report stalled(Reason reason, String message) {
      return new Report(Kind.STALLED, reason, message);
    }
  }
}
