package dev.serin.rollout.model;

import dev.serin.rollout.Canary;
import dev.serin.rollout.Revision;

/// The canary Deployment.
///
/// @param revision
///          of its template
/// @param replicas
///          asked for
/// @param ready
///          ready pods
/// @param ending
///          whether pods still end although none is asked for
/// @param terminating
///          whether somebody deletes it
/// @param crashing
///          whether a pod crashes again and again
record Carrier(Revision revision, int replicas, int ready, boolean ending, boolean terminating, boolean crashing) {

  static Carrier created(Revision revision) {
    return new Carrier(revision, 0, 0, false, false, false);
  }

  boolean serving() {
    return !terminating && replicas > 0;
  }

  Carrier scaled(int wanted) {
    return wanted == 0
        ? new Carrier(revision, 0, 0, replicas > 0 || ending, terminating, false)
        : new Carrier(revision, wanted, Math.min(ready, wanted), false, terminating, crashing);
  }

  Carrier grown() {
    return new Carrier(revision, replicas, replicas, false, terminating, false);
  }

  Carrier ended() {
    return new Carrier(revision, replicas, ready, false, terminating, crashing);
  }

  Carrier crash() {
    return new Carrier(revision, replicas, 0, false, terminating, true);
  }

  Carrier deleted() {
    return new Carrier(revision, replicas, ready, ending, true, crashing);
  }

  Canary seen() {
    return new Canary.Present(revision, replicas, replicas == 0 && ending ? 1 : replicas, ready, terminating,
        crashing ? "crashes" : null, null);
  }
}
