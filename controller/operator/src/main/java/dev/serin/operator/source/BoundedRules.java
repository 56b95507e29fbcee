package dev.serin.operator.source;

import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureFolding;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.tenant.Tenant;
import dev.serin.signature.tenant.TenantRules;
import java.util.Optional;

/// What records mean, with a bound on the number of signatures: one instance for all pods of a Rollout. Thread-safe.
final class BoundedRules {

  private final RecordRules rules;
  private final Optional<TenantRules> tenants;
  private final SignatureFolding folding = new SignatureFolding();

  /// The trouble that one record tells.
  ///
  /// @param signature
  ///          what it counts for
  /// @param tenant
  ///          whom it hit, where the record says so
  record Occurrence(Signature signature, Optional<Tenant> tenant) {}

  BoundedRules(SourcePolicy policy) {
    this.rules = policy.rules();
    this.tenants = policy.tenants();
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
        .map(signature -> new Occurrence(fold(signature), tenants.flatMap(found -> found.tenantOf(entry))));
  }

  /// The signature under which another is counted by now; it may fold further as more become known.
  synchronized Signature fold(Signature signature) {
    return folding.fold(signature);
  }
}
