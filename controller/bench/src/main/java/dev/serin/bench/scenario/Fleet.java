package dev.serin.bench.scenario;

/// The pods of both arms; all have the same share of their arm's requests.
///
/// @param canary
///          canary pods, at least 1
/// @param stable
///          stable pods, at least 1
/// @param tenants
///          who send the requests, each to any pod; 0: nobody knows them
public record Fleet(int canary, int stable, int tenants) {

  /// One pod of twenty is the canary.
  public static final Fleet ONE_OF_TWENTY = new Fleet(1, 19);

  /// The same, and each error shows which of 1,000 tenants sent the request.
  static final Fleet NAMING_TENANTS = new Fleet(1, 19, 1000);

  /// Tenants are not known.
  public Fleet(int canary, int stable) {
    this(canary, stable, 0);
  }

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
