package dev.serin.rollout;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The user's Deployment as it is now.
public sealed interface Workload {

  /// It does not exist.
  ///
  /// @param name
  ///          the name that `workloadRef` asks for
  record Missing(String name) implements Workload {}

  /// An older Rollout names it too.
  ///
  /// @param name
  ///          the Deployment
  /// @param owner
  ///          the older Rollout
  record Taken(String name, String owner) implements Workload {}

  /// It exists and is ours to hold.
  ///
  /// @param labelled
  ///          whether it carries our label, without which nothing holds it
  /// @param live
  ///          revision of its template
  /// @param hold
  ///          whether it is paused, and the last resume that was ours
  /// @param fleet
  ///          its pods
  /// @param kept
  ///          revisions whose templates are kept and can be restored
  /// @param unsafeStrategy
  ///          why its strategy cannot be used, as a sentence that says what to change
  record Found(boolean labelled, Revision live, Hold hold, Fleet fleet, Set<Revision> kept,
      @Nullable String unsafeStrategy) implements Workload {

    public Found {
      kept = Set.copyOf(kept);
    }
  }

  /// @param paused
  ///          whether the Deployment is paused
  /// @param resumed
  ///          number of the last resume that was ours, 0 before the first
  record Hold(boolean paused, long resumed) {}

  /// @param desired
  ///          replicas asked for
  /// @param ready
  ///          ready pods
  /// @param settled
  ///          pods that have been ready for 30 s
  /// @param running
  ///          revisions that have pods, terminating ones left out
  /// @param complete
  ///          whether the live template is fully rolled out
  /// @param overdue
  ///          whether Kubernetes reports ProgressDeadlineExceeded
  /// @param progressDeadline
  ///          how long pods may take to become ready
  record Fleet(int desired, int ready, int settled, Set<Revision> running, boolean complete, boolean overdue,
      Duration progressDeadline) {

    public Fleet {
      running = Set.copyOf(running);
    }

    /// Whether all pods asked for run this revision, and no other pods are left.
    boolean settledOn(Revision revision) {
      return ready >= desired && (running.isEmpty() ? desired == 0 : running.equals(Set.of(revision)));
    }
  }
}
