package dev.serin.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The canary Deployment as it is now.
public sealed interface Canary {

  /// A canary pod that is not ready.
  ///
  /// @param because
  ///          phrase that names the pod and says why
  /// @param since
  ///          when it was ready last, or was created
  record Unready(String because, Instant since) {}

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
  /// @param unready
  ///          of the pods that are there and not ready, the one that has not been for longest
  /// @param madeFor
  ///          revision that it was created for, null if that cannot be told any more
  record Present(Revision revision, int replicas, int pods, int ending, int ready, boolean terminating,
      @Nullable String crashLoop, @Nullable Unready unready, @Nullable Revision madeFor) implements Canary {

    /// A canary with the template that it was created for, whose surplus pods are ending.
    public Present(Revision revision, int replicas, int pods, int ready, boolean terminating,
        @Nullable String crashLoop, @Nullable Unready unready) {
      this(revision, replicas, pods, Math.max(0, pods - replicas), ready, terminating, crashLoop, unready, revision);
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
