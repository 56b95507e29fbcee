package dev.serin.bench.rule;

/// When another tool would roll back. It remembers what it saw: one instance per run.
public interface RollBackRule {

  /// Looks once per minute, after the counts of that minute were added.
  ///
  /// @param minute
  ///          number of the minute that just ended, from 1
  /// @param now
  ///          counts of this minute
  /// @param soFar
  ///          counts of all minutes up to this one
  /// @return whether it rolls back now
  boolean rollsBack(int minute, ArmCounts now, ArmCounts soFar);
}
