package dev.serin.judge;

import dev.serin.signature.SignatureId;
import dev.serin.stats.LogMixture;
import dev.serin.stats.LogSum;
import dev.serin.stats.cluster.Tempering;
import dev.serin.stats.latency.WatchedBounds;
import dev.serin.stats.trial.Cell;
import dev.serin.stats.trial.Clusters;
import dev.serin.stats.trial.Placebo;
import dev.serin.stats.trial.Split;
import dev.serin.stats.trial.Track;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Every hypothesis under test with its evidence.
///
/// @param roster
///          what is fixed
/// @param tracks
///          evidence by index
/// @param clusters
///          what the stable pods showed of clustering
/// @param placebo
///          whether the stable pods bear each other out
/// @param buckets
///          which bucket each canary pod of the last window is in
/// @param sums
///          the evidence of all together
record Hypotheses(Roster roster, List<Track> tracks, Clusters clusters, Placebo placebo,
    SortedMap<String, Integer> buckets, Sums sums) {

  /// Hypotheses whose evidence is kept without each bucket of canary pods, the first that have events: it bounds the size
  /// of a snapshot.
  private static final int APART = 20;

  /// `ln Σ γ_s·E_s` with the idle share, of the main and of the cautious evidence.
  record Sums(LogMixture main, LogMixture cautious) {

    private static final Sums NONE = new Sums(LogMixture.NONE, LogMixture.NONE);

    Sums of(Roster roster, List<Track> tracks) {
      var terms = logTerms(roster, tracks, Track::logE);
      var cautiously = logTerms(roster, tracks, Track::logCautious);
      var sum = main.with(terms);
      // While no window had a cluster the two are the same.
      return new Sums(sum, main == cautious && Arrays.equals(terms, cautiously) ? sum : cautious.with(cautiously));
    }
  }

  static Hypotheses initial(Policy policy) {
    var roster = new Roster(policy, WatchedBounds.NONE, List.of());
    return of(roster, silent(roster), Clusters.none(policy.window()), Placebo.NONE, new TreeMap<>());
  }

  static Hypotheses of(Roster roster, List<Track> tracks, Clusters clusters, Placebo placebo,
      SortedMap<String, Integer> buckets) {
    return new Hypotheses(roster, tracks, clusters, placebo, buckets, Sums.NONE.of(roster, tracks));
  }

  private static List<Track> silent(Roster roster) {
    return IntStream.range(0, roster.size()).mapToObj(i -> Track.silent(roster.get(i).facts())).toList();
  }

  /// Folds a window with traffic on both arms.
  ///
  /// @param remaining
  ///          prior of a start in later windows
  /// @param logThreshold
  ///          evidence that tells a stable pod from the others
  Hypotheses after(Window.Cells window, double remaining, double logThreshold) {
    var placed = window.cells(roster);
    var found = placed[Roster.OTHER] == null ? roster : roster.with(window.unknown(roster));
    var cells = found == roster ? placed : window.cells(found);
    var assigned = assigned(Window.Cells.names(window.canary()));
    var split = window.split(indexes(assigned));
    var next = grown(found);
    var moment = new Track.Moment(split, remaining);
    var slow = found.bounds().size() == 0
        ? moment
        : new Track.Moment(window.measured(split, indexes(assigned)), remaining);
    int apart = podsApart();
    for (int i = 0; i < next.length; i++) {
      var facts = found.get(i).facts();
      var cell = cells[i] == null && facts.tolerance() > 0
          ? new Cell(window.canary().size(), window.stable().size())
          : cells[i];
      if (cell != null) {
        boolean begins = !next[i].podsApart() && apart < APART;
        apart += begins ? 1 : 0;
        next[i] = next[i].after(facts, found.isLatency(i) ? slow : moment, cell, tempering(next[i]), begins);
      }
    }
    // Only now: what a window shows of clustering tempers later windows.
    var stable = Window.Cells.names(window.stable());
    var watched = placebo.after(stable, split, cells[Roster.TOTAL], clusters.tempering(tracks.get(Roster.TOTAL)),
        logThreshold);
    var learned = clusters.after(stable, split, next, cells, pooled(found));
    var tracked = Arrays.asList(next);
    var watching = found.watching(window.bounds(found));
    return new Hypotheses(watching, tracked, learned, watched, assigned, sums.of(watching, tracked));
  }

  private Tempering tempering(Track track) {
    var learned = clusters.tempering(track);
    return placebo.suspect() ? learned.distrusting() : learned;
  }

  /// Learns how events cluster from a window before the canary.
  Hypotheses learned(Window.Cells window) {
    var quiet = new Window.Cells(List.of(), window.stable());
    var next = grown(roster);
    var learned = clusters.after(Window.Cells.names(window.stable()), quiet.split(new int[0]), next,
        quiet.cells(roster), pooled(roster));
    return new Hypotheses(roster.watching(quiet.bounds(roster)), Arrays.asList(next), learned, placebo, buckets, sums);
  }

  /// Neither the sum of the others nor latencies, whose clusters are not those of errors.
  private static IntPredicate pooled(Roster roster) {
    return i -> i != Roster.TOTAL && !roster.isLatency(i);
  }

  private int podsApart() {
    int apart = 0;
    for (var track : tracks) {
      apart += track.podsApart() ? 1 : 0;
    }
    return apart;
  }

  private static int[] indexes(SortedMap<String, Integer> assigned) {
    var indexes = new int[assigned.size()];
    int p = 0;
    for (int bucket : assigned.values()) {
      indexes[p++] = bucket;
    }
    return indexes;
  }

  private Track[] grown(Roster found) {
    var next = new Track[found.size()];
    for (int i = 0; i < next.length; i++) {
      next[i] = i < tracks.size() ? tracks.get(i) : Track.silent(found.get(i).facts());
    }
    return next;
  }

  /// A pod stays in its bucket; one that is new goes where the fewest are.
  private SortedMap<String, Integer> assigned(List<String> pods) {
    if (pods.size() == buckets.size() && buckets.keySet().containsAll(pods)) {
      return buckets;
    }
    var assigned = new TreeMap<String, Integer>();
    var sizes = new int[Split.BUCKETS];
    for (var pod : pods) {
      var bucket = buckets.get(pod);
      if (bucket != null) {
        assigned.put(pod, bucket);
        sizes[bucket]++;
      }
    }
    for (var pod : pods) {
      if (!assigned.containsKey(pod)) {
        int least = 0;
        for (int b = 1; b < sizes.length; b++) {
          least = sizes[b] < sizes[least] ? b : least;
        }
        assigned.put(pod, least);
        sizes[least]++;
      }
    }
    return Collections.unmodifiableSortedMap(assigned);
  }

  /// The same with one hypothesis begun anew, if that lowers its evidence.
  Hypotheses forgiving(int index) {
    if (index == Roster.OTHER || tracks.get(index).logE() <= 0) {
      return this;
    }
    var next = grown(roster);
    next[index] = Track.silent(roster.get(index).facts());
    return of(roster, Arrays.asList(next), clusters, placebo, buckets);
  }

  /// `ln(γ_s·E_s)` by index, then the logarithm of the idle share; their sum is G.
  double[] logTerms() {
    return logTerms(roster, tracks, Track::logE);
  }

  double logG() {
    return sums.main().log();
  }

  /// The same when nothing is assumed of the past inside of windows.
  double logGwin() {
    return sums.cautious().log();
  }

  private static double[] logTerms(Roster roster, List<Track> tracks, ToDoubleFunction<Track> logE) {
    var terms = new double[roster.size() + 1];
    for (int i = 0; i < roster.size(); i++) {
      terms[i] = roster.get(i).logShare() + logE.applyAsDouble(tracks.get(i));
    }
    terms[roster.size()] = roster.logIdle();
    return terms;
  }

  /// Whether total errors and every critical signature are proven to stay below the policy's worst ratio, or below a rate
  /// that matters.
  boolean isProven(double beta, double exposure, double negligible) {
    boolean proven = true;
    for (int i = 0; proven && i < roster.size(); i++) {
      proven = tracks.get(i).isProven(roster.get(i).facts(), beta, exposure, negligible);
    }
    return proven;
  }

  /// Canary events beyond what the margin allows at the baseline's rate; may be negative.
  double excess(int index) {
    var counts = tracks.get(index).counts();
    return counts.canary() - roster.get(index).margin() * counts.expected();
  }

  /// The hypothesis with the largest share of G.
  int leading() {
    var terms = logTerms();
    int leading = 0;
    for (int i = 1; i < roster.size(); i++) {
      leading = terms[i] > terms[leading] ? i : leading;
    }
    return leading;
  }

  /// Guilty signatures, in index order.
  List<SignatureId> blamed() {
    var blamed = new ArrayList<SignatureId>();
    for (int i = 0; i < roster.size(); i++) {
      if (tracks.get(i).blamed()) {
        blamed.add(roster.get(i).signature());
      }
    }
    return blamed;
  }

  /// The bucket without which the least evidence is left, or -1 while the canary has a single pod.
  int leastWithout() {
    int least = -1;
    double smallest = Double.POSITIVE_INFINITY;
    for (int b = 0; buckets.size() > 1 && b < Split.BUCKETS; b++) {
      if (buckets.containsValue(b) && logGwithout(b) < smallest) {
        smallest = logGwithout(b);
        least = b;
      }
    }
    return least;
  }

  double logGwithout(int bucket) {
    var terms = new double[roster.size() + 1];
    for (int i = 0; i < roster.size(); i++) {
      terms[i] = roster.get(i).logShare() + tracks.get(i).logWithout(roster.get(i).facts(), bucket);
    }
    terms[roster.size()] = roster.logIdle();
    return LogSum.of(terms);
  }

  /// The smallest evidence that is left without one of the canary's pods; null while it has a single pod.
  @Nullable
  Double logGlopo() {
    int least = leastWithout();
    return least < 0 ? null : Double.valueOf(logGwithout(least));
  }

  /// Canary pods of a bucket, by name.
  List<String> pods(int bucket) {
    return buckets.entrySet().stream().filter(entry -> entry.getValue() == bucket).map(entry -> entry.getKey())
        .toList();
  }

  /// Blames every signature whose own evidence is enough even if all others were innocent: with
  /// `B_s = γ_s·E_s + (1 − γ_s) − Σ_{i≠s} γ_i·max(0, 1 − E_i)` at the threshold. For any set of innocent signatures their
  /// own G lies above each of their B_s, so that Ville covers all of them and all windows at once.
  Hypotheses blaming(double logThreshold) {
    var evidence = new double[roster.size()];
    var shares = new double[roster.size()];
    double lost = 0;
    for (int i = 0; i < evidence.length; i++) {
      evidence[i] = StrictMath.exp(tracks.get(i).logE());
      shares[i] = roster.get(i).share();
      lost += shares[i] * Math.max(0, 1 - evidence[i]);
    }
    double threshold = StrictMath.exp(logThreshold);
    var next = grown(roster);
    for (int i = 0; i < next.length; i++) {
      double others = lost - shares[i] * Math.max(0, 1 - evidence[i]);
      if (!next[i].blamed() && shares[i] * evidence[i] + (1 - shares[i]) - others >= threshold) {
        next[i] = next[i].blame();
      }
    }
    return new Hypotheses(roster, Arrays.asList(next), clusters, placebo, buckets, sums);
  }
}
