package dev.serin.stats.interval;

/// Ratios of the canary's rate to the baseline's that the data do not exclude.
///
/// @param low
///          at least 0; 0 says that no lower end is known
/// @param high
///          above low; infinity says that no upper end is known
public record RatioInterval(double low, double high) {

  public RatioInterval {
    if (!(low >= 0 && low < high)) {
      throw new IllegalArgumentException("needs 0 <= low < high, was " + low + " and " + high);
    }
  }

  /// Whether a ratio lies inside.
  public boolean contains(double ratio) {
    return low <= ratio && ratio <= high;
  }
}
