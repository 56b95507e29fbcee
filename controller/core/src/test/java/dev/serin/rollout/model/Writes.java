package dev.serin.rollout.model;

import static dev.serin.rollout.model.Stored.BEFORE;

import dev.serin.rollout.Action;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Decision;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.model.Cluster.Orphan;
import dev.serin.rollout.model.Cluster.Shield;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a controller's write does, with the conditions that the writers name in it.
final class Writes {

  private Writes() {}

  /// The world after this write; the same world if the API server refuses it.
  static World of(World world, Decision decision) {
    return switch (decision) {
      case Decision.Wait _ -> world;
      case Decision.Transition(var record, var _, var _) -> recorded(world, record);
      case Decision.Apply(var action) -> applied(world, action);
    };
  }

  private static World recorded(World world, RolloutRecord record) {
    Stored stored = world.stored();
    boolean sameState = record.state().equals(stored.record().state());
    boolean sameAttempt = record.state() instanceof RolloutState.Underway next
        && stored.record().state() instanceof RolloutState.Underway former
        && next.candidate().equals(former.candidate());
    Attempt attempt = sameAttempt ? ofStep(stored.attempt(), record.state()) : Stored.UNOPENED;
    return world.stored(stored.record(record, attempt, stored.overtime() && sameState));
  }

  /// An advance speaks of one start of one step; for any later one it means nothing.
  private static Attempt ofStep(Attempt attempt, RolloutState state) {
    if (!(attempt instanceof Attempt.Open(var steps, Attempt.Advance(var step, var started, var message)))) {
      return attempt;
    }
    boolean current = started.equals(BEFORE) && state instanceof RolloutState.Stepping stepping
        && stepping.startedAt().equals(BEFORE) && stepping.step() == step;
    return current ? attempt : new Attempt.Open(steps, new Attempt.Advance(step, Stored.LONG_AGO, message));
  }

  private static World applied(World world, Action action) {
    Cluster cluster = world.cluster();
    return switch (action) {
      case Action.KeepTemplate(var revision) -> available(cluster, revision)
          ? world.cluster(cluster.kept(Cluster.with(cluster.kept(), revision)))
          : world;
      case Action.DropTemplate(var revision) ->
        world.cluster(cluster.kept(Cluster.without(cluster.kept(), revision)));
      case Action.OpenAnalysis opening -> world.stored().attempt() instanceof Attempt.Unopened
          ? world.stored(world.stored().attempt(new Attempt.Open(opening.steps(), Stored.STAY)))
          : world;
      case Action.Condemn _ -> world.stored().attempt() instanceof Attempt.Open(var steps, var _)
          ? world.stored(world.stored().attempt(new Attempt.Open(steps, Stored.ROLL_BACK)))
          : world;
      case Action.CreateCanary(var candidate) ->
        cluster.canary() == null && available(cluster, candidate.revision())
            ? world.canary(Carrier.created(candidate.revision()))
            : world;
      case Action.ScaleCanary scale -> scaled(world, scale);
      case Action.DeleteCanary() -> world.canary(null);
      case Action.Guard() -> world.stored(world.stored().guarded(true));
      case Action.Unguard() -> world.stored(world.stored().guarded(false));
      case Action.EmptyStray _ -> world.cluster(cluster.orphan(Orphan.ENDING));
      case Action.DeleteStray _ -> world.cluster(cluster.orphan(Orphan.NONE));
      case Action.DropAnalysis _ -> world;
      case Action.LabelWorkload _,Action.Resume _,Action.RestoreTemplate _,Action.KeepPaused _,Action.EndKeepingPaused _,Action.ReleaseWorkload _ ->
        world.deployed(written(cluster, cluster.deployed(), action));
    };
  }

  private static World scaled(World world, Action.ScaleCanary scale) {
    Carrier canary = world.cluster().canary();
    if (canary == null || canary.replicas() == scale.to()) {
      return world;
    }
    if (scale.to() > canary.replicas()) {
      boolean fenced = canary.replicas() == scale.from() && scale.raises();
      return fenced ? world.canary(canary.scaled(scale.to())) : world;
    }
    return world.canary(canary.scaled(scale.to()));
  }

  /// Whether a late raise, checked now, finds canary and Rollout as they were; the record is the same already.
  static boolean checks(World world, Action.ScaleCanary raise) {
    Carrier canary = world.cluster().canary();
    return canary != null && canary.replicas() == raise.from()
        && world.state() instanceof RolloutState.Underway underway
        && underway.candidate().revision().equals(canary.revision());
  }

  private static @Nullable Deployed written(Cluster cluster, @Nullable Deployed before, Action action) {
    if (before == null) {
      return null;
    }
    return switch (action) {
      case Action.LabelWorkload() -> before.label(true);
      case Action.Resume(var order, var expected) -> before.live().equals(expected)
          ? before.roll(before.roll().resume(order))
          : before;
      case Action.RestoreTemplate(var revision) -> cluster.kept().contains(revision)
          ? before.template(revision, held(cluster, before))
          : before;
      case Action.KeepPaused() -> before.roll(before.roll().held().marked(true));
      case Action.EndKeepingPaused() -> before.roll(before.roll().loose().marked(false));
      case Action.ReleaseWorkload(var resume) -> before
          .roll((resume ? before.roll().loose() : before.roll()).marked(false)).label(false);
      default -> throw new IllegalArgumentException("not a write to the Deployment: " + action);
    };
  }

  static boolean held(Cluster cluster, Deployed deployed) {
    return deployed.labelled() && cluster.shield() == Shield.POLICY;
  }

  private static boolean available(Cluster cluster, Revision revision) {
    Deployed deployed = cluster.deployed();
    return deployed != null && (Objects.equals(deployed.live(), revision)
        || deployed.pods().running().contains(revision));
  }
}
