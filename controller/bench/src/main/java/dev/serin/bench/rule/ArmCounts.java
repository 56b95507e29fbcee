package dev.serin.bench.rule;

import java.util.Arrays;

/// Counts of both arms over some time; a buffer that is added to.
public final class ArmCounts {

  private long canaryRequests;
  private long baselineRequests;
  private long canaryEvents;
  private long baselineEvents;
  private long peerRequests;
  private long peerEvents;
  private final long[] canaryBySignature;
  private final long[] baselineBySignature;

  /// @param signatures
  ///          number of signatures
  public ArmCounts(int signatures) {
    canaryBySignature = new long[signatures];
    baselineBySignature = new long[signatures];
  }

  /// Back to zero.
  public void clear() {
    canaryRequests = 0;
    baselineRequests = 0;
    canaryEvents = 0;
    baselineEvents = 0;
    peerRequests = 0;
    peerEvents = 0;
    Arrays.fill(canaryBySignature, 0);
    Arrays.fill(baselineBySignature, 0);
  }

  /// Adds what the canary did.
  public void addCanary(long requests, long events) {
    canaryRequests += requests;
    canaryEvents += events;
  }

  /// Adds what stable pods did.
  public void addBaseline(long requests, long events) {
    baselineRequests += requests;
    baselineEvents += events;
  }

  /// Adds what a stable pod did that belongs to the equal baseline, which has as many pods as the canary; it is part of
  /// the baseline too.
  public void addPeer(long requests, long events) {
    peerRequests += requests;
    peerEvents += events;
  }

  /// Adds events of one signature.
  public void addSignature(int signature, long canary, long baseline) {
    canaryBySignature[signature] += canary;
    baselineBySignature[signature] += baseline;
  }

  /// Adds other counts to these.
  public void add(ArmCounts more) {
    addCanary(more.canaryRequests, more.canaryEvents);
    addBaseline(more.baselineRequests, more.baselineEvents);
    addPeer(more.peerRequests, more.peerEvents);
    for (int i = 0; i < canaryBySignature.length; i++) {
      addSignature(i, more.canaryBySignature[i], more.baselineBySignature[i]);
    }
  }

  /// Requests of the canary, `n_c`.
  public long nc() {
    return canaryRequests;
  }

  /// Requests of the baseline, `n_b`.
  public long nb() {
    return baselineRequests;
  }

  /// Errors of the canary, `x_c`.
  public long xc() {
    return canaryEvents;
  }

  /// Errors of the baseline, `x_b`.
  public long xb() {
    return baselineEvents;
  }

  /// Requests of the equal baseline, `n_e`.
  public long ne() {
    return peerRequests;
  }

  /// Errors of the equal baseline, `x_e`.
  public long xe() {
    return peerEvents;
  }

  /// Number of signatures.
  public int signatures() {
    return canaryBySignature.length;
  }

  /// Errors of the canary with one signature.
  public long xc(int signature) {
    return canaryBySignature[signature];
  }

  /// Errors of the baseline with one signature.
  public long xb(int signature) {
    return baselineBySignature[signature];
  }
}
