package dev.serin.rollout.model;

import dev.serin.rollout.Action;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Decision;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.model.Cluster.Orphan;
import dev.serin.rollout.model.Deployed.Health;
import dev.serin.rollout.model.Deployed.Pods;
import dev.serin.rollout.model.Move.Who;
import dev.serin.rollout.model.Stored.Life;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that may happen next.
final class Moves {

  static final String OVERDUE = "the roll is overdue";
  static final String TIME = "time passes";

  private final Setting setting;
  private final Machine machine;

  Moves(Setting setting, Machine machine) {
    this.setting = setting;
    this.machine = machine;
  }

  List<Move> from(World world) {
    if (world.stored().life() == Life.GONE) {
      return List.of();
    }
    Decision decision = world.decision(machine, setting);
    List<Move> moves = new ArrayList<>();
    written(world, decision).ifPresent(moves::add);
    second(world, decision).ifPresent(moves::add);
    moves.addAll(environment(world));
    moves.addAll(judge(world));
    new People(world).moves().stream().map(move -> settled(world, move)).forEach(moves::add);
    return moves;
  }

  /// What the first controller writes; empty if it waits, or the Rollout is gone.
  Optional<Move> controller(World world) {
    return world.stored().life() == Life.GONE ? Optional.empty() : written(world, world.decision(machine, setting));
  }

  private Optional<Move> written(World world, Decision decision) {
    return decision instanceof Decision.Wait
        ? Optional.empty()
        : Optional.of(settled(world, Move.wrote(Who.CONTROLLER, decision, Writes.of(world, decision))));
  }

  private Optional<Move> second(World world, Decision decision) {
    Late late = world.late();
    if (late == null) {
      return world.looks() == 0 || decision instanceof Decision.Wait
          ? Optional.empty()
          : Optional.of(new Move(Who.LOOKING, "looks and decides the same", null,
              Abstraction.of(world.afterLook().late(new Late(decision, false)))));
    }
    if (late.decision() instanceof Decision.Apply(Action.ScaleCanary scale) && scale.raises() && !late.checked()) {
      return Writes.checks(world, scale)
          ? Optional.of(new Move(Who.LOOKING, "finds canary and record as they were", null, world.late(late.check())))
          : Optional.empty();
    }
    World written = Writes.of(world.late(null), late.decision());
    return Optional.of(settled(world, Move.wrote(Who.LATE, late.decision(), written)));
  }

  /// What Kubernetes and time do.
  List<Move> environment(World world) {
    List<Move> moves = new ArrayList<>();
    Deployed deployed = world.cluster().deployed();
    if (deployed != null) {
      pods(deployed).forEach(
          (what, pods) -> moves.add(new Move(Who.KUBERNETES, what, null, world.deployed(deployed.pods(pods)))));
    }
    Carrier canary = world.cluster().canary();
    if (canary != null) {
      canary(world, canary).ifPresent(moves::add);
    }
    if (world.cluster().orphan() == Orphan.ENDING) {
      moves.add(new Move(Who.KUBERNETES, "the orphan's pods are gone", null,
          world.cluster(world.cluster().orphan(Orphan.EMPTY))));
    }
    boolean timed = world.state() instanceof RolloutState.Raising || world.state() instanceof RolloutState.Restoring;
    if (timed && !world.stored().overtime()) {
      moves.add(new Move(Who.KUBERNETES, TIME, null, world.stored(world.stored().overtime(true))));
    }
    return moves.stream().map(move -> settled(world, move)).toList();
  }

  private static Map<String, Pods> pods(Deployed deployed) {
    var changes = new LinkedHashMap<String, Pods>();
    Pods pods = deployed.pods();
    if (deployed.rolls()) {
      if (pods.running().contains(deployed.live())) {
        changes.put("the roll completes", new Pods(Set.of(deployed.live()), Health.SETTLED, false));
      } else {
        changes.put("the roll begins",
            new Pods(Cluster.with(pods.running(), deployed.live()), pods.health(), pods.overdue()));
      }
      if (!pods.overdue() && deployed.desired() > 0) {
        changes.put(OVERDUE, new Pods(pods.running(), pods.health(), true));
      }
    }
    if (deployed.desired() > 0 && pods.health() != Health.SETTLED) {
      changes.put("stable pods get ready", new Pods(pods.running(),
          pods.health() == Health.NONE ? Health.READY : Health.SETTLED, pods.overdue()));
    }
    return changes;
  }

  private static Optional<Move> canary(World world, Carrier canary) {
    if (canary.terminating()) {
      return Optional.of(new Move(Who.KUBERNETES, "the canary is gone", null, world.canary(null)));
    }
    if (canary.replicas() == 0) {
      return canary.ending()
          ? Optional.of(new Move(Who.KUBERNETES, "the canary's pods are gone", null, world.canary(canary.ended())))
          : Optional.empty();
    }
    return canary.ready() < canary.replicas() && !canary.crashing()
        ? Optional.of(new Move(Who.KUBERNETES, "canary pods get ready", null, world.canary(canary.grown())))
        : Optional.empty();
  }

  /// What the judge records.
  List<Move> judge(World world) {
    List<Move> moves = new ArrayList<>();
    Stored stored = world.stored();
    if (!(stored.attempt() instanceof Attempt.Open(var steps, var ruling)) || ruling instanceof Attempt.RollBack) {
      return moves;
    }
    Carrier canary = world.cluster().canary();
    if (world.state() instanceof RolloutState.Stepping stepping && canary != null && canary.serving()
        && canary.ready() == canary.replicas()) {
      var advance = new Attempt.Advance(stepping.step(), stepping.startedAt(), "good");
      if (!advance.equals(ruling)) {
        moves.add(judged(world, "advance", new Attempt.Open(steps, advance)));
      }
    }
    if (!(ruling instanceof Attempt.Stay)) {
      moves.add(judged(world, "stay", new Attempt.Open(steps, Stored.STAY)));
    }
    boolean tried = world.state() instanceof RolloutState.Raising || world.state() instanceof RolloutState.Stepping
        || world.state() instanceof RolloutState.Starting || world.state() instanceof RolloutState.Promoting;
    if (tried) {
      moves.add(judged(world, "roll back", new Attempt.Open(steps, Stored.ROLL_BACK)));
    }
    return moves;
  }

  private Move judged(World world, String what, Attempt attempt) {
    return settled(world, new Move(Who.JUDGE, "rules: " + what, null, world.stored(world.stored().attempt(attempt))));
  }

  /// The move with its world made small, and without a late write that can only fail now.
  private Move settled(World before, Move move) {
    World raw = move.after();
    World small = Abstraction.of(before, raw.late(Late.surviving(raw.late(), before, raw, setting.fence())));
    return new Move(move.who(), move.what(), move.wrote(), small);
  }
}
