package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.record.RolloutStore;

/// What the loop is made of.
///
/// @param rollouts
///          reads and writes Rollouts
/// @param gathering
///          reads the rest
/// @param judging
///          folds evidence
/// @param applying
///          writes to the cluster
/// @param telling
///          events and metrics
/// @param trials
///          the candidates followed
/// @param windowEvents
///          wakes the loop when a window closed
/// @param sweep
///          frees Deployments whose Rollout is gone
record ReconcileParts(RolloutStore rollouts, Gathering gathering, Judging judging, Applying applying, Telling telling,
    Trials trials, WindowEvents windowEvents, Sweep sweep) {

  /// The Rollout is gone: nothing of it stays, neither here nor on its Deployment.
  void forget(Rollout rollout) {
    trials.end(rollout);
    telling.forget(rollout);
    gathering.forget(rollout);
    sweep.deleted(rollout.getMetadata().getNamespace(), rollout.getMetadata().getName());
  }
}
