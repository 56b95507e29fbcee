package dev.serin.judge;

import dev.serin.signature.SignatureId;
import dev.serin.stats.AlphaShares;
import dev.serin.stats.EProcess;
import dev.serin.stats.LogSum;
import dev.serin.stats.OnsetPrior;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.TwoArmCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every signature under test with its evidence. The index order is fixed and is the order of all sums: total errors,
/// the signatures without a slot, known ones by ID, novel ones by discovery.
///
/// @param novel
///          novel signatures in the order of their discovery
/// @param tracked
///          evidence by index
record Hypotheses(List<SignatureId> novel, List<Tracked> tracked) {

  private static final int FIRST_KNOWN = 2;

  /// Counts and evidence of one signature since the rollout began.
  ///
  /// @param expected
  ///          `Σ (n_c/n_b)·x_b`: canary events at the baseline's rate
  record Tracked(long canary, long baseline, double expected, EProcess process) {

    Tracked after(RatioGrid grid, TwoArmCounts counts, double logOnset) {
      // No calibration yet: u = infinity assumes nothing about how events inside a window depend on each other.
      double tempering = EProcess.tempering(counts.m(), Double.POSITIVE_INFINITY);
      return new Tracked(canary + counts.xc(), baseline + counts.xb(),
          expected + counts.nc() / counts.nb() * counts.xb(), process.after(grid, counts, tempering, logOnset));
    }

    /// Canary's rate as a multiple of the baseline's.
    double rateRatio() {
      return expected > 0 ? canary / expected : canary > 0 ? Double.POSITIVE_INFINITY : 1;
    }
  }

  /// What is fixed for an index before its signature's first event counts.
  record Hypothesis(SignatureId signature, RatioGrid grid, double margin, double logShare) {}

  Hypotheses {
    novel = List.copyOf(novel);
    tracked = List.copyOf(tracked);
  }

  static Hypotheses initial(Policy policy) {
    var silent = new Tracked(0, 0, 0, EProcess.silent(0));
    return new Hypotheses(List.of(), Collections.nCopies(FIRST_KNOWN + policy.known().size(), silent));
  }

  /// Folds a window with traffic on both arms.
  ///
  /// @param before
  ///          windows folded so far
  Hypotheses after(Policy policy, Window window, OnsetPrior onset, long before) {
    var canary = window.events(Arm.CANARY);
    var baseline = window.events(Arm.BASELINE);
    var totals = new TreeMap<>(canary);
    baseline.forEach((signature, count) -> totals.merge(signature, count, Long::sum));
    var found = withDiscovered(policy, totals);

    var hypotheses = of(policy, found);
    double nc = window.exposure(Arm.CANARY);
    double nb = window.exposure(Arm.BASELINE);
    var late = new Tracked(0, 0, 0, EProcess.silent(1 - onset.remaining(before)));
    double logOnset = onset.logWeight(before + 1);
    var next = new ArrayList<Tracked>(hypotheses.size());
    for (int i = 0; i < hypotheses.size(); i++) {
      var counts = switch (i) {
        case 0 -> new TwoArmCounts(window.failures(Arm.CANARY), window.failures(Arm.BASELINE), nc, nb);
        case 1 -> new TwoArmCounts(untracked(canary, policy, found), untracked(baseline, policy, found), nc, nb);
        default -> {
          var signature = hypotheses.get(i).signature();
          yield new TwoArmCounts(canary.getOrDefault(signature, 0L), baseline.getOrDefault(signature, 0L), nc, nb);
        }
      };
      var past = i < tracked.size() ? tracked.get(i) : late;
      next.add(past.after(hypotheses.get(i).grid(), counts, logOnset));
    }
    return new Hypotheses(found, next);
  }

  /// All hypotheses by index.
  List<Hypothesis> of(Policy policy) {
    return of(policy, novel);
  }

  /// `ln(γ_s·E_s)` by index, then the logarithm of the idle share; their sum is G.
  double[] logTerms(Policy policy, double remaining) {
    var hypotheses = of(policy, novel);
    var terms = new double[hypotheses.size() + 1];
    for (int i = 0; i < hypotheses.size(); i++) {
      var hypothesis = hypotheses.get(i);
      terms[i] = hypothesis.logShare() + tracked.get(i).process().logE(hypothesis.grid(), remaining);
    }
    terms[hypotheses.size()] = StrictMath.log(shares(policy).idle(novel.size()));
    return terms;
  }

  static double logG(double[] logTerms) {
    return LogSum.of(logTerms);
  }

  private static List<Hypothesis> of(Policy policy, List<SignatureId> novel) {
    var shares = shares(policy);
    double margin = policy.ratioMargin(policy.margin());
    var novelGrid = RatioGrid.novel(margin);
    var all = new ArrayList<Hypothesis>(FIRST_KNOWN + policy.known().size() + novel.size());
    // Uniform even without a history of errors: a novel signature then leads the sum it is part of.
    all.add(new Hypothesis(Evidence.TOTAL_ERRORS, RatioGrid.uniform(margin), margin, log(AlphaShares.TOTAL)));
    all.add(new Hypothesis(Evidence.OTHER, novelGrid, margin, log(shares.other())));
    policy.known().forEach((signature, watched) -> {
      double own = policy.ratioMargin(watched.margin());
      var grid = watched.inHistory() ? RatioGrid.uniform(own) : RatioGrid.novel(own);
      all.add(new Hypothesis(signature, grid, own, log(shares.known(all.size() - FIRST_KNOWN))));
    });
    for (int i = 0; i < novel.size(); i++) {
      all.add(new Hypothesis(novel.get(i), novelGrid, margin, log(shares.novel(i + 1))));
    }
    return all;
  }

  private static AlphaShares shares(Policy policy) {
    var weights = policy.known().values().stream().mapToDouble(watched -> switch (watched.severity()) {
      case NORMAL -> 1;
      case CRITICAL -> 2;
    }).toArray();
    return new AlphaShares(weights, policy.novelSlots());
  }

  /// Takes free slots in an order that may look at totals and names but never at the arm: then even the first event of
  /// a
  /// novel signature counts in full.
  private List<SignatureId> withDiscovered(Policy policy, Map<SignatureId, Long> totals) {
    var all = new ArrayList<>(novel);
    totals.entrySet().stream().filter(entry -> isUntracked(entry.getKey(), policy, novel))
        .sorted(Map.Entry.<SignatureId, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()))
        .limit(policy.novelSlots() - novel.size()).forEach(entry -> all.add(entry.getKey()));
    return all;
  }

  private static long untracked(Map<SignatureId, Long> events, Policy policy, List<SignatureId> novel) {
    return events.entrySet().stream().filter(entry -> isUntracked(entry.getKey(), policy, novel))
        .mapToLong(Map.Entry::getValue).sum();
  }

  private static boolean isUntracked(SignatureId signature, Policy policy, List<SignatureId> novel) {
    return !policy.known().containsKey(signature) && !novel.contains(signature);
  }

  private static double log(double share) {
    return StrictMath.log(share);
  }
}
