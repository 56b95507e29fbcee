package dev.serin.stats;

/// Sums of numbers that are given, and wanted, as natural logarithms.
public final class LogSum {

  private LogSum() {}

  /// `ln Σ exp(term)` in index order; negative infinity for no terms, or only terms of negative infinity.
  public static double of(double... terms) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double term : terms) {
      largest = Math.max(largest, term);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (double term : terms) {
      // StrictMath: the same bits on every CPU, or a replayed verdict could differ.
      sum += StrictMath.exp(term - largest);
    }
    return largest + StrictMath.log(sum);
  }
}
