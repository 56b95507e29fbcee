package dev.serin.bench.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the pods did in one window: a buffer that is filled again for every window. Canary pods come first.
public final class WindowCounts {

  /// Number of signatures; the last one is novel, the others are known.
  public static final int SIGNATURES = 21;

  /// Index of the novel signature.
  public static final int NOVEL = SIGNATURES - 1;

  /// Largest share of a pod's requests that its events may take before the requests are raised.
  private static final double MOST_FAILING = 0.9;

  private final int canaryPods;
  private final long[] requests;
  private final int[] totals;
  private final int[] events;
  private final int tenants;
  private final List<OfTenant> attributed = new ArrayList<>();
  private long faultEvents;
  private boolean canaryMissing;
  private boolean baselineMissing;

  /// Events that show whose they are; they are among the others.
  public record OfTenant(int pod, int signature, int tenant, int count) {}

  WindowCounts(Fleet fleet) {
    tenants = fleet.tenants();
    canaryPods = fleet.canary();
    requests = new long[fleet.pods()];
    totals = new int[fleet.pods()];
    events = new int[fleet.pods() * SIGNATURES];
  }

  void clear(long canaryRequests, long stableRequests) {
    Arrays.fill(requests, 0, canaryPods, canaryRequests);
    Arrays.fill(requests, canaryPods, requests.length, stableRequests);
    Arrays.fill(totals, 0);
    Arrays.fill(events, 0);
    attributed.clear();
    faultEvents = 0;
    canaryMissing = false;
    baselineMissing = false;
  }

  void add(int pod, int signature, int count) {
    events[pod * SIGNATURES + signature] += count;
    totals[pod] += count;
  }

  void addFault(int pod, int signature, int count) {
    add(pod, signature, count);
    faultEvents += count;
  }

  /// Tenants that events show, 0 for none.
  int tenants() {
    return tenants;
  }

  /// Says whose events were added.
  void attribute(int pod, int signature, int count, int tenant) {
    attributed.add(new OfTenant(pod, signature, tenant, count));
  }

  /// The events that show whose they are.
  public List<OfTenant> attributed() {
    return attributed;
  }

  /// Retries are requests too: where a burst brings more events than its pod has requests, the requests rise with it.
  void close() {
    for (int pod = 0; pod < requests.length; pod++) {
      if (totals[pod] > MOST_FAILING * requests[pod]) {
        requests[pod] = (long) Math.ceil(totals[pod] / MOST_FAILING);
      }
    }
  }

  void measure(int pod, double factor) {
    requests[pod] = Math.max(totals[pod], Math.round(factor * requests[pod]));
  }

  void lose(boolean canary, boolean baseline) {
    canaryMissing = canary;
    baselineMissing = baseline;
  }

  /// Pods of both arms.
  public int pods() {
    return requests.length;
  }

  /// Pods of the canary: those with the indexes below this number.
  public int canaryPods() {
    return canaryPods;
  }

  /// Requests of a pod as they are measured.
  public long requests(int pod) {
    return requests[pod];
  }

  /// Events of all signatures on a pod.
  public int total(int pod) {
    return totals[pod];
  }

  /// Events of one signature on a pod.
  public int events(int pod, int signature) {
    return events[pod * SIGNATURES + signature];
  }

  /// Events that exist only because the canary is bad.
  public long faultEvents() {
    return faultEvents;
  }

  /// Whether the metrics of the canary could not be read.
  public boolean canaryMissing() {
    return canaryMissing;
  }

  /// Whether the metrics of the stable pods could not be read.
  public boolean baselineMissing() {
    return baselineMissing;
  }
}
