package dev.serin.operator.source;

import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureFolding;
import dev.serin.signature.SignatureId;
import dev.serin.signature.merge.FirstOfKind;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.RecordAssembler;
import dev.serin.signature.record.TenantSource;
import dev.serin.signature.tenant.Tenant;
import dev.serin.signature.tenant.TenantKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What records mean, with a bound on the number of signatures: one instance for all pods of a Rollout. Thread-safe.
final class BoundedRules {

  private final RecordRules rules;
  private final List<TenantSource> tenants;
  private final Optional<TenantKey> tenantKey;
  private final Set<SignatureId> byTenant;
  private final SignatureFolding folding = new SignatureFolding();
  private final FirstOfKind firsts;

  /// The trouble that one record tells.
  ///
  /// @param signature
  ///          what it counts for
  /// @param tenant
  ///          whom it hit, where the record says so
  /// @param byTenant
  ///          whether it is judged by tenant too
  record Occurrence(Signature signature, Optional<Tenant> tenant, boolean byTenant) {}

  BoundedRules(SourcePolicy policy) {
    this.rules = policy.rules();
    this.tenants = policy.tenants();
    this.tenantKey = policy.tenantKey();
    this.byTenant = policy.byTenant();
    this.firsts = new FirstOfKind(policy.known());
  }

  /// Puts the lines of one log together.
  RecordAssembler assembler() {
    return new RecordAssembler(tenants);
  }

  boolean isRequest(LogRecord entry) {
    return rules.isRequest(entry);
  }

  boolean isFailedRequest(LogRecord entry) {
    return rules.isFailedRequest(entry);
  }

  boolean isErrorRecord(LogRecord entry) {
    return rules.isErrorRecord(entry);
  }

  Optional<Occurrence> occurrenceIn(LogRecord entry) {
    return rules.signatureOf(entry)
        .map(signature -> occurrence(signature, tenantKey.flatMap(key -> entry.tenant().map(key::tenant))));
  }

  private synchronized Occurrence occurrence(Signature signature, Optional<Tenant> tenant) {
    var kind = firsts.of(signature);
    // By its kind: whether that is folded depends on what was read before.
    return new Occurrence(folding.fold(kind), tenant, byTenant.contains(kind.id()));
  }

  /// Whether any signature is judged by tenant.
  boolean tellTenants() {
    return !byTenant.isEmpty();
  }

  /// The signature under which another is counted by now: the first of those that differ in names only, or one that it folded
  /// into. It may fold further as more become known, and its text may turn out to hold a name.
  synchronized Signature fold(Signature signature) {
    return folding.fold(firsts.of(signature));
  }
}
