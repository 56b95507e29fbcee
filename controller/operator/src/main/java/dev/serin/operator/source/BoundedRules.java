package dev.serin.operator.source;

import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureFolding;
import dev.serin.signature.record.LogRecord;
import java.util.Optional;

/// What records mean, with a bound on the number of signatures: one instance for all pods of a Rollout. Thread-safe.
final class BoundedRules {

  private final RecordRules rules;
  private final SignatureFolding folding = new SignatureFolding();

  BoundedRules(RecordRules rules) {
    this.rules = rules;
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

  Optional<Signature> signatureOf(LogRecord entry) {
    return rules.signatureOf(entry).map(this::fold);
  }

  /// The signature under which another is counted by now; it may fold further as more become known.
  synchronized Signature fold(Signature signature) {
    return folding.fold(signature);
  }
}
