package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Times at which something lasts for a while, drawn for a whole run.
///
/// @param all
///          in their order, without overlap
record Episodes(List<Episode> all) {

  private static final double FIRST = -60;

  /// No simulation is longer.
  private static final double LAST = 24 * 60;

  /// From one minute to another.
  record Episode(double begin, double end) {

    /// Share of a window that is inside, 0..1.
    ///
    /// @param minute
    ///          when the window begins
    /// @param lag
    ///          minutes by which the episode is late
    double share(double minute, double lag) {
      double window = Course.WINDOW_SECONDS / 60.0;
      double inside = Math.min(end + lag, minute + window) - Math.max(begin + lag, minute);
      return Math.clamp(inside / window, 0, 1);
    }
  }

  /// Begins an hour before the canary, after a first gap.
  ///
  /// @param gap
  ///          mean minutes between two episodes, exponential
  /// @param length
  ///          draws the minutes that one lasts
  static Episodes draw(double gap, ToDoubleFunction<Draws> length, Draws draws) {
    var all = new ArrayList<Episode>();
    double begin = FIRST + draws.exponential(gap);
    while (begin < LAST) {
      double end = begin + length.applyAsDouble(draws);
      all.add(new Episode(begin, end));
      begin = end + draws.exponential(gap);
    }
    return new Episodes(all);
  }
}
