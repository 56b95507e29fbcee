package dev.serin.stats.history;

import dev.serin.stats.RatioGrid;

/// One hypothesis of the [HistoricalMonitor], with the record of the old version that it is measured by.
///
/// @param events
///          in the record, at least 0
/// @param exposure
///          of the record, above 0
/// @param cap
///          `u`, the most events that depend on each other, at least 1, finite: of the record's overdispersion
/// @param grid
///          ratios and margin
/// @param share
///          γ, share of alpha, above 0, at most 1
public record Recorded(long events, double exposure, double cap, RatioGrid grid, double share) {

  public Recorded {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be above 0 and at most 1, was " + share);
    }
  }
}
