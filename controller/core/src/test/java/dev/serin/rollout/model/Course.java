package dev.serin.rollout.model;

import dev.serin.rollout.Decision;
import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.Reason;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.model.Cluster.Orphan;
import dev.serin.rollout.model.Cluster.Shield;
import dev.serin.rollout.model.Stored.Life;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where things go from a world when people leave them alone.
final class Course {

  /// Writes of the controller until nothing changes any more, in a world that stands still.
  static final int QUIET = 12;
  /// Moves until rest, in a world that gets on.
  static final int REST = 90;
  /// Successful calls until a condemned canary has no pods.
  static final int WITHDRAWN = 6;

  /// Reasons for which it is right to wait for a person.
  private static final Set<Reason> PERSON = EnumSet.of(Reason.PausedUntilApproved, Reason.PausedByPerson,
      Reason.NothingToCompare);

  private final Setting setting;
  private final Machine machine;
  private final Moves moves;
  private final Set<World> checked = new HashSet<>();
  private final Way quiet;
  private final Way rest;

  Course(Setting setting, Machine machine) {
    this.setting = setting;
    this.machine = machine;
    this.moves = new Moves(setting, machine);
    this.quiet = new Way(QUIET, moves::controller, world -> true);
    this.rest = new Way(REST, this::friendly, this::mayRest);
  }

  /// What is wrong with this world's future; empty if nothing is.
  Optional<Wrong> wrong(World world) {
    if (world.stored().life() == Life.GONE) {
      return Optional.empty();
    }
    World alone = world.alone();
    if (!checked.add(alone)) {
      return Optional.empty();
    }
    return quiet(alone).or(() -> rest(alone)).or(() -> withdrawn(alone)).or(() -> requests(alone));
  }

  /// @param rule
  ///          what is broken
  /// @param course
  ///          how it went on
  record Wrong(String rule, List<Move> course) {}

  /// I20, I21: with everything else standing still, the controller stops writing.
  private Optional<Wrong> quiet(World from) {
    return quiet.wrong(from)
        .map(moves -> new Wrong("I20 in a world that stands still the machine stops writing", moves));
  }

  /// I23: with a friendly cluster and an answering judge, every Rollout ends somewhere.
  private Optional<Wrong> rest(World from) {
    return rest.wrong(from).map(ArrayList::new).map(course -> {
      World last = course.isEmpty() ? from : course.getLast().after();
      course.add(Move.wrote(Move.Who.CONTROLLER, last.decision(machine, setting), last));
      return new Wrong("I23 with a friendly cluster every Rollout comes to rest", course);
    });
  }

  /// The controller writes; when it waits, the judge answers and the cluster gets on, and time passes when nothing else
  /// does.
  private Optional<Move> friendly(World world) {
    if (world.stored().life() == Life.GONE) {
      return Optional.empty();
    }
    return moves.controller(world)
        .or(() -> moves.judge(world).stream().filter(move -> move.what().equals("rules: advance")).findFirst())
        .or(() -> moves.environment(world).stream().filter(move -> !move.what().equals(Moves.OVERDUE))
            .min(Comparator.comparing(move -> move.what().equals(Moves.TIME))));
  }

  private boolean mayRest(World world) {
    Deployed deployed = world.cluster().deployed();
    if (world.stored().life() == Life.GONE) {
      return world.cluster().canary() == null
          && (deployed == null || (!deployed.labelled() && !deployed.roll().keptPaused()));
    }
    if (world.stored().life() == Life.LEAVING
        || !(world.decision(machine, setting) instanceof Decision.Wait(Report report, var _))) {
      return false;
    }
    boolean meant = report.kind() != Report.Kind.RECONCILING || PERSON.contains(report.reason());
    // A roll that a person ordered may stand still for any reason; one of ours only if a person paused it.
    boolean paused = report.reason() != Reason.PausedByPerson || deployed == null || deployed.roll().pausedByPerson()
        || world.state() instanceof RolloutState.Overridden || world.state() instanceof RolloutState.Adopting;
    return meant && paused && world.cluster().orphan() == Orphan.NONE
        && (report.kind() != Report.Kind.READY || deployed == null || restsReady(world, deployed))
        && withdrawn(world, world.cluster().canary());
  }

  /// Whoever reads that nothing is left to do finds stable on all pods.
  private static boolean restsReady(World world, Deployed deployed) {
    boolean stable = world.state() instanceof RolloutState.Idle idle && deployed.live().equals(idle.stable().revision())
        && (deployed.desired() == 0 || deployed.pods().only(deployed.live()));
    boolean held = world.cluster().shield() != Shield.KEPT_PAUSED
        || (deployed.roll().paused() && deployed.roll().keptPaused());
    return stable && held;
  }

  /// A canary has pods only in a trial or beside a roll, and a refused revision has none anywhere.
  private static boolean withdrawn(World world, @Nullable Carrier canary) {
    Deployed deployed = world.cluster().deployed();
    return switch (world.state()) {
      case RolloutState.Stepping _,RolloutState.Promoting _,RolloutState.Overridden _ -> true;
      case RolloutState.Vetoed vetoed -> (canary == null || !canary.serving())
          && (deployed == null || !deployed.running().contains(vetoed.candidate().revision()));
      case RolloutState.Adopting _,RolloutState.Idle _,RolloutState.Starting _,RolloutState.Raising _,RolloutState.Restoring _ ->
        canary == null || !canary.serving();
    };
  }

  /// I22: a condemned canary has no pods after a few successful calls, and in the end the candidate runs nowhere.
  private Optional<Wrong> withdrawn(World from) {
    if (!from.stored().condemned() || !ours(from)) {
      return Optional.empty();
    }
    Revision condemned = ((RolloutState.Underway) from.state()).candidate().revision();
    List<Move> made = new ArrayList<>();
    // A retry would begin anew what has just ended.
    World world = from.stored(from.stored().asked(from.stored().record().consumed()));
    int writes = 0;
    while (true) {
      Carrier canary = world.cluster().canary();
      boolean serves = canary != null && canary.serving() && canary.revision().equals(condemned);
      if (serves && writes > WITHDRAWN) {
        return Optional.of(new Wrong("I22 roll back ends at 0 canary pods within six calls", made));
      }
      Optional<Move> move = friendly(world);
      if (move.isEmpty()) {
        Deployed deployed = world.cluster().deployed();
        return deployed == null || !deployed.running().contains(condemned)
            ? Optional.empty()
            : Optional.of(new Wrong("I22 roll back ends with the candidate on no pod", made));
      }
      made.add(move.get());
      writes += move.get().byController() ? 1 : 0;
      world = move.get().after();
    }
  }

  /// Whether what runs is the machine's doing: not the one of a person who resumed the Deployment or made it anew.
  private static boolean ours(World world) {
    Deployed deployed = world.cluster().deployed();
    boolean underway = world.state() instanceof RolloutState.Promoting
        || world.state() instanceof RolloutState.Restoring
        || (world.state() instanceof RolloutState.Underway trial && tries(trial)
            && (deployed == null || !deployed.running().contains(trial.candidate().revision())));
    boolean kept = world.stored().life() == Life.STAYING
        || (deployed != null && deployed.labelled() && !deployed.pods().overdue());
    return underway && kept && (deployed == null || (world.stored().record().workloadUid().equals(Deployed.UID)
        && (deployed.roll().paused() ? !deployed.roll().pausedByPerson() : deployed.roll().ours())));
  }

  private static boolean tries(RolloutState.Underway state) {
    return state instanceof RolloutState.Starting || state instanceof RolloutState.Raising
        || state instanceof RolloutState.Stepping;
  }

  /// I13: a request that means nothing changes nothing but the record of it.
  private Optional<Wrong> requests(World world) {
    Requests asked = world.stored().asked();
    if (asked.equals(Requests.NONE)) {
      return Optional.empty();
    }
    Decision with = world.decision(machine, setting);
    boolean idle = world.state() instanceof RolloutState.Idle || world.state() instanceof RolloutState.Adopting;
    if (!idle || !(with instanceof Decision.Transition(var record, var _, var _))) {
      return Optional.empty();
    }
    Observation seen = world.seen(setting);
    Decision without = machine.next(world.stored().record(), new Observation(seen.workload(), seen.canary(),
        seen.attempt(), seen.wish(), world.stored().record().consumed(), seen.tenure(), seen.leftovers()),
        world.stored().now());
    boolean same = with.equals(without) || (without instanceof Decision.Wait
        && record.state().equals(world.state()) && record.vetoes().equals(world.stored().record().vetoes()));
    boolean retried = !same && asked.retry() != null && world.stored().record().vetoes().stream()
        .anyMatch(veto -> veto.revision().value().equals(asked.retry()));
    return same || retried
        ? Optional.empty()
        : Optional.of(new Wrong("I13 a request with nothing to do changes nothing",
            List.of(Move.wrote(Move.Who.CONTROLLER, with, world))));
  }
}
