package dev.serin.cli.judge;

import dev.serin.judge.PodCounts;
import java.util.List;

/// A line of the input.
sealed interface RunLine {

  /// Number of the line, from 1.
  long number();

  /// Which run it is about.
  String run();

  /// The counts of one window.
  ///
  /// @param window
  ///          its number in the run
  /// @param seconds
  ///          its length
  record Counts(long number, String run, long window, long seconds, boolean burnIn, List<PodCounts> canary,
      List<PodCounts> baseline, boolean complete) implements RunLine {}

  /// No window of the run follows.
  record End(long number, String run) implements RunLine {}
}
