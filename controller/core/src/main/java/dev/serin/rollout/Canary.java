package dev.serin.rollout;

import org.jspecify.annotations.Nullable;

/// The canary Deployment as it is now.
public sealed interface Canary {

  /// It does not exist.
  record Absent() implements Canary {}

  /// Its name is taken by a Deployment that is not ours.
  ///
  /// @param name
  ///          the name
  record Foreign(String name) implements Canary {}

  /// It exists and is ours.
  ///
  /// @param revision
  ///          of its template
  /// @param replicas
  ///          asked for
  /// @param pods
  ///          existing pods, terminating ones included
  /// @param ending
  ///          of these, the terminating ones
  /// @param ready
  ///          ready pods
  /// @param terminating
  ///          whether its deletion is under way
  /// @param crashLoop
  ///          sentence about a pod that crashes again and again
  /// @param notReadyBecause
  ///          sentence about the first pod that is not ready
  /// @param madeFor
  ///          revision that it was created for, null if that cannot be told any more
  record Present(Revision revision, int replicas, int pods, int ending, int ready, boolean terminating,
      @Nullable String crashLoop, @Nullable String notReadyBecause, @Nullable Revision madeFor) implements Canary {

    /// A canary with the template that it was created for, whose surplus pods are ending.
    public Present(Revision revision, int replicas, int pods, int ready, boolean terminating,
        @Nullable String crashLoop, @Nullable String notReadyBecause) {
      this(revision, replicas, pods, Math.max(0, pods - replicas), ready, terminating, crashLoop, notReadyBecause,
          revision);
    }

    /// Whether it was created for this candidate, and somebody gave it another template.
    boolean alteredFrom(Candidate candidate) {
      return candidate.revision().equals(madeFor) && !candidate.revision().equals(revision);
    }

    /// Whether it asks for pods.
    boolean serving() {
      return !terminating && replicas > 0;
    }
  }
}
