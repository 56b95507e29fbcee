package dev.serin.bench.rule;

/// Argo Rollouts and Flagger: a check fails when the canary's error rate is above a limit, and enough failed checks roll
/// back. Failures are never forgotten. The baseline is not looked at.
public final class FailureLimit implements RollBackRule {

  private final double limit;
  private final int minutes;
  private final int failuresToRollBack;
  private long requests;
  private long errors;
  private int failures;

  /// @param limit
  ///          a rate above it fails the check
  /// @param minutes
  ///          length of a check
  /// @param failuresToRollBack
  ///          failed checks that roll back
  public FailureLimit(double limit, int minutes, int failuresToRollBack) {
    this.limit = limit;
    this.minutes = minutes;
    this.failuresToRollBack = failuresToRollBack;
  }

  @Override
  public boolean rollsBack(int minute, ArmCounts now, ArmCounts soFar) {
    requests += now.nc();
    errors += now.xc();
    if (minute % minutes == 0) {
      if (errors > limit * requests) {
        failures++;
      }
      requests = 0;
      errors = 0;
    }
    return failures >= failuresToRollBack;
  }
}
