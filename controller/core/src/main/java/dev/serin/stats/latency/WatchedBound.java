package dev.serin.stats.latency;

/// A bound of latency whose exceedance is a hypothesis.
///
/// @param index
///          of the bound in the histograms, at least 0
/// @param frequent
///          whether so many stable requests exceed it that those which do not tell something too: above some 20 %
public record WatchedBound(int index, boolean frequent) {

  /// From this share of stable requests on, see [dev.serin.stats.frequent.FrequentProcess].
  private static final double FREQUENT = 0.2;

  public WatchedBound {
    if (index < 0) {
      throw new IllegalArgumentException("index must be at least 0, was " + index);
    }
  }

  /// The bounds nearest to p50, p90 and p99.
  ///
  /// @param stable
  ///          latencies of the stable version from before the rollout, with at least one bound
  static WatchedBound[] of(LatencyHistogram stable) {
    int[] indexes = stable.nearest(0.5, 0.9, 0.99);
    var bounds = new WatchedBound[indexes.length];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = new WatchedBound(indexes[i], stable.above(indexes[i]) > FREQUENT * stable.total());
    }
    return bounds;
  }
}
