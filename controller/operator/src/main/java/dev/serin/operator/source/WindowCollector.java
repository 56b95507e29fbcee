package dev.serin.operator.source;

import java.util.List;
import java.util.Set;

/// Counts one Rollout's windows. Thread-safe.
public interface WindowCollector extends AutoCloseable {

  /// Says which containers count from now on; to be called at every reconcile, with equal arguments any number of times.
  ///
  /// @param targets
  ///          one container of each pod; pods have different names
  /// @param settled
  ///          whether all endpoints are ready and no change of pods is pending. Windows are incomplete while this is false or
  ///          the targets change, in the window in which that ends, and in one more.
  void follow(Set<PodTarget> targets, boolean settled);

  /// The closed windows after `sequence` in ascending order. Windows up to `sequence` are forgotten.
  ///
  /// At most ten minutes' worth (and never under 60 windows) wait for this call; beyond, the oldest are dropped, which shows as a gap in the sequences.
  List<ClosedWindow> closedAfter(long sequence);

  /// Stops following. Open windows are lost.
  @Override
  void close();
}
