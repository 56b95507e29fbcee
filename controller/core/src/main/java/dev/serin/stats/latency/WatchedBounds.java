package dev.serin.stats.latency;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The bounds of latency that are watched: those nearest to the stable p50, p90 and p99. Immutable.
///
/// "Slower than a bound" is an event like an error. If the canary is not stochastically slower, no bound is exceeded more
/// often on it, so that each is a hypothesis of its own. Bounds are chosen once, from a thousand earlier requests to stable;
/// a choice that looked at the canary would break the guarantee.
///
/// Not guaranteed: a canary that is slower only between two bounds is not seen.
public final class WatchedBounds {

  /// Most bounds that are chosen.
  public static final int MOST = 3;

  /// Nothing seen, nothing chosen.
  public static final WatchedBounds NONE = new WatchedBounds(null, new double[0]);

  private static final long ENOUGH = 1000;
  private static final int MOST_BUCKETS = 100;

  private final @Nullable LatencyHistogram learned;
  private final double[] chosen;

  private WatchedBounds(@Nullable LatencyHistogram learned, double[] chosen) {
    this.learned = learned;
    this.chosen = chosen;
  }

  /// Bounds chosen, in seconds.
  public int size() {
    return chosen.length;
  }

  /// A bound, in seconds, rising with its index.
  public double bound(int index) {
    return chosen[index];
  }

  /// Learns from a window of stable, for later windows.
  ///
  /// @param pods
  ///          per pod the requests at most so slow, cumulative, by bound in seconds; empty where nobody measured
  public WatchedBounds after(Collection<SortedMap<Double, Long>> pods) {
    if (chosen.length > 0) {
      return this;
    }
    var sum = learned;
    for (var pod : pods) {
      var histogram = histogram(pod);
      // Other bounds than before cannot be added to them: the first ones count.
      if (histogram != null && (sum == null || sum.hasSameBounds(histogram))) {
        sum = sum == null ? histogram : sum.plus(histogram);
      }
    }
    if (sum == null || sum.total() < ENOUGH) {
      return sum == learned ? this : new WatchedBounds(sum, chosen);
    }
    var enough = sum;
    return new WatchedBounds(null, Arrays.stream(enough.nearest(0.5, 0.9, 0.99)).mapToDouble(enough::bound).toArray());
  }

  private static @Nullable LatencyHistogram histogram(SortedMap<Double, Long> cumulative) {
    if (cumulative.isEmpty()) {
      return null;
    }
    var bounds = cumulative.keySet().stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
    if (bounds.length == 0 || bounds.length > MOST_BUCKETS) {
      return null;
    }
    var counts = new long[bounds.length + 1];
    long before = 0;
    int i = 0;
    for (long atMost : cumulative.values()) {
      counts[i++] = atMost - before;
      before = atMost;
    }
    return LatencyHistogram.of(bounds, counts);
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    out.put((byte) chosen.length);
    for (double bound : chosen) {
      out.putDouble(bound);
    }
    int size = learned == null ? 0 : learned.size();
    out.put((byte) size);
    if (learned != null) {
      for (int i = 0; i < size; i++) {
        out.putDouble(learned.bound(i));
      }
      for (int i = -1; i < size; i++) {
        out.putLong(i < 0 ? learned.total() : learned.above(i));
      }
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for what no windows could have led to
  public static WatchedBounds read(ByteBuffer in) {
    var chosen = new double[checked(in.get(), MOST)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = in.getDouble();
      if (!(chosen[i] > 0 && chosen[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a bound must be above 0 and finite, was " + chosen[i]);
      }
    }
    int size = checked(in.get(), MOST_BUCKETS);
    if (size == 0) {
      return new WatchedBounds(null, chosen);
    }
    var bounds = new double[size];
    for (int i = 0; i < size; i++) {
      bounds[i] = in.getDouble();
    }
    var counts = new long[size + 1];
    long above = in.getLong();
    for (int i = 0; i < size; i++) {
      long next = in.getLong();
      counts[i] = above - next;
      above = next;
    }
    counts[size] = above;
    return new WatchedBounds(LatencyHistogram.of(bounds, counts), chosen);
  }

  private static int checked(int size, int most) {
    if (size < 0 || size > most) {
      throw new IllegalArgumentException("bounds must be 0.." + most + ", were " + size);
    }
    return size;
  }
}
