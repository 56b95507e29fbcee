package dev.serin.sandbox.app;

/// What a container of a version does after it started.
public enum Startup {
  /// It becomes ready and serves.
  READY,
  /// It runs, but its readiness check fails for ever.
  NEVER_READY,
  /// It logs an exception and exits with code 1, every time it is started.
  CRASHES
}
