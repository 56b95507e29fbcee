package dev.serin.stats.cluster;

/// What a window's log likelihood ratio is multiplied with, because events are not independent of each other.
///
///     η = 1 / (F·min(max(m, 1), κ, u))
///
/// `u` is the largest number of events tied to one arm that the stable pods' past lets expect, `κ` the largest that this
/// window itself can hold, [PodBurst], and `F` the number of windows that a cluster touches.
///
/// *Validity.* Split the events into clusters of size k_j whose labels depend on each other in any way, each marginally
/// Bernoulli(π). If the events of every cluster, in all the windows that it touches, have weights η that sum to at most 1,
/// then by Jensen `E exp(Σ η l) ≤ Σ η/Ση·E e^l ≤ 1`. In a window where the cluster has k events, `k ≤ min(m, κ, u)` gives
/// them the weight k·η ≤ 1/F; so F windows sum to at most 1. Over-estimating u, κ or F only slows.
///
/// @param u
///          at least 1; infinite where too little is known
/// @param windows
///          `F`, at least 1
/// @param podsAlike
///          whether pods are exchangeable, which κ rests on; if not, a window counts as one event
public record Tempering(double u, double windows, boolean podsAlike) {

  private static final double SPREAD = 3.5;
  private static final double CLEARLY_ABOVE_ONE = 1.05;
  private static final double WINDOWS_SPREAD = 3.5;
  private static final double CLEARLY_LONGER = 1.35;

  public Tempering {
    if (!(u >= 1)) {
      throw new IllegalArgumentException("u must be at least 1, was " + u);
    }
    if (!(windows >= 1)) {
      throw new IllegalArgumentException("windows must be at least 1, was " + windows);
    }
  }

  /// Tempering by what the blocks of the stable pods showed. `φ` of one window is the size-weighted mean of a cluster's
  /// events within a window, that of a longer block the same with the events of all its windows. So their ratio is the
  /// number of windows that a cluster touches, as the mean over its events.
  ///
  /// @param window
  ///          `φ̂` of single windows
  /// @param longest
  ///          the largest `φ̂` of longer blocks
  /// @param known
  ///          whether enough events were seen for `u`
  public static Tempering of(double window, double longest, boolean known) {
    double u = known ? 1 + SPREAD * Math.max(0, window - CLEARLY_ABOVE_ONE) : Double.POSITIVE_INFINITY;
    return new Tempering(u, 1 + WINDOWS_SPREAD * Math.max(0, longest / window - CLEARLY_LONGER), true);
  }

  /// The same without trust in what the pods show, of this window or of the past: the stable ones were found to differ.
  public Tempering distrusting() {
    return new Tempering(Double.POSITIVE_INFINITY, windows, false);
  }

  /// `η` of a window with `m` events.
  ///
  /// @param m
  ///          events on both arms, at least 0
  /// @param burst
  ///          `κ`, at least 1
  public double factor(long m, double burst) {
    return 1 / (windows * Math.min(largest(m, burst), u));
  }

  /// `η` that assumes nothing of the past inside of windows.
  public double cautious(long m, double burst) {
    return 1 / (windows * largest(m, burst));
  }

  private double largest(long m, double burst) {
    double all = Math.max(m, 1);
    return podsAlike ? Math.min(all, burst) : all;
  }
}
