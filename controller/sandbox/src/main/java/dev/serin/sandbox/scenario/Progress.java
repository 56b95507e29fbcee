package dev.serin.sandbox.scenario;

import dev.serin.sandbox.load.LoadReport;

/// What a player tells while it plays, in the order in which it happens.
public sealed interface Progress {

  /// The first version serves and the load runs.
  ///
  /// @param address of the gateway
  record Serving(Scenario scenario, String address) implements Progress {}

  /// The operator knows the stable version: pushes can begin.
  record Watched(String stable) implements Progress {}

  /// The Deployment's image was changed.
  record Pushed(Push push) implements Progress {}

  /// The Rollout's status says something else than before.
  ///
  /// @param state  the candidate's state, or `Stable` without a candidate
  /// @param step   such as `1/3`, or empty
  /// @param weight such as `25%`, or empty
  record Changed(String state, String step, String weight, String message) implements Progress {}

  /// About once a second.
  record Traffic(LoadReport load) implements Progress {}

  /// A push came to an outcome, or its patience ended.
  record Ended(PushResult result) implements Progress {}
}
