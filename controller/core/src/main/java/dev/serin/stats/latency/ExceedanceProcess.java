package dev.serin.stats.latency;

import dev.serin.stats.LogSum;
import dev.serin.stats.OnsetMixture;
import dev.serin.stats.RatioGrid;
import dev.serin.stats.TwoArmCounts;
import dev.serin.stats.frequent.FrequentProcess;
import dev.serin.stats.frequent.PlugIn;
import dev.serin.stats.frequent.RateMargin;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/// Evidence that the canary is slower: more of its requests exceed the bounds nearest to the stable p50, p90 and p99 than
/// its margin allows. Immutable.
///
/// "Slower than a bound" is an event like an error; the evidence is the mean over the bounds, an e-process for "no bound
/// is exceeded more often" under any dependence between bounds. If the canary is not stochastically slower, that holds
/// at every bound at once. A bound that more than 20 % of stable requests exceed is judged by [FrequentProcess], the
/// others like any signature, by the ratio of two counts, which loses a share of the evidence equal to the share of
/// requests above the bound.
///
/// Not guaranteed: queueing makes neighbours slow together, hence the cap; pods that are still warming up must be left
/// out of both arms; a canary that is slower only between two bounds is not seen.
public final class ExceedanceProcess {

  /// What stays the same in every window.
  ///
  /// @param bounds
  ///          the bounds watched
  /// @param grid
  ///          for bounds seldom exceeded
  /// @param plugIn
  ///          for bounds often exceeded
  public record Hypothesis(List<WatchedBound> bounds, RatioGrid grid, PlugIn plugIn) {

    public Hypothesis {
      if (bounds.isEmpty()) {
        throw new IllegalArgumentException("at least one bound must be watched");
      }
      bounds = List.copyOf(bounds);
    }

    /// @param stable
    ///          latencies of the stable version from before the rollout, with at least one bound
    /// @param margin
    ///          tolerated ratio of the shares above a bound, at least 1 and below 256
    /// @param memory
    ///          see [PlugIn]
    public static Hypothesis of(LatencyHistogram stable, double margin, double memory) {
      return new Hypothesis(List.of(WatchedBound.of(stable)), RatioGrid.uniform(margin),
          new PlugIn(new RateMargin(margin, 0), memory));
    }
  }

  private final List<OnsetMixture> rare;
  private final List<FrequentProcess> frequent;

  private ExceedanceProcess(List<OnsetMixture> rare, List<FrequentProcess> frequent) {
    this.rare = rare;
    this.frequent = frequent;
  }

  /// Before the first window.
  public static ExceedanceProcess initial(Hypothesis hypothesis) {
    return new ExceedanceProcess(
        hypothesis.bounds().stream().filter(bound -> !bound.frequent()).map(_ -> OnsetMixture.silent(RatioGrid.SIZE, 0))
            .toList(),
        hypothesis.bounds().stream().filter(WatchedBound::frequent).map(_ -> FrequentProcess.silent(0)).toList());
  }

  /// Folds one window in which both arms have requests.
  ///
  /// @param cap
  ///          `u`, the most requests that are slow together, at least 1, may be infinite; from earlier windows
  /// @param logOnset
  ///          `ln v_t` of this window
  public ExceedanceProcess after(Hypothesis hypothesis, LatencyHistogram canary, LatencyHistogram baseline, double cap,
      double logOnset) {
    canary.requireSameBounds(baseline);
    var counts = hypothesis.bounds().stream().map(bound -> counts(bound, canary, baseline)).toList();
    var rareCounts = select(hypothesis, counts, false);
    var frequentCounts = select(hypothesis, counts, true);
    return new ExceedanceProcess(
        IntStream.range(0, rare.size()).mapToObj(
            i -> rare.get(i).after(gains(hypothesis.grid(), rareCounts.get(i), cap), logOnset)).toList(),
        IntStream.range(0, frequent.size()).mapToObj(i -> frequent.get(i).after(hypothesis.plugIn(),
            frequentCounts.get(i), FrequentProcess.tempering(frequentCounts.get(i), cap), logOnset)).toList());
  }

  private static double[] gains(RatioGrid grid, TwoArmCounts counts, double cap) {
    double tempering = 1 / Math.min((double) Math.max(counts.m(), 1), cap);
    var gains = new double[RatioGrid.SIZE];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = tempering * grid.logLikelihoodRatio(i, counts);
    }
    return gains;
  }

  private static TwoArmCounts counts(WatchedBound bound, LatencyHistogram canary, LatencyHistogram baseline) {
    return new TwoArmCounts(canary.above(bound.index()), baseline.above(bound.index()), (double) canary.total(),
        (double) baseline.total());
  }

  private static List<TwoArmCounts> select(Hypothesis hypothesis, List<TwoArmCounts> counts, boolean frequent) {
    return IntStream.range(0, counts.size()).filter(i -> hypothesis.bounds().get(i).frequent() == frequent)
        .mapToObj(counts::get).toList();
  }

  /// `ln E`.
  ///
  /// @param remaining
  ///          `1 − Σ v_j` over the windows folded so far
  public double logE(Hypothesis hypothesis, double remaining) {
    var terms = new double[rare.size() + frequent.size()];
    for (int i = 0; i < rare.size(); i++) {
      terms[i] = rare.get(i).logE(hypothesis.grid(), remaining);
    }
    for (int i = 0; i < frequent.size(); i++) {
      terms[rare.size() + i] = frequent.get(i).logE(remaining);
    }
    return LogSum.of(terms) - StrictMath.log(terms.length);
  }

  /// Bytes of [#write].
  public int bytes() {
    return rare.size() * OnsetMixture.bytes(RatioGrid.SIZE) + frequent.size() * FrequentProcess.bytes();
  }

  /// Appends the state, bit for bit; the hypothesis belongs to the policy.
  public void write(ByteBuffer out) {
    rare.forEach(mixture -> mixture.write(out));
    frequent.forEach(process -> process.write(out));
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException
  ///           for what no windows could have led to
  public static ExceedanceProcess read(Hypothesis hypothesis, ByteBuffer in) {
    var shape = initial(hypothesis);
    return new ExceedanceProcess(shape.rare.stream().map(_ -> OnsetMixture.read(in, RatioGrid.SIZE)).toList(),
        shape.frequent.stream().map(_ -> FrequentProcess.read(in)).toList());
  }
}
