package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;
import dev.serin.bench.scenario.Scenario.World;

/// One run, window by window: an hour of stable alone, then the canary beside it.
public final class Course {

  /// Length of a window.
  public static final int WINDOW_SECONDS = 10;

  /// Windows per minute.
  public static final int PER_MINUTE = 60 / WINDOW_SECONDS;

  /// Windows before the canary starts.
  public static final int BURN_IN = 60 * PER_MINUTE;

  private final Scenario scenario;
  private final Draws draws;
  private final World world;
  private final WindowCounts counts;
  private int window = -BURN_IN - 1;

  Course(Scenario scenario, Draws draws) {
    this.scenario = scenario;
    this.draws = draws;
    world = scenario.setup().apply(draws);
    counts = new WindowCounts(scenario.fleet());
  }

  /// Goes on to the next window.
  ///
  /// @return its counts, valid until the next call
  public WindowCounts next() {
    window++;
    double minute = minute();
    double requests = scenario.traffic().perMinute().applyAsDouble(minute) / PER_MINUTE;
    double weight = scenario.traffic().weightAt(minute);
    var fleet = scenario.fleet();
    counts.clear(Math.round(requests * weight / fleet.canary()), Math.round(requests * (1 - weight) / fleet.stable()));
    for (var source : world.sources()) {
      source.emit(counts, minute, draws);
    }
    counts.close();
    world.measurement().disturb(counts, minute);
    return counts;
  }

  /// Number of the current window; the canary starts with 0.
  public int window() {
    return window;
  }

  /// When the current window begins, in minutes since the canary started.
  public double minute() {
    return (double) window / PER_MINUTE;
  }
}
