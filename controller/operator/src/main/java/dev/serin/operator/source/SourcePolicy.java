package dev.serin.operator.source;

import dev.serin.signature.RecordRules;
import dev.serin.signature.SignatureId;
import dev.serin.signature.merge.FirstOfKind;
import dev.serin.signature.record.TenantSource;
import dev.serin.signature.tenant.TenantKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How one Rollout's logs and exits are counted.
///
/// @param window
///          length of a window: 1 s to 5 min, whole milliseconds
/// @param warmup
///          containers younger than this are not judged, so their exits are not either; at least 0
/// @param rules
///          what is a request, a failure, a signature
/// @param tenants
///          where records name the tenant, the most telling first; empty: in the usual fields
/// @param tenantKey
///          hides the names; empty: tenants are not told apart
/// @param known
///          signatures that others count as if they differ in names only, the most important first
/// @param byTenant
///          signatures that are judged by tenant: the events of no other are told apart
public record SourcePolicy(Duration window, Duration warmup, RecordRules rules, List<TenantSource> tenants,
    Optional<TenantKey> tenantKey, List<FirstOfKind.Known> known, Set<SignatureId> byTenant) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  public SourcePolicy {
    tenants = List.copyOf(tenants);
    known = List.copyOf(known);
    byTenant = Set.copyOf(byTenant);
    if (warmup.isNegative()) {
      throw new IllegalArgumentException("warmup must be at least 0, was " + warmup);
    }
    if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0 || window.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("window must be 1 s to 5 min in whole milliseconds, was " + window);
    }
  }

  WindowGrid grid() {
    return new WindowGrid(window);
  }
}
