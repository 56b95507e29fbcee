package dev.serin.signature.tenant;

import java.util.Map;
import java.util.Set;

/// The parts that a Rollout's traffic is split into: each of the largest tenants by itself, all others in 64 buckets.
///
/// @param exact
///          the largest tenants by traffic before the rollout, at most 64, so that the choice cannot depend on the arm
public record Strata(Set<Tenant> exact) {

  private static final int MOST_EXACT = 64;
  private static final int BUCKET_BITS = 6;

  public Strata {
    if (exact.size() > MOST_EXACT) {
      throw new IllegalArgumentException("at most " + MOST_EXACT + " tenants are exact, were " + exact.size());
    }
    exact = Set.copyOf(exact);
  }

  /// Takes the most frequent tenants of the traffic before the rollout; of equally frequent ones the smaller hash.
  public static Strata of(Map<Tenant, Long> requests) {
    return new Strata(Set.copyOf(requests.entrySet().stream()
        .sorted(Map.Entry.<Tenant, Long>comparingByValue().reversed()
            .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_EXACT).map(Map.Entry::getKey).toList()));
  }

  /// The tenant's stratum: `t-3fa9c1` or `bucket-17`.
  public String stratumOf(Tenant tenant) {
    return exact.contains(tenant) ? tenant.toString() : "bucket-" + bucket(tenant);
  }

  /// Which of the 64 buckets the tenant is in.
  public static int bucket(Tenant tenant) {
    // The last bits: the first ones choose the register of the sketch of affected tenants.
    return (int) (tenant.hash() & ((1 << BUCKET_BITS) - 1));
  }
}
