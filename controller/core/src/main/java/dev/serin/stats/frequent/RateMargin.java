package dev.serin.stats.frequent;

/// What a canary may do: `p_c ≤ ρ0·p_b + δ`.
///
/// @param ratio
///          `ρ0`, at least 1, finite
/// @param tolerance
///          `δ`, at least 0, below 1
public record RateMargin(double ratio, double tolerance) {

  /// Halvings of an interval of doubles within 0..1, after which its ends are neighbours or the root is below 1e-30.
  private static final int HALVINGS = 100;

  public RateMargin {
    if (!(ratio >= 1 && ratio < Double.POSITIVE_INFINITY && tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "needs a finite ratio >= 1 and 0 <= tolerance < 1, was " + ratio + " and " + tolerance);
    }
  }

  /// Whether these rates are within the margin.
  public boolean allows(Rates rates) {
    return rates.canary() <= ratio * rates.baseline() + tolerance;
  }

  /// The rates within the margin from which a window could be told apart from `alternative` least: they minimise
  /// `n_c·KL(θ_c‖·) + n_b·KL(θ_b‖·)`.
  ///
  /// @param alternative
  ///          strictly between 0 and 1
  /// @param nc
  ///          requests of the canary, above 0
  /// @param nb
  ///          requests of the baseline, above 0
  /// @return `alternative` itself if it is within the margin
  public Rates nearest(Rates alternative, double nc, double nb) {
    if (allows(alternative)) {
      return alternative;
    }
    if (ratio == 1 && tolerance == 0) {
      double common = (nc * alternative.canary() + nb * alternative.baseline()) / (nc + nb);
      return new Rates(common, common);
    }
    // The derivative along the boundary rises from minus to plus infinity.
    double low = 0;
    double high = (1 - tolerance) / ratio;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      double slope = nc * ratio * slope(alternative.canary(), ratio * middle + tolerance)
          + nb * slope(alternative.baseline(), middle);
      if (slope < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new Rates(Math.min(1, ratio * low + tolerance), low);
  }

  /// Derivative of `KL(θ‖p)` by p.
  private static double slope(double theta, double p) {
    return (1 - theta) / (1 - p) - theta / p;
  }
}
