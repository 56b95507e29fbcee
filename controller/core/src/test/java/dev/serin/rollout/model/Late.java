package dev.serin.rollout.model;

import dev.serin.rollout.Action;
import dev.serin.rollout.Decision;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.model.Setting.Fence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A write that was decided earlier and did not arrive yet.
///
/// @param decision
///          what will be written
/// @param checked
///          for a raise: whether the canary and then the Rollout were read again and found as they were, so that only the
///          canary's version still fences it. That they are read at two moments makes no difference: a canary that changes
///          between them is not the version that was read
record Late(Decision decision, boolean checked) {

  /// What is left of it when `before` has become `after`: nothing, once it can only fail.
  static @Nullable Late surviving(@Nullable Late late, World before, World after, Fence fence) {
    return late == null || !late.survives(before, after, fence) ? null : late;
  }

  private boolean survives(World before, World after, Fence fence) {
    return switch (decision) {
      case Decision.Wait _ -> false;
      case Decision.Transition _ -> sameRollout(before, after);
      case Decision.Apply(Action.ScaleCanary scale) when scale.raises() && !checked ->
        fence == Fence.CANARY || before.stored().record().equals(after.stored().record());
      case Decision.Apply(var action) -> survives(action, before, after);
    };
  }

  private static boolean survives(Action action, World before, World after) {
    Cluster was = before.cluster();
    Cluster is = after.cluster();
    return switch (action) {
      case Action.LabelWorkload _,Action.Resume _,Action.RestoreTemplate _,Action.KeepPaused _,Action.EndKeepingPaused _,Action.ReleaseWorkload _ ->
        Objects.equals(was.deployed(), is.deployed());
      case Action.Guard _,Action.Unguard _,Action.DropTemplate _,Action.DropAnalysis _ -> sameRollout(before, after);
      case Action.OpenAnalysis _,Action.Condemn _ -> sameAttempt(before, after);
      // Once it was checked, nothing but the version of the canary that was read fences a raise: neither the record nor the
      // Deployment counts any more. Its pods' readiness reaches that version only later, so it does not count either.
      case Action.ScaleCanary scale when scale.raises() -> Objects.equals(asked(was.canary()), asked(is.canary()));
      case Action.DeleteCanary _ -> Objects.equals(was.canary(), is.canary());
      case Action.EmptyStray _,Action.DeleteStray _ -> was.orphan() == is.orphan();
      // Nothing but the existence of the object fences these.
      case Action.ScaleCanary _,Action.CreateCanary _,Action.KeepTemplate _ -> true;
    };
  }

  /// What of a canary is written by controllers and people.
  private static @Nullable Carrier asked(@Nullable Carrier canary) {
    return canary == null
        ? null
        : new Carrier(canary.revision(), canary.replicas(), 0, false, canary.terminating(), false);
  }

  private static boolean sameRollout(World before, World after) {
    Stored was = before.stored();
    Stored is = after.stored();
    return was.record().equals(is.record()) && was.asked().equals(is.asked()) && was.guarded() == is.guarded()
        && was.life() == is.life();
  }

  private static boolean sameAttempt(World before, World after) {
    return before.stored().attempt().equals(after.stored().attempt())
        && Objects.equals(candidate(before.state()), candidate(after.state()));
  }

  private static @Nullable Object candidate(RolloutState state) {
    return state instanceof RolloutState.Underway underway ? underway.candidate() : null;
  }

  /// Its raise was checked.
  Late check() {
    return new Late(decision, true);
  }
}
