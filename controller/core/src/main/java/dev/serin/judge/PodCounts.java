package dev.serin.judge;

import dev.serin.signature.SignatureId;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one ready pod did in one window.
///
/// @param pod
///          the pod's name, unique in its arm
/// @param exposure
///          requests or pod-seconds, finite and at least 0; 0 means "no traffic", which is not health
/// @param failures
///          total errors: failed requests, or error records where requests are not counted; at least 0
/// @param events
///          events by signature, each at least 0; signatures without events may be absent
/// @param age
///          how old the pod was when the window began, not negative; null if that is unknown: then it counts as warm
/// @param tenants
///          the same events by tenant, where the source knows it, and those that no tenant caused under [#NOBODY]; empty where it does
///          not
/// @param latency
///          requests at most this slow, cumulative and rising, by upper bound in seconds; empty where nobody measures
public record PodCounts(String pod, double exposure, long failures, SortedMap<SignatureId, Long> events,
    @Nullable Duration age, SortedMap<String, SortedMap<SignatureId, Long>> tenants, SortedMap<Double, Long> latency) {

  /// Stands in place of a tenant for events that are nobody's, as the exit of a container or errors whose tenants stable does not tell:
  /// they keep nobody from telling the other events' tenants apart. Whether an event is nobody's must not depend on its arm.
  public static final String NOBODY = "";

  /// Longest signature ID that is accepted, in characters: it bounds the size of a snapshot.
  public static final int MAX_ID_LENGTH = 64;

  public PodCounts {
    if (pod.isBlank()) {
      throw new IllegalArgumentException("pod name must not be blank");
    }
    if (!(exposure >= 0 && exposure < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("exposure of pod " + pod + " must be finite and at least 0, was " + exposure);
    }
    if (failures < 0) {
      throw new IllegalArgumentException("failures of pod " + pod + " must be at least 0, was " + failures);
    }
    if (age != null && age.isNegative()) {
      throw new IllegalArgumentException("age of pod " + pod + " must not be negative, was " + age);
    }
    events = checked(events);
    var byTenant = new TreeMap<String, SortedMap<SignatureId, Long>>();
    tenants.forEach((tenant, own) -> byTenant.put(tenant, checked(own)));
    tenants = kept(byTenant);
    latency = kept(new TreeMap<>(latency));
    long slower = 0;
    for (long atMost : latency.values()) {
      if (atMost < slower) {
        throw new IllegalArgumentException("latency buckets of pod " + pod + " must be at least 0 and rising");
      }
      slower = atMost;
    }
  }

  /// A warm pod without tenants and latencies.
  public PodCounts(String pod, double exposure, long failures, SortedMap<SignatureId, Long> events) {
    this(pod, exposure, failures, events, null, new TreeMap<>(), new TreeMap<>());
  }

  /// Requests whose latency was measured; all, unless the source says how many.
  double measured() {
    var all = latency.get(Double.POSITIVE_INFINITY);
    return all == null ? exposure : all;
  }

  /// Requests by latency, with all of them at infinity; empty where nobody measured.
  SortedMap<Double, Long> cumulative() {
    if (latency.isEmpty()) {
      return latency;
    }
    var whole = new TreeMap<>(latency);
    long slowest = Collections.max(latency.values());
    whole.putIfAbsent(Double.POSITIVE_INFINITY, Math.max(slowest, (long) exposure));
    return whole;
  }

  /// Requests slower than a bound in seconds; -1 if that is not known.
  long slower(double bound) {
    var atMost = latency.get(bound);
    return atMost == null ? exposure == 0 ? 0 : -1 : Math.max(0, (long) measured() - atMost);
  }

  private static SortedMap<SignatureId, Long> checked(SortedMap<SignatureId, Long> events) {
    events.forEach((signature, count) -> {
      if (checkedId(signature) && count < 0) {
        throw new IllegalArgumentException("events of " + signature + " must be at least 0, was " + count);
      }
    });
    return kept(new TreeMap<>(events));
  }

  /// Most pods have no error in a window: they share one empty map.
  private static <K, V> SortedMap<K, V> kept(SortedMap<K, V> own) {
    return own.isEmpty() ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(own);
  }

  static boolean checkedId(SignatureId signature) {
    if (signature.value().length() > MAX_ID_LENGTH) {
      throw new IllegalArgumentException(
          "signature ID must have at most " + MAX_ID_LENGTH + " characters, had " + signature.value().length());
    }
    return true;
  }
}
