package dev.serin.stats.latency;

import java.util.Arrays;

/// Requests by latency. Immutable.
public final class LatencyHistogram {

  private final double[] bounds;
  private final long[] counts;
  private final long total;

  private LatencyHistogram(double[] bounds, long[] counts) {
    this.bounds = bounds;
    this.counts = counts;
    this.total = Arrays.stream(counts).sum();
  }

  /// @param bounds
  ///          upper ends of all buckets but the last, rising, in seconds
  /// @param counts
  ///          requests in each bucket, one more than bounds: the last has those above all bounds
  public static LatencyHistogram of(double[] bounds, long[] counts) {
    if (counts.length != bounds.length + 1) {
      throw new IllegalArgumentException("needs " + (bounds.length + 1) + " counts, were " + counts.length);
    }
    for (int i = 0; i < bounds.length; i++) {
      if (!(bounds[i] < Double.POSITIVE_INFINITY && (i == 0 || bounds[i - 1] < bounds[i]))) {
        throw new IllegalArgumentException("bounds must be finite and rising, were " + Arrays.toString(bounds));
      }
    }
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("counts must be at least 0, were " + Arrays.toString(counts));
      }
    }
    return new LatencyHistogram(bounds.clone(), counts.clone());
  }

  /// No requests yet.
  public static LatencyHistogram empty(double... bounds) {
    return of(bounds, new long[bounds.length + 1]);
  }

  /// Both together.
  ///
  /// @param other
  ///          with the same bounds
  public LatencyHistogram plus(LatencyHistogram other) {
    requireSameBounds(other);
    var sum = counts.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.counts[i];
    }
    return new LatencyHistogram(bounds, sum);
  }

  /// Refuses a histogram that cannot be compared with this one.
  void requireSameBounds(LatencyHistogram other) {
    if (!hasSameBounds(other)) {
      throw new IllegalArgumentException(
          "bounds must be " + Arrays.toString(bounds) + ", were " + Arrays.toString(other.bounds));
    }
  }

  boolean hasSameBounds(LatencyHistogram other) {
    return Arrays.equals(bounds, other.bounds);
  }

  /// Number of bounds.
  public int size() {
    return bounds.length;
  }

  /// A bound, in seconds.
  ///
  /// @param index
  ///          0..size-1
  public double bound(int index) {
    return bounds[index];
  }

  /// All requests.
  public long total() {
    return total;
  }

  /// Requests slower than a bound.
  ///
  /// @param index
  ///          of the bound, 0..size-1
  public long above(int index) {
    long above = 0;
    for (int i = index + 1; i < counts.length; i++) {
      above += counts[i];
    }
    return above;
  }

  /// The indexes of the bounds nearest to quantiles, rising and without repetition: which bounds to watch. Nearest in
  /// the odds of being slower, so that a bound with 3 % above it is no further from p99 than one with .3 %.
  ///
  /// Take a histogram of the stable version from before the rollout: a choice that looks at the canary's latencies would
  /// break the guarantee of what is then tested.
  ///
  /// @param quantiles
  ///          each above 0 and below 1
  public int[] nearest(double... quantiles) {
    return Arrays.stream(quantiles).mapToInt(this::nearestTo).sorted().distinct().toArray();
  }

  private int nearestTo(double quantile) {
    if (!(quantile > 0 && quantile < 1) || bounds.length == 0) {
      throw new IllegalArgumentException(
          "needs a bound and a quantile above 0 and below 1, was " + quantile + " of " + bounds.length + " bounds");
    }
    double wanted = StrictMath.log((1 - quantile) / quantile);
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < bounds.length; i++) {
      // Half a request on each side: a bound that nothing exceeds is far away, not infinitely far.
      double above = above(i) + 0.5;
      double below = total - above(i) + 0.5;
      double distance = Math.abs(StrictMath.log(above / below) - wanted);
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }
}
