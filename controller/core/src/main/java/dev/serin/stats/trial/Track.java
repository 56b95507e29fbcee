package dev.serin.stats.trial;

import dev.serin.stats.EProcess;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.TwoArmCounts;
import dev.serin.stats.cluster.PodBurst;
import dev.serin.stats.cluster.Tempering;
import dev.serin.stats.interval.ConfidenceSequence;
import dev.serin.stats.interval.NoEvents;
import dev.serin.stats.interval.RatioInterval;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Everything kept of one hypothesis since the rollout began. Immutable.
///
/// Three kinds of evidence run side by side: the main one, tempered as the past allows; the cautious one, which assumes
/// nothing of the past inside of windows; and the main one without each bucket of canary pods. What single groups of
/// tenants say is mixed into all of them.
public final class Track {

  private static final int HAS_WITHOUT = 1;
  private static final int BLAMED = 2;

  private final Counts counts;
  private final Kinds kinds;
  private final double logE;
  private final double logCautious;
  private final @Nullable ConfidenceSequence ratios;
  private final Calibration calibration;
  private final boolean blamed;

  /// @param canary
  ///          events on the canary
  /// @param baseline
  ///          events on the baseline
  /// @param expected
  ///          `Σ (n_c/n_b)·x_b`: canary events at the baseline's rate
  public record Counts(long canary, long baseline, double expected) {}

  /// What is fixed for a hypothesis.
  ///
  /// @param grid
  ///          its alternatives and margin
  /// @param tolerance
  ///          `δ`: events per request that are tolerated on top of the margin, at least 0
  /// @param worstRatio
  ///          rate ratio that proof must exclude before the canary advances; 0 if no proof is needed for this hypothesis
  /// @param byTenant
  ///          whether evidence is kept by tenant, where tenants are known; not with a tolerance, of which nobody knows what
  ///          a tenant may use
  public record Facts(RatioGrid grid, double tolerance, double worstRatio, boolean byTenant) {

    public Facts {
      if (byTenant && tolerance > 0) {
        throw new IllegalArgumentException("there is no evidence by tenant with a tolerance, which was " + tolerance);
      }
    }
  }

  /// What is the same for all hypotheses in a window.
  ///
  /// @param split
  ///          the exposures
  /// @param remaining
  ///          prior of a start in later windows
  public record Moment(Split split, double remaining) {}

  /// Evidence of the kinds that are kept.
  private static final class Kinds {

    private final EProcess main;
    private final EProcess cautious;
    private final EProcess @Nullable [] without;
    private final @Nullable Tenants tenants;

    Kinds(EProcess main, EProcess cautious, EProcess @Nullable [] without, @Nullable Tenants tenants) {
      this.main = main;
      this.cautious = cautious;
      this.without = without;
      this.tenants = tenants;
    }

    double mixed(double log) {
      return tenants == null ? log : tenants.logMixed(log);
    }
  }

  private Track(Counts counts, Kinds kinds, @Nullable ConfidenceSequence ratios, Calibration calibration,
      boolean blamed) {
    this.counts = counts;
    this.kinds = kinds;
    logE = kinds.mixed(kinds.main.logE());
    logCautious = kinds.mixed(kinds.cautious.logE());
    this.ratios = ratios;
    this.calibration = calibration;
    this.blamed = blamed;
  }

  /// No event yet.
  public static Track silent(Facts facts) {
    return new Track(new Counts(0, 0, 0),
        new Kinds(EProcess.START, EProcess.START, null, facts.byTenant() ? Tenants.OPEN : null),
        facts.worstRatio() > 0 ? ConfidenceSequence.empty(facts.worstRatio()) : null, Calibration.NONE, false);
  }

  /// Folds a window with traffic on both arms.
  ///
  /// @param cell
  ///          the events
  /// @param tempering
  ///          by the past
  /// @param podsApart
  ///          whether to keep evidence without each bucket of canary pods; once begun it goes on
  public Track after(Facts facts, Moment moment, Cell cell, Tempering tempering, boolean podsApart) {
    var split = moment.split();
    long xc = cell.xc();
    long m = xc + cell.xb();
    double burst = PodBurst.of(cell.canary(), split.canary(), cell.stable(), split.stable());
    double factor = tempering.factor(m, burst);
    double cautiously = tempering.cautious(m, burst);
    var growth = growth(facts, split, xc, m, factor);
    var main = kinds.main.after(facts.grid(), growth, moment.remaining());
    var cautiousGrowth = cautiously == factor ? growth : growth(facts, split, xc, m, cautiously);
    var cautious = cautiously == factor && kinds.main.equals(kinds.cautious)
        ? main
        : kinds.cautious.after(facts.grid(), cautiousGrowth, moment.remaining());
    var next = new Kinds(main, cautious,
        podsApart || podsApart() ? apart(facts, moment, cell, factor, main) : null,
        kinds.tenants == null ? null : kinds.tenants.after(facts.grid(), moment, cell, tempering));
    var sums = new Counts(counts.canary() + xc, counts.baseline() + m - xc,
        counts.expected() + split.nc() / split.nb() * (m - xc));
    return new Track(sums, next,
        ratios == null ? null : ratios.after(new TwoArmCounts(xc, m - xc, split.nc(), split.nb()), factor),
        calibration, blamed);
  }

  private EProcess[] apart(Facts facts, Moment moment, Cell cell, double factor, EProcess nextMain) {
    var split = moment.split();
    var main = kinds.main;
    var without = kinds.without;
    var next = new EProcess[Split.BUCKETS];
    for (int b = 0; b < Split.BUCKETS; b++) {
      var own = without == null ? main : without[b];
      if (!split.occupied(b) && own.equals(main)) {
        next[b] = nextMain;
      } else if (split.without(b) == 0) {
        next[b] = own;
      } else {
        long xc = cell.xc() - split.inside(b, cell.canary());
        next[b] = own.after(facts.grid(), gains(facts, split.without(b), xc, xc + cell.xb(),
            split.costsWithout(facts.grid(), b), factor), moment.remaining());
      }
    }
    return next;
  }

  private static EProcess.Growth growth(Facts facts, Split split, long xc, long m, double factor) {
    return facts.tolerance() > 0
        ? new EProcess.Growth(gains(facts, split.nc(), xc, m, split.costs(facts.grid()), factor))
        : split.growth(facts.grid(), xc, m, factor);
  }

  private static double[] gains(Facts facts, double nc, long xc, long m, double[] costs, double factor) {
    var gains = facts.grid().gains(xc, m, costs, factor);
    if (facts.tolerance() > 0) {
      for (int i = 0; i < gains.length; i++) {
        gains[i] -= facts.grid().charge(i, costs, factor * facts.tolerance() * nc);
      }
    }
    return gains;
  }

  /// The same with other knowledge of how events scatter.
  Track with(Calibration other) {
    return new Track(counts, kinds, ratios, other, blamed);
  }

  /// The same, blamed from now on.
  public Track blame() {
    return new Track(counts, kinds, ratios, calibration, true);
  }

  public Counts counts() {
    return counts;
  }

  /// Canary's rate as a multiple of the baseline's.
  public double rateRatio() {
    return counts.expected() > 0
        ? counts.canary() / counts.expected()
        : counts.canary() > 0 ? Double.POSITIVE_INFINITY : 1;
  }

  /// `ln E`.
  public double logE() {
    return logE;
  }

  /// `ln E` that assumes nothing of the past inside of windows.
  public double logCautious() {
    return logCautious;
  }

  /// Whether evidence without each bucket is kept.
  public boolean podsApart() {
    return kinds.without != null;
  }

  /// `ln E` without a bucket of canary pods, or less; of a hypothesis that had events but is not kept apart, negative infinity,
  /// which is conservative.
  public double logWithout(Facts facts, int bucket) {
    var without = kinds.without;
    if (without == null) {
      return counts.canary() + counts.baseline() == 0 ? logE : Double.NEGATIVE_INFINITY;
    }
    double left = without[bucket].logE();
    return kinds.tenants == null ? left : kinds.tenants.logMixedWithout(facts.grid(), bucket, left);
  }

  /// Rate ratios that are not excluded now.
  ///
  /// @param alpha
  ///          probability that the true one ever is
  public RatioInterval ratios(double alpha) {
    return ratios == null ? new RatioInterval(0, Double.POSITIVE_INFINITY) : ratios.interval(alpha);
  }

  /// Whether the canary may advance as far as this hypothesis goes: its rate is proven to stay below the worst ratio, or,
  /// without a single event on the canary, below a rate that matters.
  ///
  /// @param beta
  ///          probability of ever advancing a canary at the worst ratio or rate
  /// @param exposure
  ///          of the canary in the windows folded
  /// @param negligible
  ///          events per exposure that do not matter; the tolerance, if that is larger
  public boolean isProven(Facts facts, double beta, double exposure, double negligible) {
    return ratios == null || ratios.isBelow(facts.worstRatio(), beta)
        || (counts.canary() == 0 && exposure >= NoEvents.requests(Math.max(facts.tolerance(), negligible), beta));
  }

  /// Whether this hypothesis is found guilty.
  public boolean blamed() {
    return blamed;
  }

  Calibration calibration() {
    return calibration;
  }

  /// Appends the state, bit for bit.
  public void write(ByteBuffer out, Clusters clusters) {
    var without = kinds.without;
    out.put((byte) ((without == null ? 0 : HAS_WITHOUT) | (blamed ? BLAMED : 0)));
    VarLong.write(out, counts.canary());
    VarLong.write(out, counts.baseline());
    out.putDouble(counts.expected());
    write(out, kinds.main, EProcess.START);
    write(out, kinds.cautious, kinds.main);
    for (int b = 0; without != null && b < Split.BUCKETS; b++) {
      write(out, without[b], kinds.main);
    }
    if (kinds.tenants != null) {
      kinds.tenants.write(out);
    }
    if (ratios != null) {
      ratios.write(out);
    }
    calibration.write(out, clusters.blocks());
  }

  /// Most evidence of a hypothesis is the same as its main one, or as at the beginning.
  private static void write(ByteBuffer out, EProcess process, EProcess usual) {
    boolean same = process.equals(usual);
    out.put((byte) (same ? 0 : 1));
    if (!same) {
      process.write(out);
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for a number that no window could have led to
  public static Track read(Facts facts, Clusters clusters, ByteBuffer in) {
    int flags = in.get();
    var counts = new Counts(VarLong.read(in), VarLong.read(in), in.getDouble());
    if (!(counts.expected() >= 0 && counts.expected() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a sum must be finite and at least 0, was " + counts.expected());
    }
    var main = read(facts, in, EProcess.START);
    var cautious = read(facts, in, main);
    EProcess[] without = null;
    if ((flags & HAS_WITHOUT) != 0) {
      without = new EProcess[Split.BUCKETS];
      for (int b = 0; b < Split.BUCKETS; b++) {
        without[b] = read(facts, in, main);
      }
    }
    var tenants = facts.byTenant() ? Tenants.read(facts.grid(), in) : null;
    var ratios = facts.worstRatio() > 0 ? ConfidenceSequence.read(in, facts.worstRatio()) : null;
    return new Track(counts, new Kinds(main, cautious, without, tenants), ratios,
        Calibration.read(in, clusters.blocks()),
        (flags & BLAMED) != 0);
  }

  private static EProcess read(Facts facts, ByteBuffer in, EProcess usual) {
    return in.get() == 0 ? usual : EProcess.read(facts.grid(), in);
  }
}
