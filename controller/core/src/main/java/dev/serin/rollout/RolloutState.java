package dev.serin.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a Rollout stands. Recorded in its status before exposure is raised, after it is lowered.
public sealed interface RolloutState {

  /// No stable revision is known yet.
  record Adopting() implements RolloutState {}

  /// States with a stable revision.
  sealed interface Adopted extends RolloutState {

    /// The revision that users are meant to get.
    StableRevision stable();
  }

  /// States with a candidate.
  sealed interface Underway extends Adopted {

    /// The revision that is tried, rolled or refused.
    Candidate candidate();
  }

  /// Stable runs, nothing is under way.
  record Idle(StableRevision stable) implements Adopted {}

  /// The candidate is held; burn-in is read, the canary created with no pods.
  record Starting(StableRevision stable, Candidate candidate) implements Underway {}

  /// A step is approved, its canary pods are getting ready.
  ///
  /// @param step
  ///          index in the plan, from 0
  /// @param since
  ///          when it was approved
  record Raising(StableRevision stable, Candidate candidate, int step, Instant since) implements Underway {}

  /// The step's canary serves and is judged.
  ///
  /// @param step
  ///          index in the plan, from 0
  /// @param startedAt
  ///          when all its pods were ready
  record Stepping(StableRevision stable, Candidate candidate, int step, Instant startedAt) implements Underway {}

  /// The candidate rolls out as stable, still judged.
  ///
  /// @param since
  ///          when it was ordered
  /// @param order
  ///          number of the one resume that this allows
  record Promoting(StableRevision stable, Candidate candidate, Instant since, long order) implements Underway {}

  /// The Deployment is going back to the stable template.
  ///
  /// @param since
  ///          when it was ordered
  /// @param order
  ///          number of the one resume that this allows
  /// @param next
  ///          a template that was pushed meanwhile: it is kept, and becomes the candidate when stable is complete
  record Restoring(StableRevision stable, Candidate candidate, Instant since, long order, @Nullable Revision next)
      implements
        Underway {}

  /// The Deployment is held with a refused template; stable serves everything.
  record Vetoed(StableRevision stable, Candidate candidate) implements Underway {}

  /// Somebody resumed the held Deployment: Kubernetes rolls it, Serin only follows. The canary goes when that is over.
  record Overridden(StableRevision stable, Candidate candidate) implements Underway {}
}
