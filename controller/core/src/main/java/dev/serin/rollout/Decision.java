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
}
