package dev.serin.bench.run;

import java.util.List;

/// What became of one run.
///
/// @param judge
///          when and how the judge rolled back
/// @param rules
///          the same for the other rules, in their order; never for a rule that has no meaning in the scenario
/// @param advanced
///          windows until the judge first let the step pass, 0 for never
/// @param held
///          whether the judge ever held because one of several canary pods is bad
/// @param suspected
///          whether the stable pods were found to differ by more than the judge assumes
/// @param blame
///          whether the judge was right about what is worse
public record Outcome(Stop judge, List<Stop> rules, int advanced, boolean held,
    boolean suspected, Blame blame) {

  /// What a roll back names.
  public enum Blame {
    /// Nothing: no roll back, or none with a named signature.
    NONE,
    /// All that it blames is worse on the canary; where it blames nothing for sure, its first suspect is.
    RIGHT,
    /// Something that it blames, or its first suspect, is not.
    WRONG
  }

  /// The end of a run under one rule.
  ///
  /// @param window
  ///          windows with the canary until the roll back, counted from 1; 0 for none
  /// @param canaryRequests
  ///          canary requests from the onset until then, or until the end of the run
  /// @param faults
  ///          errors that only the bad version caused until then, or until the end of the run
  public record Stop(int window, long canaryRequests, long faults) {

    /// Whether there was a roll back.
    public boolean rolledBack() {
      return window > 0;
    }
  }

  public Outcome {
    rules = List.copyOf(rules);
  }
}
