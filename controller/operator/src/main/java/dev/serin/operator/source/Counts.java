package dev.serin.operator.source;

import dev.serin.judge.Evidence;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.PodCounts;
import dev.serin.operator.source.BoundedRules.Occurrence;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.tenant.Tenant;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Running counts of records and exits. Not thread-safe.
final class Counts {

  /// Told apart beyond, they would say little of any one and cost memory.
  private static final int MOST_TENANTS = 1000;

  private final Map<Signature, Long> events = new HashMap<>();
  /// Those of them that show no tenant; the burn-in asks for it.
  private final Map<Signature, Long> nameless = new HashMap<>();
  /// Events of the signatures that are judged by tenant; null once one shows none, or there are too many: half-told, they mislead.
  private @Nullable Map<Tenant, Long> byTenant = new HashMap<>();
  private long requests;
  private long failedRequests;
  private long errors;
  /// Events of all other signatures.
  private long nobodys;

  /// @param trouble
  ///          what the record tells
  void add(LogRecord entry, Optional<Occurrence> trouble, BoundedRules rules) {
    if (rules.isRequest(entry)) {
      requests++;
    }
    if (rules.isFailedRequest(entry)) {
      failedRequests++;
    }
    if (rules.isErrorRecord(entry)) {
      errors++;
    }
    trouble.ifPresent(this::count);
  }

  /// Adds the exit of a container: it is no request, no record, and no tenant's.
  void addExit(Signature signature) {
    events.merge(signature, 1L, Long::sum);
    nameless.merge(signature, 1L, Long::sum);
    nobodys++;
  }

  private void count(Occurrence occurrence) {
    events.merge(occurrence.signature(), 1L, Long::sum);
    var tenant = occurrence.tenant();
    if (tenant.isEmpty()) {
      nameless.merge(occurrence.signature(), 1L, Long::sum);
    }
    if (!occurrence.byTenant()) {
      nobodys++;
      return;
    }
    if (byTenant == null) {
      return;
    }
    if (tenant.isEmpty() || (byTenant.size() == MOST_TENANTS && !byTenant.containsKey(tenant.get()))) {
      byTenant = null;
      return;
    }
    byTenant.merge(tenant.get(), 1L, Long::sum);
  }

  /// Adds the sums of another; its tenants are left out.
  void addAll(Counts other) {
    byTenant = null;
    requests += other.requests;
    failedRequests += other.failedRequests;
    errors += other.errors;
    nobodys += other.nobodys;
    other.events.forEach((signature, count) -> events.merge(signature, count, Long::sum));
    other.nameless.forEach((signature, count) -> nameless.merge(signature, count, Long::sum));
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
    double amount = switch (exposure) {
      case REQUESTS -> requests;
      case POD_SECONDS -> length.toMillis() / 1000.0;
    };
    SortedMap<String, SortedMap<SignatureId, Long>> tenants = new TreeMap<>();
    if (byTenant != null && rules.tellTenants()) {
      // The judge tells tenants apart in the errors of all these signatures together only.
      byTenant.forEach((tenant, count) -> tenants.put(tenant.text(),
          new TreeMap<>(Map.of(Evidence.TOTAL_ERRORS, count))));
      if (nobodys > 0) {
        tenants.put(PodCounts.NOBODY, new TreeMap<>(Map.of(Evidence.TOTAL_ERRORS, nobodys)));
      }
    }
    SortedMap<SignatureId, Long> byId = new TreeMap<>();
    events(rules).forEach((signature, count) -> byId.put(signature.id(), count));
    return new PodCounts(pod, amount, failures(exposure), byId, age, tenants, new TreeMap<>());
  }

  /// Events by signature, each under the name that it has by now.
  Map<Signature, Long> events(BoundedRules rules) {
    // By ID: meanwhile another stream may teach that a part of the text is a name.
    Map<SignatureId, Signature> names = new HashMap<>();
    Map<SignatureId, Long> sums = new HashMap<>();
    events.forEach((signature, count) -> {
      var name = rules.fold(signature);
      names.put(name.id(), name);
      sums.merge(name.id(), count, Long::sum);
    });
    Map<Signature, Long> folded = new HashMap<>();
    names.forEach((id, name) -> folded.put(name, sums.getOrDefault(id, 0L)));
    return folded;
  }

  /// Those of them that show no tenant.
  Map<SignatureId, Long> nameless(BoundedRules rules) {
    Map<SignatureId, Long> sums = new HashMap<>();
    nameless.forEach((signature, count) -> sums.merge(rules.fold(signature).id(), count, Long::sum));
    return sums;
  }
}
