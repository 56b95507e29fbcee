package dev.serin.stats.frequent;

/// Probabilities that a request fails.
///
/// @param canary
///          `θ_c`, 0..1
/// @param baseline
///          `θ_b`, 0..1
public record Rates(double canary, double baseline) {

  public Rates {
    if (!(canary >= 0 && canary <= 1 && baseline >= 0 && baseline <= 1)) {
      throw new IllegalArgumentException("rates must be 0..1, were " + canary + " and " + baseline);
    }
  }
}
