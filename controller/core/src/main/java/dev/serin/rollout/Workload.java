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
  /// @param uid
  ///          tells it from a Deployment of the same name that was deleted
  /// @param labelled
  ///          whether it carries our label, without which nothing holds it
  /// @param live
  ///          revision of its template
  /// @param hold
  ///          whether it is paused, who resumed it, and what keeps it
  /// @param fleet
  ///          its pods
  /// @param kept
  ///          revisions whose templates are kept and can be restored
  /// @param obstacle
  ///          why it cannot be released with a canary as it is
  record Found(String uid, boolean labelled, Revision live, Hold hold, Fleet fleet, Set<Revision> kept,
      @Nullable Obstacle obstacle) implements Workload {

    public Found {
      kept = Set.copyOf(kept);
    }
  }

  /// @param reason
  ///          what is in the way
  /// @param change
  ///          a sentence that says what to change
  record Obstacle(Reason reason, String change) {}

  /// @param paused
  ///          whether the Deployment is paused
  /// @param pausedByPerson
  ///          whether somebody paused it by hand: neither a policy nor we
  /// @param resumed
  ///          number of the last resume that was ours, 0 before the first
  /// @param keptPaused
  ///          whether it is marked as one that we keep paused
  /// @param releasedBy
  ///          who resumed it last, if that was not us and is known
  /// @param protection
  ///          what keeps a changed template from rolling by itself
  record Hold(boolean paused, boolean pausedByPerson, long resumed, boolean keptPaused, @Nullable String releasedBy,
      Protection protection) {}

  /// What keeps a changed template from rolling by itself.
  sealed interface Protection {

    /// An admission policy pauses it; a dry run proved it.
    record Policy() implements Protection {}

    /// It stays paused except while Serin rolls it.
    record KeptPaused() implements Protection {}

    /// Nothing, as far as is known.
    ///
    /// @param why
    ///          a sentence that says what to change
    record Unproven(String why) implements Protection {}
  }

  /// @param desired
  ///          replicas asked for
  /// @param ready
  ///          ready pods
  /// @param settled
  ///          pods that have been ready for 30 s
  /// @param watched
  ///          pods that have been ready for long enough to have been judged warm
  /// @param running
  ///          revisions that have pods, terminating ones left out
  /// @param roll
  ///          how far the live template is rolled out
  /// @param overdue
  ///          whether Kubernetes reports ProgressDeadlineExceeded
  /// @param progressDeadline
  ///          how long pods may take to become ready
  record Fleet(int desired, int ready, int settled, int watched, Set<Revision> running, Roll roll, boolean overdue,
      Duration progressDeadline) {

    /// How far a template is rolled out.
    public enum Roll {
      /// Kubernetes is still making or taking away pods, or has not seen the template yet.
      UNDER_WAY,
      /// All pods run it, not all are ready.
      PLACED,
      /// All pods run it and are ready.
      COMPLETE
    }

    public Fleet {
      running = Set.copyOf(running);
    }

    /// Whether the live template is fully rolled out.
    boolean complete() {
      return roll == Roll.COMPLETE;
    }

    /// Whether all pods asked for run the live template, ready or not.
    boolean placed() {
      return roll != Roll.UNDER_WAY;
    }

    /// Whether all pods asked for run this revision and are ready, and no other pods are left.
    boolean settledOn(Revision revision) {
      return ready >= desired && runsOnly(revision);
    }

    /// Whether this revision has pods and no other has.
    boolean runsOnly(Revision revision) {
      return running.isEmpty() ? desired == 0 : running.equals(Set.of(revision));
    }
  }
}
