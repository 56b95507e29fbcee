package dev.serin.rollout;

/// What the recorded evidence allows: the judge's verdict as far as the machine needs it.
public sealed interface Ruling {

  /// One sentence with the numbers.
  String message();

  /// Not enough is known: stay at this step.
  ///
  /// @param reason
  ///          what is missing
  record Stay(Reason reason, String message) implements Ruling {}

  /// The step may be left upwards.
  ///
  /// @param step
  ///          index of the step that this allows to leave; for another step it means nothing
  record Advance(int step, String message) implements Ruling {}

  /// The candidate does harm.
  ///
  /// @param reason
  ///          what was found
  record RollBack(Reason reason, String message) implements Ruling {}
}
