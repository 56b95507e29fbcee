package dev.serin.rollout.model;

import dev.serin.plan.ReplicaRatio;
import dev.serin.rollout.Action;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.RolloutState.Adopted;
import dev.serin.rollout.RolloutState.Promoting;
import dev.serin.rollout.RolloutState.Raising;
import dev.serin.rollout.RolloutState.Stepping;
import dev.serin.rollout.RolloutState.Underway;
import dev.serin.rollout.model.Cluster.Orphan;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What may get traffic: the canary's share, and what the Deployment is told to run.
final class Exposure {

  static final List<Rule> RULES = List.of(
      new Rule("I1 the canary asks for no more pods than the recorded step allows", Exposure::share),
      new Rule("I1 a raise stays within the share of the recorded step", Exposure::raise),
      new Rule("I2 the approved step rises by one, on an advance of that very step", Exposure::step),
      new Rule("I2 a promotion follows the last step, or trust, or no pods to compare with", Exposure::promotion),
      new Rule("I4 a canary does not serve beside another one", Exposure::single),
      new Rule("I6 the canary is deleted only when it has no pods", Exposure::deletion),
      new Rule("I10 no verdict, no way up", Exposure::staying),
      new Rule("I25 a canary gets pods only for the recorded candidate, and after an orphan's are withdrawn",
          Exposure::newer),
      new Rule("a step starts when all its pods are ready, at least one", Exposure::started));

  private Exposure() {}

  /// Pods that the record allows the canary, while none of the stable ones is missing.
  static int allowed(World world) {
    Carrier canary = Objects.requireNonNull(world.cluster().canary());
    RolloutState state = world.state();
    if (state instanceof Adopted adopted && adopted.stable().revision().equals(canary.revision())) {
      return Integer.MAX_VALUE;
    }
    return switch (state) {
      // Nothing is known: it may be there, and is removed.
      case RolloutState.Adopting _ -> Integer.MAX_VALUE;
      case Raising(var _, var tried, var step, var _) when tried.revision().equals(canary.revision()) ->
        pods(world, step, Setting.PODS);
      case Stepping(var _, var tried, var step, var _) when tried.revision().equals(canary.revision()) ->
        pods(world, step, Setting.PODS);
      case Promoting promoting when promoting.candidate().revision().equals(canary.revision()) -> Integer.MAX_VALUE;
      case RolloutState.Overridden followed when followed.candidate().revision().equals(canary.revision()) ->
        Integer.MAX_VALUE;
      default -> 0;
    };
  }

  private static int pods(World world, int step, int stable) {
    return world.stored().attempt() instanceof Attempt.Open(var steps, var _)
        ? ReplicaRatio.canaryPods(steps.get(step).weight(), stable)
        : 0;
  }

  private static boolean share(World before, Move move) {
    Carrier canary = move.after().cluster().canary();
    return canary == null || !canary.serving() || canary.replicas() <= allowed(move.after());
  }

  private static boolean raised(World before, Move move) {
    Carrier was = before.cluster().canary();
    Carrier is = move.after().cluster().canary();
    return was != null && is != null && is.replicas() > was.replicas();
  }

  private static boolean raise(World before, Move move) {
    Deployed deployed = before.cluster().deployed();
    // Stable may have been scaled since a late raise was decided; the next look lowers the canary at once.
    if (!move.fresh() || !raised(before, move) || deployed == null) {
      return true;
    }
    int step = step(before.state());
    Carrier canary = Objects.requireNonNull(move.after().cluster().canary());
    return step >= 0 && canary.replicas() <= pods(before, step, deployed.ready());
  }

  /// Index of the approved step, -1 before the first.
  private static int step(RolloutState state) {
    return switch (state) {
      case Raising raising -> raising.step();
      case Stepping stepping -> stepping.step();
      default -> -1;
    };
  }

  private static boolean step(World before, Move move) {
    RolloutState was = before.state();
    RolloutState is = move.after().state();
    if (!move.byController() || step(is) < 0 || was.equals(is)) {
      return true;
    }
    return switch (is) {
      case Stepping stepping -> was instanceof Raising raising && sameTrial(raising, stepping)
          && raising.step() == stepping.step();
      case Raising raising when raising.step() == 0 && was instanceof RolloutState.Starting starting ->
        sameTrial(starting, raising);
      case Raising raising when was instanceof Raising former ->
        sameTrial(former, raising) && former.step() == raising.step();
      case Raising raising -> was instanceof Stepping stepping && sameTrial(stepping, raising)
          && stepping.step() + 1 == raising.step() && left(before, stepping, move);
      default -> true;
    };
  }

  private static boolean sameTrial(Underway one, Underway other) {
    return one.candidate().revision().equals(other.candidate().revision());
  }

  /// Whether this step may be left upwards. A ruling may have changed since a late write was decided from it: it is read
  /// again before any pod is added.
  private static boolean left(World before, Stepping stepping, Move move) {
    if (!(before.stored().attempt() instanceof Attempt.Open(var steps, var ruling))) {
      return false;
    }
    boolean advance = ruling instanceof Attempt.Advance(var step, var started, var _) && step == stepping.step()
        && started.equals(stepping.startedAt());
    boolean approved = !steps.get(stepping.step()).untilApproved()
        || People.approval(stepping.candidate().revision(), stepping.step()).equals(before.stored().asked().approve());
    return (advance || move.who() == Move.Who.LATE) && approved;
  }

  private static boolean promotion(World before, Move move) {
    if (!move.byController() || !(move.after().state() instanceof Promoting promoting)
        || (before.state() instanceof Promoting former && sameTrial(former, promoting))) {
      return true;
    }
    Revision revision = promoting.candidate().revision();
    boolean lastStep = before.state() instanceof Stepping stepping && sameTrial(stepping, promoting)
        && before.stored().attempt() instanceof Attempt.Open(var steps, var _)
        && stepping.step() == steps.size() - 1 && left(before, stepping, move);
    boolean known = before.stored().record().history().stream()
        .anyMatch(former -> former.revision().equals(revision))
        && before.stored().record().veto(revision).isEmpty();
    Deployed deployed = before.cluster().deployed();
    boolean nothing = deployed != null && deployed.desired() == 0;
    return lastStep || known || nothing || move.who() == Move.Who.LATE;
  }

  /// An orphan is another canary: its pods were those of a Deployment that is gone.
  private static boolean single(World before, Move move) {
    return !move.byController() || !twoServe(move.after()) || twoServe(before);
  }

  private static boolean twoServe(World world) {
    Carrier canary = world.cluster().canary();
    return canary != null && canary.serving() && world.cluster().orphan() == Orphan.SERVING;
  }

  private static boolean deletion(World before, Move move) {
    Carrier canary = before.cluster().canary();
    // What was stable before does not wait until pods have ended that nothing asks for any more.
    Deployed deployed = before.cluster().deployed();
    boolean emergency = deployed != null && before.stored().record().history().stream()
        .anyMatch(former -> former.revision().equals(deployed.live()));
    return move.applied(Action.DeleteCanary.class) == null || canary == null
        || (canary.replicas() == 0 && (!canary.ending() || emergency || !move.fresh()));
  }

  private static boolean staying(World before, Move move) {
    boolean silent = before.stored().attempt() instanceof Attempt.Open(var _, Attempt.Stay _);
    boolean up = step(move.after().state()) > step(before.state()) || move.after().state() instanceof Promoting;
    boolean ours = before.state() instanceof Stepping stepping && move.after().state() instanceof Underway underway
        && sameTrial(stepping, underway);
    return !move.fresh() || !silent || !ours || !up;
  }

  private static boolean newer(World before, Move move) {
    return !move.fresh() || !raised(before, move)
        || (before.state() instanceof Underway underway && underway.candidate().revision().equals(revision(before))
            && before.cluster().orphan() != Orphan.SERVING);
  }

  private static @Nullable Revision revision(World world) {
    Carrier canary = world.cluster().canary();
    return canary == null ? null : canary.revision();
  }

  private static boolean started(World before, Move move) {
    if (!move.fresh() || before.state() instanceof Stepping || !(move.after().state() instanceof Stepping)) {
      return true;
    }
    Carrier canary = before.cluster().canary();
    return canary != null && canary.replicas() > 0 && canary.ready() == canary.replicas();
  }
}
