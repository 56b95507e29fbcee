package dev.serin.judge;

import dev.serin.signature.SignatureId;
import dev.serin.stats.AlphaShares;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.latency.WatchedBounds;
import dev.serin.stats.stratum.TenantBuckets;
import dev.serin.stats.trial.Track;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// The hypotheses under test. The index order is fixed and is the order of all sums: total errors, the signatures without
/// a slot, known ones by ID, bounds of latency, novel ones by discovery.
final class Roster {

  static final int TOTAL = 0;
  static final int OTHER = 1;
  private static final int FIRST_KNOWN = 2;

  private final Policy policy;
  private final String key;
  private final WatchedBounds bounds;
  private final List<SignatureId> novel;
  private final List<Hypothesis> hypotheses;
  private final Map<SignatureId, Integer> indexes;
  private final double logIdle;

  /// What is fixed for an index before its signature's first event counts.
  record Hypothesis(SignatureId signature, Track.Facts facts, double logShare) {

    double margin() {
      return facts.grid().margin();
    }

    double share() {
      return StrictMath.exp(logShare);
    }
  }

  /// @param bounds
  ///          of latency
  /// @param novel
  ///          novel signatures in the order of their discovery
  Roster(Policy policy, WatchedBounds bounds, List<SignatureId> novel) {
    this(policy, policy.configHash(), bounds, novel);
  }

  private Roster(Policy policy, String key, WatchedBounds bounds, List<SignatureId> novel) {
    this.policy = policy;
    this.key = key;
    this.bounds = bounds;
    this.novel = List.copyOf(novel);
    var shares = shares(policy);
    hypotheses = of(policy, bounds, this.novel, shares);
    logIdle = StrictMath.log(shares.idle(novel.size()));
    indexes = new HashMap<>();
    for (int i = FIRST_KNOWN; i < hypotheses.size(); i++) {
      if (!isLatency(i)) {
        indexes.put(hypotheses.get(i).signature(), i);
      }
    }
  }

  private static List<Hypothesis> of(Policy policy, WatchedBounds bounds, List<SignatureId> novel,
      AlphaShares shares) {
    double margin = policy.ratioMargin(policy.margin());
    double tolerance = policy.margin().tolerance();
    var unseen = new Track.Facts(RatioGrid.novel(margin), tolerance, 0, false);
    double worst = policy.advance().worstRatio();
    var all = new ArrayList<Hypothesis>(FIRST_KNOWN + policy.known().size() + novel.size());
    // Uniform even without a history of errors: a novel signature then leads the sum it is part of.
    // By tenant only here: where one tenant fails, all errors of its bucket together tell nearly as much as one
    // signature, and their share of alpha is larger.
    all.add(new Hypothesis(Evidence.TOTAL_ERRORS,
        new Track.Facts(RatioGrid.uniform(margin), tolerance, worst, tolerance == 0),
        log(shares.total())));
    all.add(new Hypothesis(Evidence.OTHER, unseen, log(shares.other())));
    policy.known().forEach((signature, watched) -> {
      double own = policy.ratioMargin(watched.margin());
      var grid = watched.inHistory() ? RatioGrid.uniform(own) : RatioGrid.novel(own);
      double proof = switch (watched.severity()) {
        case NORMAL -> 0;
        case CRITICAL -> worst;
      };
      all.add(new Hypothesis(signature, new Track.Facts(grid, watched.margin().tolerance(), proof, false),
          log(shares.known(all.size() - FIRST_KNOWN))));
    });
    // Their places are kept before anybody knows the bounds: evidence is 1 until then.
    for (int j = 0; j < WatchedBounds.MOST; j++) {
      all.add(new Hypothesis(Evidence.slowerThan(j < bounds.size() ? bounds.bound(j) : 0),
          new Track.Facts(RatioGrid.uniform(margin), 0, 0, false), log(shares.latency(WatchedBounds.MOST))));
    }
    for (int i = 0; i < novel.size(); i++) {
      all.add(new Hypothesis(novel.get(i), unseen, log(shares.novel(i + 1))));
    }
    return List.copyOf(all);
  }

  /// Known signatures without a weight of their own share, by severity, what the others leave of their part.
  private static AlphaShares shares(Policy policy) {
    double left = AlphaShares.KNOWN;
    double severities = 0;
    for (var entry : policy.known().entrySet()) {
      var weight = policy.weights().get(entry.getKey());
      left -= weight == null ? 0 : weight;
      severities += weight == null ? severity(entry.getValue()) : 0;
    }
    var known = new double[policy.known().size()];
    int i = 0;
    for (var entry : policy.known().entrySet()) {
      var weight = policy.weights().get(entry.getKey());
      known[i++] = weight == null ? Math.max(0, left) * severity(entry.getValue()) / severities : weight;
    }
    return new AlphaShares(policy.weights().getOrDefault(Evidence.TOTAL_ERRORS, AlphaShares.TOTAL), known,
        policy.novelSlots());
  }

  private static double severity(Watched watched) {
    return switch (watched.severity()) {
      case NORMAL -> 1;
      case CRITICAL -> 2;
    };
  }

  int size() {
    return hypotheses.size();
  }

  Hypothesis get(int index) {
    return hypotheses.get(index);
  }

  List<SignatureId> novel() {
    return novel;
  }

  /// Index of a signature; that of the ones without a slot if it has none.
  int index(SignatureId signature) {
    return indexes.getOrDefault(signature, OTHER);
  }

  /// Where the bounds of latency are.
  int firstLatency() {
    return FIRST_KNOWN + policy.known().size();
  }

  boolean isLatency(int index) {
    return index >= firstLatency() && index < firstLatency() + WatchedBounds.MOST;
  }

  /// Whether the place has a hypothesis.
  boolean isTaken(int index) {
    return !isLatency(index) || index < firstLatency() + bounds.size();
  }

  WatchedBounds bounds() {
    return bounds;
  }

  /// The same, watching these bounds.
  Roster watching(WatchedBounds other) {
    return other == bounds ? this : new Roster(policy, key, other, novel);
  }

  /// The bucket of a tenant in rollouts under this policy.
  int bucket(String tenant) {
    return TenantBuckets.bucketOf(key, tenant);
  }

  /// Logarithm of what no hypothesis uses.
  double logIdle() {
    return logIdle;
  }

  /// Takes free slots in an order that may look at totals and names but never at the arm: then even the first event of a
  /// novel signature counts in full.
  ///
  /// @param unknown
  ///          events on both arms of signatures without a slot
  Roster with(SortedMap<SignatureId, Long> unknown) {
    int free = policy.novelSlots() - novel.size();
    if (unknown.isEmpty() || free == 0) {
      return this;
    }
    var all = new ArrayList<>(novel);
    unknown.entrySet().stream().sorted(Map.Entry.<SignatureId, Long>comparingByValue(Comparator.reverseOrder())
        .thenComparing(Map.Entry.comparingByKey())).limit(free).forEach(entry -> all.add(entry.getKey()));
    return new Roster(policy, key, bounds, all);
  }

  private static double log(double share) {
    return StrictMath.log(share);
  }
}
