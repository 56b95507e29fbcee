package dev.serin.rollout.model;

import dev.serin.rollout.Action;
import dev.serin.rollout.Decision;
import org.jspecify.annotations.Nullable;

/// One thing that happens.
///
/// @param who
///          who does it
/// @param what
///          in words
/// @param wrote
///          the decision that was written, if a controller wrote one
/// @param after
///          the world then
record Move(Who who, String what, @Nullable Decision wrote, World after) {

  /// Who acts.
  enum Who {
    /// A controller that decides and writes at once.
    CONTROLLER,
    /// A controller that writes what it decided earlier.
    LATE,
    /// A controller that looks, and writes later.
    LOOKING, KUBERNETES, JUDGE, PEOPLE
  }

  static Move wrote(Who who, Decision decision, World after) {
    return new Move(who, switch (decision) {
      case Decision.Apply(var action) -> action.toString();
      case Decision.Transition(var record, var report, var _) ->
        "records " + record.state().getClass().getSimpleName() + " (" + report.reason() + ")";
      case Decision.Wait(var report, var _) -> "waits: " + report.message();
    }, decision, after);
  }

  boolean byController() {
    return who == Who.CONTROLLER || who == Who.LATE;
  }

  boolean fresh() {
    return who == Who.CONTROLLER;
  }

  /// The action that was applied, if it is one of this kind.
  <T extends Action> @Nullable T applied(Class<T> kind) {
    return wrote instanceof Decision.Apply(var action) && kind.isInstance(action) ? kind.cast(action) : null;
  }
}
