package dev.serin.bench.scenario;

/// The pods of both arms; all have the same share of their arm's requests.
///
/// @param canary
///          canary pods, at least 1
/// @param stable
///          stable pods, at least 1
public record Fleet(int canary, int stable) {

  /// One pod of twenty is the canary.
  public static final Fleet ONE_OF_TWENTY = new Fleet(1, 19);

  public Fleet {
    if (canary < 1 || stable < 1) {
      throw new IllegalArgumentException("both arms need a pod, had " + canary + " and " + stable);
    }
  }

  /// Pods of both arms.
  public int pods() {
    return canary + stable;
  }

  /// `k_c` canary pods and 19 stable pods for each.
  static Fleet of(int canary) {
    return new Fleet(canary, 19 * canary);
  }
}
