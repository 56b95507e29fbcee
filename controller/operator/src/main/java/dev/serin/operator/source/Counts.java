package dev.serin.operator.source;

import dev.serin.judge.ExposureKind;
import dev.serin.judge.PodCounts;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.record.LogRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Running counts of records. Not thread-safe.
final class Counts {

  private final Map<Signature, Long> events = new HashMap<>();
  private long requests;
  private long failedRequests;
  private long errors;

  void add(LogRecord entry, BoundedRules rules) {
    if (rules.isRequest(entry)) {
      requests++;
    }
    if (rules.isFailedRequest(entry)) {
      failedRequests++;
    }
    if (rules.isErrorRecord(entry)) {
      errors++;
    }
    rules.signatureOf(entry).ifPresent(signature -> events.merge(signature, 1L, Long::sum));
  }

  void addAll(Counts other) {
    requests += other.requests;
    failedRequests += other.failedRequests;
    errors += other.errors;
    other.events.forEach((signature, count) -> events.merge(signature, count, Long::sum));
  }

  /// An application that logs only its failures would make every rate 100 %: its requests say nothing about exposure.
  ExposureKind bestExposure() {
    return requests > 0 && 2 * (requests - failedRequests) >= requests
        ? ExposureKind.REQUESTS
        : ExposureKind.POD_SECONDS;
  }

  long requests() {
    return requests;
  }

  long failures(ExposureKind exposure) {
    return switch (exposure) {
      case REQUESTS -> failedRequests;
      case POD_SECONDS -> errors;
    };
  }

  /// The same as the judge reads it.
  ///
  /// @param length
  ///          time that was counted
  /// @param age
  ///          how old the pod was when it began
  PodCounts podCounts(String pod, ExposureKind exposure, Duration length, Duration age, BoundedRules rules) {
    SortedMap<SignatureId, Long> byId = new TreeMap<>();
    events(rules).forEach((signature, count) -> byId.put(signature.id(), count));
    double amount = switch (exposure) {
      case REQUESTS -> requests;
      case POD_SECONDS -> length.toMillis() / 1000.0;
    };
    return new PodCounts(pod, amount, failures(exposure), byId, age, new TreeMap<>(), new TreeMap<>());
  }

  /// Events by signature, each under the name that it has by now.
  Map<Signature, Long> events(BoundedRules rules) {
    Map<Signature, Long> folded = new HashMap<>();
    events.forEach((signature, count) -> folded.merge(rules.fold(signature), count, Long::sum));
    return folded;
  }
}
