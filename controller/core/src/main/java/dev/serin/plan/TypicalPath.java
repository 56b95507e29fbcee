package dev.serin.plan;

import dev.serin.stats.LogSum;
import dev.serin.stats.RatioGrid;

/// The evidence of one hypothesis when every count is what it is on average: where a median rollout is.
///
/// Per window and ratio ρ the log evidence grows by `e·(π·ln(ρ/ρ0) + d(ρ))`, with `π` the canary's share of the events
/// and `e` the events that a window counts for after tempering. The mixture over ratios and starts is the judge's own,
/// so that its price is in it.
/// Not accounted for: chance. It shortens the median a little, because the largest of several ratios is felt first.
final class TypicalPath {

  private static final double LOG_HALF = StrictMath.log(0.5);
  private static final double LARGEST = 700;

  private final RatioGrid grid;
  private final double logShare;
  private final double[] growth;
  private final double[] past;

  private TypicalPath(RatioGrid grid, double logShare, double[] growth, double[] past) {
    this.grid = grid;
    this.logShare = logShare;
    this.growth = growth;
    this.past = past;
  }

  /// @param share
  ///          `γ`
  /// @param load
  ///          requests of a window
  /// @param usual
  ///          events per request of the baseline
  /// @param faulty
  ///          events per request of the canary
  /// @param cap
  ///          most events of a window that may belong together, at least 1; infinite: all of them
  static TypicalPath of(RatioGrid grid, double share, Load load, double usual, double faulty, double cap) {
    double canary = load.canary() * faulty;
    double events = canary + load.baseline() * usual;
    double counted = countedEvents(events, cap);
    var costs = grid.costs(load.canary(), load.baseline());
    var growth = new double[RatioGrid.SIZE];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      growth[i] = counted * (canary / events * StrictMath.log(grid.ratio(i) / grid.margin()) - costs[i]);
    }
    return new TypicalPath(grid, StrictMath.log(share), growth, new double[RatioGrid.SIZE]);
  }

  /// `E[m/min(max(m,1), c)]` for Poisson m: c = 1 counts every event, c = ∞ a window with events as one.
  static double countedEvents(double events, double cap) {
    if (cap <= 1) {
      return events;
    }
    if (cap == Double.POSITIVE_INFINITY) {
      return -StrictMath.expm1(-events);
    }
    double below = 0;
    double eventsBelow = 0;
    double probability = StrictMath.exp(-events);
    for (int m = 1; m <= Math.min(cap, events + 40 * StrictMath.sqrt(events + 1)); m++) {
      probability *= events / m;
      below += probability;
      eventsBelow += m * probability;
    }
    // Up to the cap a window with events counts as one event; beyond, as m/c.
    return below + Math.max(0, events - eventsBelow) / cap;
  }

  /// The same after windows in which the evidence grew as on another path of the same hypothesis.
  TypicalPath after(TypicalPath other, double windows) {
    var grown = past.clone();
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      grown[i] += windows * other.growth[i];
    }
    return new TypicalPath(grid, logShare, growth, grown);
  }

  /// `ln(γE)` for a fault that is there from the first window.
  ///
  /// @param windows
  ///          with the fault
  double fromStart(double windows) {
    double[] terms = new double[RatioGrid.SIZE];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      terms[i] = grid.logWeight(i) + past[i] + windows * growth[i];
    }
    return logShare + LOG_HALF + LogSum.of(terms);
  }

  /// `ln(γE)` for a fault that begins late.
  ///
  /// @param windows
  ///          with the fault
  /// @param logOnset
  ///          `ln v` of the windows in which it began
  double afterOnset(double windows, double logOnset) {
    double[] terms = new double[RatioGrid.SIZE];
    for (int i = 0; i < RatioGrid.SIZE; i++) {
      terms[i] = grid.logWeight(i) + logOnset + logSumOfPowers(growth[i], windows);
    }
    return logShare + LOG_HALF + LogSum.of(terms);
  }

  /// `ln Σ_{k=1..n} e^{gk}`.
  private static double logSumOfPowers(double g, double n) {
    if (Math.abs(g) < 1e-9) {
      return StrictMath.log(n);
    }
    // Beyond e^700 nobody asks how much.
    return g + StrictMath.log(StrictMath.expm1(Math.min(g * n, LARGEST)) / StrictMath.expm1(g));
  }
}
