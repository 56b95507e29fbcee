package dev.serin.operator.source;

import dev.serin.judge.Arm;
import dev.serin.signature.SignatureId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Counts one Rollout's windows. Thread-safe.
public interface WindowCollector extends AutoCloseable {

  /// Says which containers serve from now on; to be called at every reconcile, with equal arguments any number of times.
  /// A container counts in the windows that it served from begin to end. An exit of a container counts once, in the next
  /// complete window in which its pod counts and is warm, if it was not there already when the pod was named first.
  ///
  /// @param targets
  ///          one container of each ready pod; pods have different names
  void follow(Set<PodTarget> targets);

  /// The closed windows after `sequence` in ascending order. Windows up to `sequence` are forgotten.
  ///
  /// At most ten minutes' worth (and never under 60 windows) wait for this call; beyond, the oldest are dropped, which shows as a gap in the sequences.
  List<ClosedWindow> closedAfter(long sequence);

  /// What was seen of a signature on one arm since following began.
  Optional<Sighting> sighting(Arm arm, SignatureId signature);

  /// Stops following. Open windows are lost.
  @Override
  void close();
}
