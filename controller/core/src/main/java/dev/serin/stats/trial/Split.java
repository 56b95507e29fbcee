package dev.serin.stats.trial;

import dev.serin.stats.EProcess;
import dev.serin.stats.RatioGrid;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one window's exposure is divided among the pods of both arms. Not thread-safe: it keeps what all hypotheses share.
public final class Split {

  /// Canary pods are left out one by one, or, if there are more, by bucket.
  public static final int BUCKETS = 4;

  private final double[] canary;
  private final double[] stable;
  private final int[] buckets;
  private final double nc;
  private final double nb;
  private final double[] without = new double[BUCKETS];
  private final boolean[] occupied = new boolean[BUCKETS];
  private final Map<Double, double[][]> costs = new HashMap<>();
  private @Nullable Grown last;

  /// How evidence grows with these events under a margin.
  private record Grown(double margin, long xc, long m, double factor, EProcess.Growth growth) {

    boolean serves(RatioGrid grid, long otherXc, long otherM, double otherFactor) {
      return margin == grid.margin() && xc == otherXc && m == otherM && factor == otherFactor;
    }
  }

  /// @param canary
  ///          exposure by canary pod
  /// @param buckets
  ///          0..3, by canary pod
  /// @param stable
  ///          exposure by stable pod
  public Split(double[] canary, int[] buckets, double[] stable) {
    this.canary = canary;
    this.stable = stable;
    this.buckets = buckets;
    nc = sum(canary);
    nb = sum(stable);
    for (int b = 0; b < BUCKETS; b++) {
      for (int p = 0; p < canary.length; p++) {
        without[b] += buckets[p] == b ? 0 : canary[p];
        occupied[b] |= buckets[p] == b;
      }
    }
  }

  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  public double nc() {
    return nc;
  }

  public double nb() {
    return nb;
  }

  public int canaryPods() {
    return canary.length;
  }

  double[] canary() {
    return canary;
  }

  double[] stable() {
    return stable;
  }

  /// Whether a canary pod is in the bucket.
  public boolean occupied(int bucket) {
    return occupied[bucket];
  }

  /// Canary exposure outside of a bucket.
  double without(int bucket) {
    return without[bucket];
  }

  /// Events of canary pods in a bucket.
  long inside(int bucket, long[] counts) {
    long sum = 0;
    for (int p = 0; p < counts.length; p++) {
      sum += buckets[p] == bucket ? counts[p] : 0;
    }
    return sum;
  }

  /// [RatioGrid#costs] with the whole canary.
  double[] costs(RatioGrid grid) {
    return all(grid)[BUCKETS];
  }

  /// The same without a bucket; call it only if exposure is left.
  double[] costsWithout(RatioGrid grid, int bucket) {
    var all = all(grid);
    if (all[bucket].length == 0) {
      all[bucket] = grid.costs(without[bucket], nb);
    }
    return all[bucket];
  }

  private double[][] all(RatioGrid grid) {
    return costs.computeIfAbsent(grid.margin(), _ -> {
      var all = new double[BUCKETS + 1][0];
      all[BUCKETS] = grid.costs(nc, nb);
      return all;
    });
  }

  /// How evidence grows in this window, without a tolerance. Of the errors that come alone, one after another has the same.
  EProcess.Growth growth(RatioGrid grid, long xc, long m, double factor) {
    var known = last;
    if (known != null && known.serves(grid, xc, m, factor)) {
      return known.growth();
    }
    var growth = new EProcess.Growth(grid.gains(xc, m, costs(grid), factor));
    last = new Grown(grid.margin(), xc, m, factor, growth);
    return growth;
  }

  /// Exposure of the stable pods by group; not to be changed.
  double[] groupExposures() {
    if (stable.length <= Blocks.GROUPS) {
      return stable;
    }
    var groups = new double[Blocks.groups(stable.length)];
    for (int p = 0; p < stable.length; p++) {
      groups[p % groups.length] += stable[p];
    }
    return groups;
  }

  /// Events of stable pods by group; not to be changed.
  long[] groupCounts(long[] counts) {
    if (counts.length <= Blocks.GROUPS) {
      return counts;
    }
    var groups = new long[Blocks.groups(stable.length)];
    for (int p = 0; p < stable.length; p++) {
      groups[p % groups.length] += counts[p];
    }
    return groups;
  }
}
