package dev.serin.sandbox.scenario;

/// What can come of a push.
public enum Outcome {
  /// The version is stable.
  PROMOTED,
  /// The version is vetoed and its canary is gone.
  ROLLED_BACK
}
