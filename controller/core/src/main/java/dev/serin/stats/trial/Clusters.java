package dev.serin.stats.trial;

import dev.serin.stats.cluster.Decay;
import dev.serin.stats.cluster.Dispersion;
import dev.serin.stats.cluster.Tempering;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What the stable pods showed of clustering so far, for all signatures together, and the blocks under way. Immutable.
public final class Clusters {

  private static final Duration HALF_LIFE = Duration.ofMinutes(20);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  /// What must be seen of the stable pods before it is trusted how events cluster: so long a time.
  public static final Duration ENOUGH_TIME = Duration.ofHours(1);

  /// And so many events of a hypothesis.
  public static final double ENOUGH_EVENTS = 300;

  private final Pace pace;
  private final long windows;
  private final Blocks blocks;
  private final Calibration pooled;
  private final double[] dispersions = new double[1 + Blocks.SCALES];

  /// Times in windows.
  private record Pace(Decay decay, int minute, int fiveMinutes, int enough) {

    static Pace of(Duration window) {
      return new Pace(new Decay(HALF_LIFE.toMillis() / (double) window.toMillis()), windows(MINUTE, window, 2),
          windows(FIVE_MINUTES, window, 3), windows(ENOUGH_TIME, window, 1));
    }

    private static int windows(Duration time, Duration window, int least) {
      return (int) Math.max(least, time.dividedBy(window));
    }

    /// Block lengths besides the single window.
    int[] lengths() {
      return new int[]{minute, fiveMinutes};
    }
  }

  private Clusters(Pace pace, long windows, Blocks blocks, Calibration pooled) {
    this.pace = pace;
    this.windows = windows;
    this.blocks = blocks;
    this.pooled = pooled;
    for (int j = 0; j < dispersions.length; j++) {
      dispersions[j] = pooled.dispersion(j).pooled(windows, pace.decay());
    }
  }

  /// Nothing seen.
  ///
  /// @param window
  ///          length of every window
  public static Clusters none(Duration window) {
    return new Clusters(Pace.of(window), 0, Blocks.empty(), Calibration.NONE);
  }

  /// How a hypothesis' evidence is tempered now. Only earlier windows enter.
  public Tempering tempering(Track track) {
    var own = track.calibration();
    var estimates = new double[1 + Blocks.SCALES];
    for (int j = 0; j < estimates.length; j++) {
      estimates[j] = own.dispersion(j).estimate(dispersions[j], windows, pace.decay());
    }
    return Tempering.of(estimates[0], Math.max(estimates[1], estimates[2]),
        own.events() >= ENOUGH_EVENTS && windows >= pace.enough());
  }

  /// Adds a window.
  ///
  /// @param pods
  ///          names of the stable pods, in order
  /// @param split
  ///          of this window
  /// @param tracks
  ///          all hypotheses, changed in place
  /// @param cells
  ///          their events, null where there were none
  /// @param pooled
  ///          hypotheses whose events count in what is learned of all together: not a sum of others
  public Clusters after(List<String> pods, Split split, Track[] tracks, @Nullable Cell[] cells, IntPredicate pooled) {
    long now = windows + 1;
    var exposures = split.groupExposures();
    var filling = blocks.after(pods, exposures);
    var sums = new Sums(this.pooled, now, pace.decay(), pooled);
    for (int i = 0; i < tracks.length; i++) {
      var cell = cells[i];
      if (cell != null) {
        sums.window(i, tracks, split.groupCounts(cell.stable()), exposures, filling);
      }
    }
    var lengths = pace.lengths();
    for (int j = 0; j < Blocks.SCALES; j++) {
      for (int i = 0; filling.full(j, lengths[j]) && i < tracks.length; i++) {
        sums.block(i, tracks, j, filling);
      }
    }
    return new Clusters(pace, now, filling.closed(lengths), sums.pooled());
  }

  public void write(ByteBuffer out) {
    out.putLong(windows);
    blocks.write(out);
    pooled.write(out, blocks);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for a number that no window could have led to
  public static Clusters read(ByteBuffer in, Duration window) {
    long windows = in.getLong();
    var blocks = Blocks.read(in);
    return new Clusters(Pace.of(window), windows, blocks, Calibration.read(in, blocks));
  }

  Blocks blocks() {
    return blocks;
  }

  /// Adds to a hypothesis and to the pooled sums alike.
  private static final class Sums {

    private final double[] squares = new double[1 + Blocks.SCALES];
    private final double[] events = new double[1 + Blocks.SCALES];
    private final Calibration before;
    private final long now;
    private final Decay decay;
    private final IntPredicate counts;

    Sums(Calibration before, long now, Decay decay, IntPredicate counts) {
      this.counts = counts;
      this.before = before;
      this.now = now;
      this.decay = decay;
    }

    void window(int i, Track[] tracks, long[] counts, double[] exposures, Blocks filling) {
      double sum = Calibration.sum(counts);
      if (sum > 0) {
        var addition = new Calibration.Addition(0, Dispersion.squares(counts, exposures), sum);
        add(i, tracks, addition, tracks[i].calibration().filling(counts, filling));
      }
    }

    void block(int i, Track[] tracks, int scale, Blocks filling) {
      var addition = tracks[i].calibration().finished(scale, filling);
      if (addition != null) {
        add(i, tracks, addition, tracks[i].calibration());
      }
    }

    private void add(int i, Track[] tracks, Calibration.Addition addition, Calibration own) {
      tracks[i] = tracks[i].with(own.plus(addition, now, decay));
      if (counts.test(i)) {
        squares[addition.scale()] += addition.squares();
        events[addition.scale()] += addition.events();
      }
    }

    Calibration pooled() {
      var next = before;
      for (int j = 0; j < squares.length; j++) {
        if (events[j] > 0) {
          next = next.plus(new Calibration.Addition(j, squares[j], events[j]), now, decay);
        }
      }
      return next;
    }
  }
}
