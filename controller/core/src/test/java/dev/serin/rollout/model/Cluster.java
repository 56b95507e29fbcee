package dev.serin.rollout.model;

import dev.serin.rollout.Observation.Stray;
import dev.serin.rollout.Revision;
import dev.serin.rollout.Workload.Protection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What exists besides the Rollout.
///
/// @param deployed
///          the user's Deployment
/// @param canary
///          the canary Deployment
/// @param orphan
///          a ReplicaSet of a canary that was deleted without its pods
/// @param kept
///          revisions whose templates are kept
/// @param shield
///          what holds templates now
record Cluster(@Nullable Deployed deployed, @Nullable Carrier canary, Orphan orphan, Set<Revision> kept,
    Shield shield) {

  static final Revision A = new Revision("aaaaaaaaaa");
  static final Revision B = new Revision("bbbbbbbbbb");
  static final Revision C = new Revision("cccccccccc");
  static final List<Revision> REVISIONS = List.of(A, B, C);

  /// What keeps a changed template from rolling by itself.
  enum Shield {
    POLICY, KEPT_PAUSED, NONE;

    Protection protection() {
      return switch (this) {
        case POLICY -> new Protection.Policy();
        case KEPT_PAUSED -> new Protection.KeptPaused();
        case NONE -> new Protection.Unproven("install the policy");
      };
    }
  }

  /// How far an orphan is gone.
  enum Orphan {
    NONE, SERVING, ENDING, EMPTY;

    @Nullable
    Stray stray() {
      return this == NONE ? null : new Stray("orphan", this == SERVING ? 1 : 0, this == EMPTY ? 0 : 1);
    }
  }

  Cluster deployed(@Nullable Deployed changed) {
    return new Cluster(changed, canary, orphan, kept, shield);
  }

  Cluster canary(@Nullable Carrier changed) {
    return new Cluster(deployed, changed, orphan, kept, shield);
  }

  Cluster orphan(Orphan changed) {
    return new Cluster(deployed, canary, changed, kept, shield);
  }

  Cluster kept(Set<Revision> changed) {
    return new Cluster(deployed, canary, orphan, changed, shield);
  }

  Cluster shield(Shield changed) {
    return new Cluster(deployed, canary, orphan, kept, changed);
  }

  static Set<Revision> with(Set<Revision> some, Revision one) {
    return some.contains(one) ? some : union(some, one);
  }

  private static Set<Revision> union(Set<Revision> some, Revision one) {
    Set<Revision> all = new HashSet<>(some);
    all.add(one);
    return Set.copyOf(all);
  }

  static Set<Revision> without(Set<Revision> some, Revision one) {
    Set<Revision> rest = new HashSet<>(some);
    rest.remove(one);
    return Set.copyOf(rest);
  }
}
