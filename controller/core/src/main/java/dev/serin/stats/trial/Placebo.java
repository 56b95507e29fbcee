package dev.serin.stats.trial;

import dev.serin.stats.OnsetPrior;
import dev.serin.stats.cluster.PodBurst;
import dev.serin.stats.cluster.Tempering;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether the stable pods behave as the judge assumes: each is judged as if it were the canary of the others, by its
/// total errors. Immutable.
///
/// At most 16 pods are looked at, the first by name; a pod that goes hands its place to another. Their evidence is the
/// likelihood ratio of the judge with the judge's own tempering, at the ratios 2, 5 and 20, mixed over the start of a
/// fault in blocks of 30 windows.
///
/// *Theorem.* If the assumptions of the judge hold, each pod's evidence is an e-process, also if the place changes hands,
/// since that depends on names alone; so the mean over the places is one, under any dependence between them. By Ville
/// P(it ever reaches 1/α) ≤ α. A single pod must therefore show 16/α. Once it is reached, something ties errors to pods that
/// the calibration does not know: a pod that is always worse, or clusters that last. It stays known.
// Blocks: an exponential per pod and ratio only every 30 windows. The factors of the windows of a block multiply to one
// factor with an expectation of at most 1, so that the mixture over starts stays valid.
public final class Placebo {

  /// Places for stable pods.
  public static final int PLACES = 16;

  private static final int BLOCK = 30;
  private static final OnsetPrior ONSET = new OnsetPrior(6);
  private static final double[] LOG_RATIO = {StrictMath.log(2), StrictMath.log(5), StrictMath.log(20)};
  private static final double[] RATIO_MINUS_ONE = {1, 4, 19};
  private static final int RATIOS = LOG_RATIO.length;
  private static final double LARGEST_GAIN = 600;

  /// No window yet.
  public static final Placebo NONE = new Placebo(List.of(), 0, 0, false);

  private final List<Place> places;
  private final int filled;
  private final long blocks;
  private final boolean suspect;

  /// The evidence of one place.
  private static final class Place {

    private final String pod;
    /// Log evidence of the block that is being filled, by ratio.
    private final double[] gains;
    /// Evidence of full blocks, mixed over the starts in them, by ratio; ½ at first.
    private final double[] q;

    Place(String pod, double[] gains, double[] q) {
      this.pod = pod;
      this.gains = gains;
      this.q = q;
    }

    static Place of(String pod) {
      return new Place(pod, new double[RATIOS], new double[]{0.5, 0.5, 0.5});
    }

    Place folded(double prior) {
      var next = q.clone();
      for (int i = 0; i < RATIOS; i++) {
        next[i] = (q[i] + prior) * StrictMath.exp(Math.min(gains[i], LARGEST_GAIN));
      }
      return new Place(pod, new double[RATIOS], next);
    }

    double evidence(double remaining) {
      double sum = 0;
      for (double value : q) {
        sum += value;
      }
      return sum / RATIOS + 0.5 * remaining;
    }
  }

  private Placebo(List<Place> places, int filled, long blocks, boolean suspect) {
    this.places = places;
    this.filled = filled;
    this.blocks = blocks;
    this.suspect = suspect;
  }

  /// Folds a window with traffic on both arms.
  ///
  /// @param pods
  ///          names of the stable pods, in order
  /// @param split
  ///          of this window
  /// @param total
  ///          total errors; null if there were none
  /// @param tempering
  ///          of the total errors in this window
  /// @param logThreshold
  ///          `ln 1/α`
  public Placebo after(List<String> pods, Split split, @Nullable Cell total, Tempering tempering,
      double logThreshold) {
    if (suspect) {
      return this;
    }
    var next = total == null ? places : gained(pods, split.stable(), total.stable(), tempering);
    if (filled + 1 < BLOCK) {
      return new Placebo(next, filled + 1, blocks, false);
    }
    double prior = 0.5 * (ONSET.remaining(blocks) - ONSET.remaining(blocks + 1));
    var folded = next.stream().map(place -> place.folded(prior)).toList();
    return new Placebo(folded, 0, blocks + 1, logMean(folded, blocks + 1) >= logThreshold);
  }

  private static double logMean(List<Place> places, long blocks) {
    double remaining = ONSET.remaining(blocks);
    // A place that nobody has taken yet is evidence 1.
    double sum = PLACES - places.size();
    for (var place : places) {
      sum += place.evidence(remaining);
    }
    return StrictMath.log(sum / PLACES);
  }

  /// Whether the stable pods were found to differ more than the judge assumes.
  public boolean suspect() {
    return suspect;
  }

  /// `ln` of the mean evidence after the last full block; once suspect, that of the block which told.
  public double logMean() {
    return logMean(places, blocks);
  }

  /// The pod that looks worst, by its evidence after the last full block; the first of equal ones.
  ///
  /// @throws java.util.NoSuchElementException
  ///           if no pod had events yet
  public String worst() {
    double remaining = ONSET.remaining(blocks);
    var worst = places.getFirst();
    for (var place : places) {
      worst = place.evidence(remaining) > worst.evidence(remaining) ? place : worst;
    }
    return worst.pod;
  }

  private List<Place> gained(List<String> pods, double[] exposures, long[] counts, Tempering tempering) {
    double exposure = Split.sum(exposures);
    long m = Cell.sum(counts);
    if (m == 0 || pods.size() < 2) {
      return places;
    }
    double eta = tempering.factor(m, PodBurst.of(counts, exposures, counts, exposures));
    var next = new ArrayList<Place>(PLACES);
    var costs = new double[RATIOS];
    double costly = 0;
    for (var place : assigned(pods)) {
      int p = index(pods, next.size(), place);
      if (p < 0 || exposures[p] == 0 || exposures[p] == exposure) {
        next.add(place);
      } else {
        // Pod-seconds are mostly the same, and often requests.
        costs = exposures[p] == costly ? costs : costs(exposures[p] / exposure);
        costly = exposures[p];
        next.add(gained(place, eta * counts[p], eta * m, costs));
      }
    }
    return next;
  }

  /// Whether every place has one of these pods, as many as can have one.
  private boolean isSettled(List<String> pods) {
    boolean settled = places.size() == Math.min(pods.size(), PLACES);
    for (int i = 0; settled && i < places.size(); i++) {
      settled = index(pods, i, places.get(i)) >= 0;
    }
    return settled;
  }

  /// Where the pod of the i-th place is; mostly it is the i-th.
  private static int index(List<String> pods, int i, Place place) {
    return i < pods.size() && pods.get(i).equals(place.pod) ? i : Collections.binarySearch(pods, place.pod);
  }

  /// What every event of any pod takes from a pod with this share of the exposure, by ratio.
  private static double[] costs(double share) {
    var costs = new double[RATIOS];
    for (int i = 0; i < RATIOS; i++) {
      costs[i] = StrictMath.log1p(RATIO_MINUS_ONE[i] * share);
    }
    return costs;
  }

  private static Place gained(Place place, double own, double all, double[] costs) {
    var gains = place.gains.clone();
    for (int i = 0; i < RATIOS; i++) {
      gains[i] += own * LOG_RATIO[i] - all * costs[i];
    }
    return new Place(place.pod, gains, place.q);
  }

  /// A pod keeps its place; places of pods that went, and free ones, go to the first pods without one.
  private List<Place> assigned(List<String> pods) {
    if (isSettled(pods)) {
      return places;
    }
    Set<String> placed = new HashSet<>();
    places.forEach(place -> placed.add(place.pod));
    var free = pods.stream().filter(pod -> !placed.contains(pod)).iterator();
    var next = new ArrayList<Place>();
    places.forEach(place -> next.add(Collections.binarySearch(pods, place.pod) >= 0 || !free.hasNext()
        ? place
        : new Place(free.next(), place.gains, place.q)));
    while (next.size() < PLACES && free.hasNext()) {
      next.add(Place.of(free.next()));
    }
    return List.copyOf(next);
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out) {
    out.put((byte) (suspect ? 1 : 0)).putInt(filled).putLong(blocks).putInt(places.size());
    for (var place : places) {
      var name = place.pod.getBytes(StandardCharsets.UTF_8);
      out.putInt(name.length).put(name);
      for (int i = 0; i < RATIOS; i++) {
        out.putDouble(place.gains[i]).putDouble(place.q[i]);
      }
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for what no windows could have led to
  public static Placebo read(ByteBuffer in) {
    boolean suspect = in.get() != 0;
    int filled = in.getInt();
    long blocks = in.getLong();
    int size = in.getInt();
    if (filled < 0 || filled >= BLOCK || blocks < 0 || size < 0 || size > PLACES) {
      throw new IllegalArgumentException("a placebo of " + PLACES + " places cannot have " + size + ", " + filled
          + " windows and " + blocks + " blocks");
    }
    var places = new ArrayList<Place>(size);
    for (int i = 0; i < size; i++) {
      places.add(readPlace(in));
    }
    return new Placebo(List.copyOf(places), filled, blocks, suspect);
  }

  private static Place readPlace(ByteBuffer in) {
    int length = in.getInt();
    if (length < 1 || length > in.remaining()) {
      throw new IllegalArgumentException("a pod's name has an impossible length: " + length);
    }
    var name = new byte[length];
    in.get(name);
    var place = Place.of(new String(name, StandardCharsets.UTF_8));
    for (int i = 0; i < RATIOS; i++) {
      place.gains[i] = in.getDouble();
      place.q[i] = in.getDouble();
      if (!Double.isFinite(place.gains[i]) || !(place.q[i] >= 0 && place.q[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("evidence must be a finite number of at least 0, was " + place.q[i]);
      }
    }
    return place;
  }
}
