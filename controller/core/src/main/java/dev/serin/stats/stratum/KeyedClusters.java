package dev.serin.stats.stratum;

import dev.serin.stats.RatioGrid;
import dev.serin.stats.TwoArmCounts;
import java.util.Map;
import java.util.TreeMap;

/// What a minute adds to the evidence of one signature if its events carry a key: a tenant, a client or a trace.
///
/// All events of a key in a block of 60 s are one cluster, of whichever arm they are, and contribute the *mean* of their
/// log likelihood ratios; no further tempering is needed.
///
/// *Theorem.* `E exp(Σ_clusters mean l) ≤ 1` if clusters are independent of each other and each event, looked at alone,
/// falls on the canary with the probability that routing gives it, whatever the dependence inside a cluster: by
/// Jensen `E exp(mean l) ≤ mean E e^l ≤ 1`. Weights may change inside the block, each event being measured with the
/// exposures of its own window, if not in reaction to events of the block.
///
/// Why not count a key once per arm: with unequal exposures presence is biased. A tenant that always fails would count
/// 1 : 1 at a split of 5 to 95.
///
/// Not guaranteed: two keys that fail together, such as tenants behind one proxy.
public final class KeyedClusters {

  /// The events of one key in the windows of a block, as sums over its events so far.
  private static final class Cluster {
    private final double[] sums = new double[RatioGrid.SIZE];
    private long events;

    private void add(RatioGrid grid, TwoArmCounts counts) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += grid.logLikelihoodRatio(i, counts);
      }
      events += counts.m();
    }
  }

  private final RatioGrid grid;
  // Sorted: sums have the same bits in whatever order the keys arrived.
  private final Map<String, Cluster> clusters = new TreeMap<>();

  private KeyedClusters(RatioGrid grid) {
    this.grid = grid;
  }

  /// The log evidence that a block adds, by ratio of the grid.
  ///
  /// @param block
  ///          per window, in their order, the counts of each key, with the exposures of the window
  /// @return for `OnsetMixture`, with one prior weight per block; 0 without events
  public static double[] gains(RatioGrid grid, Iterable<? extends Map<String, TwoArmCounts>> block) {
    var keyed = new KeyedClusters(grid);
    for (var window : block) {
      window.forEach(keyed::add);
    }
    return keyed.gains();
  }

  private void add(String key, TwoArmCounts counts) {
    if (counts.m() > 0) {
      clusters.computeIfAbsent(key, _ -> new Cluster()).add(grid, counts);
    }
  }

  private double[] gains() {
    var gains = new double[RatioGrid.SIZE];
    for (var cluster : clusters.values()) {
      for (int i = 0; i < gains.length; i++) {
        gains[i] += cluster.sums[i] / cluster.events;
      }
    }
    return gains;
  }
}
