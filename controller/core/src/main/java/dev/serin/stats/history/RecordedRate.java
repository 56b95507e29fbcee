package dev.serin.stats.history;

/// The largest mean rate that the record of the old version allows.
///
/// @param rate
///          events per unit of exposure, above 0, finite
/// @param cap
///          `u`, the most events that depend on each other, at least 1, may be infinite: of the past week's
///          overdispersion
public record RecordedRate(double rate, double cap) {

  private static final int HALVINGS = 200;

  public RecordedRate {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY && cap >= 1)) {
      throw new IllegalArgumentException("needs a finite rate > 0 and cap >= 1, was " + rate + " and " + cap);
    }
  }

  /// The bound from a record: the largest mean λ with `λ − x + x·ln(x/λ) ≤ u·ln(1/α)`, divided by the exposure.
  ///
  /// *Theorem* (Chernoff). If the record's events came in independent clusters of at most u at Poisson times, with a
  /// constant mean rate, the bound lies below that rate with probability at most α. *Proof.* For s in 0..1 the mean of
  /// `s^{x/u}` is at most `exp(−(1−s)λ/u)`, since `s^{k/u} ≤ 1 − (1−s)k/u` for a cluster of k; choose s = x/λ.
  /// Without any event the bound is `u·ln(1/α)` divided by the exposure.
  /// Not guaranteed: a history that trends; the rate of next week.
  ///
  /// @param events
  ///          x, at least 0
  /// @param exposure
  ///          of the record, above 0, finite
  /// @param cap
  ///          `u`, at least 1, finite
  /// @param alpha
  ///          above 0 and below 1
  public static RecordedRate of(long events, double exposure, double cap, double alpha) {
    if (events < 0 || !(exposure > 0 && exposure < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("needs events >= 0 and exposure > 0, was " + events + " and " + exposure);
    }
    if (!(alpha > 0 && alpha < 1 && cap >= 1 && cap < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("needs 0 < alpha < 1 and a finite cap >= 1, was " + alpha + " and " + cap);
    }
    double allowed = -cap * StrictMath.log(alpha);
    double low = events;
    // Since λ − x − x·ln(λ/x) exceeds (λ−x)²/2λ, the root lies below this.
    double high = events + 2 * allowed + StrictMath.sqrt(2 * allowed * events) + 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (distance(events, middle) <= allowed) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new RecordedRate(high / exposure, cap);
  }

  private static double distance(long events, double mean) {
    return mean - events - (events == 0 ? 0 : events * StrictMath.log(mean / events));
  }
}
