package dev.serin.sandbox.app;

/// Which requests a version logs.
public enum LoggedRequests {
  /// One record for every request.
  ALL,
  /// Records of failed requests only, so that nobody can count requests in the log.
  FAILURES
}
