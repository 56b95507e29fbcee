package dev.serin.rollout;

import java.time.Duration;

/// What to do now: exactly one write, or none.
public sealed interface Decision {

  /// Write the new record and its report to the Rollout's status.
  record Transition(RolloutRecord record, Report report) implements Decision {}

  /// Write to the cluster; the status stays.
  record Apply(Action action) implements Decision {}

  /// Write nothing but, where it differs, the report; look again after `lookAgain` at the latest.
  record Wait(Report report, Duration lookAgain) implements Decision {}
}
