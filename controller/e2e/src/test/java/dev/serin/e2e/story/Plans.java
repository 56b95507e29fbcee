package dev.serin.e2e.story;

/// Specs of the stories' Rollouts: everything in seconds instead of minutes.
final class Plans {

  /// One pod, then as many as stable.
  static final String TWO_STEPS = """
      steps:
      - {weight: 20%, minDuration: 5s, maxDuration: 10m}
      - {weight: 50%, minDuration: 5s, maxDuration: 10m}
      analysis: {window: 1s, minRequests: 50}
      """;

  /// Half of all pods at once.
  static final String ONE_STEP = """
      steps:
      - {weight: 50%, minDuration: 5s, maxDuration: 10m}
      analysis: {window: 1s, minRequests: 50}
      """;

  private Plans() {}
}
