package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.World;
import java.util.List;

/// One promise, checked at every revision. Some remember what came before, so each checker needs its own.
interface Invariant {

  /// Its name, such as `I1`.
  String id();

  /// What this change breaks, one sentence with the values for each; empty if the promise is kept.
  ///
  /// @param world
  ///          as it is after the change
  List<String> broken(Change change, World world);
}
