package dev.serin.operator.traffic;

import dev.serin.plan.PlannedStep;
import dev.serin.rollout.Revision;
import java.util.List;

/// Sends shares of the traffic to the arms. Decides nothing, never sleeps, keeps no state of its own.
///
/// Every router keeps these rules, which `TrafficRouterContract` tests:
/// total and idempotent (applying twice writes once) · never more than asked · a raise is fenced by what was read live
/// · withdrawing needs nothing but the API server and works from any state · the user's objects stay as they are ·
/// anything unknown is settling, never settled · what is not supported is refused.
public interface TrafficRouter {

  /// Whether this plan can be routed; reads only.
  Preflight preflight(RouteTarget target, List<PlannedStep> steps);

  /// Makes the whole split true, never a delta.
  ///
  /// @param approval
  ///          asked before a raise, after what carries the share was read and before it is written: whatever happens from
  ///          the question on changes the carrier, and refuses the write. A lowering asks nobody
  Applied apply(RouteTarget target, Split split, Approval approval);

  /// How far the split is true now, read live.
  RouteState observe(RouteTarget target, Split split);

  /// No canary traffic any more. Nothing to withdraw is success.
  void withdraw(RouteTarget target);

  /// What is routed.
  ///
  /// @param namespace
  ///          of all objects
  /// @param canary
  ///          name of the canary Deployment
  /// @param stablePods
  ///          stable pods that the plan is made for
  record RouteTarget(String namespace, String canary, int stablePods) {}

  /// The shares wanted; stable gets the rest.
  ///
  /// @param revision
  ///          whose pods may get it
  /// @param pods
  ///          canary pods that make the approved share
  /// @param from
  ///          canary pods seen when this was decided; a raise from anything else is refused
  record Split(Revision revision, int pods, int from) {}

  /// Whether what is recorded still allows a raise, read live.
  @FunctionalInterface
  interface Approval {

    boolean stands();
  }

  /// The answer of a preflight.
  sealed interface Preflight {

    /// What passed does not fail later for a reason that could have been read.
    record Possible() implements Preflight {}

    /// @param change
    ///          a sentence that says what to change
    record Refused(String change) implements Preflight {}
  }

  /// The answer of an apply.
  sealed interface Applied {

    /// One write was made.
    record Written() implements Applied {}

    /// It was true already.
    record Unchanged() implements Applied {}

    /// The world is no longer as it was when this was decided: look again.
    record Overtaken() implements Applied {}
  }

  /// How far a split is true.
  enum RouteState {
    /// On its way, or unknown.
    SETTLING,
    /// Every canary pod of the split serves.
    SETTLED,
    /// Somebody else changed what carries the share.
    CONTENDED,
    /// What carries the share is gone.
    REMOVED
  }
}
