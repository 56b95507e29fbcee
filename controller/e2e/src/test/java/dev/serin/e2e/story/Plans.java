package dev.serin.e2e.story;

/// Specs of the stories' Rollouts: everything in seconds instead of minutes.
public final class Plans {

  /// One pod, then as many as stable.
  public static final String TWO_STEPS = """
      steps:
      - {weight: 20%, minDuration: 5s, maxDuration: 10m}
      - {weight: 50%, minDuration: 5s, maxDuration: 10m}
      analysis: {window: 1s, warmup: 0s, minRequests: 50}
      """;

  /// The same, and the second segment of a request's path is the tenant.
  public static final String TENANTS_BY_PATH = TWO_STEPS.replace("{window: 1s,",
      "{tenant: {fromPathSegment: 2}, window: 1s,");

  /// The same, and a field of the records is the tenant.
  public static final String TENANTS_BY_FIELD = TWO_STEPS.replace("{window: 1s,",
      "{tenant: {fromField: tenantId}, window: 1s,");

  /// Half of all pods at once.
  public static final String ONE_STEP = """
      steps:
      - {weight: 50%, minDuration: 5s, maxDuration: 10m}
      analysis: {window: 1s, warmup: 0s, minRequests: 50}
      """;

  private static final String ONE_POD = """
      steps:
      - {weight: 20%%, minDuration: %s, maxDuration: %s}
      analysis: {window: 1s, warmup: 0s, minRequests: 20, onInconclusive: Promote}
      """;

  /// One pod, promoted after three seconds even if little was seen.
  public static final String FAST = ONE_POD.formatted("1s", "3s");

  /// The same in ten seconds: time to look at a trial.
  public static final String TEN_SECONDS = ONE_POD.formatted("10s", "12s");

  /// One pod, then as many as stable; each step lasts until a person approves.
  public static final String GATED = """
      steps:
      - {weight: 20%, minDuration: 1s, maxDuration: 3s, pause: UntilApproved}
      - {weight: 50%, minDuration: 1s, maxDuration: 3s, pause: UntilApproved}
      analysis: {window: 1s, warmup: 0s, minRequests: 20, onInconclusive: Promote}
      """;

  /// One pod, for as long as a story lasts.
  public static final String HOLDING = """
      steps:
      - {weight: 20%, minDuration: 10m, maxDuration: 20m}
      analysis: {window: 1s, warmup: 0s, minRequests: 20}
      """;

  private Plans() {}
}
