package dev.serin.rollout.model;

import static dev.serin.rollout.model.Cluster.REVISIONS;

import dev.serin.rollout.Action;
import dev.serin.rollout.Attempt;
import dev.serin.rollout.Decision;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.model.Cluster.Orphan;
import dev.serin.rollout.model.Cluster.Shield;
import dev.serin.rollout.model.Deployed.Health;
import dev.serin.rollout.model.Deployed.Pods;
import dev.serin.rollout.model.Deployed.Switch;
import dev.serin.rollout.model.Move.Who;
import dev.serin.rollout.model.Stored.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What people do to the Deployment, the canary and the Rollout, and what goes wrong by itself.
final class People {

  private static final String NONSENSE = "cccccccccc/9";

  private final World world;
  private final List<Move> moves = new ArrayList<>();

  People(World world) {
    this.world = world;
  }

  List<Move> moves() {
    approve();
    if (world.events() == 0) {
      return moves;
    }
    Deployed deployed = world.cluster().deployed();
    if (deployed != null) {
      templates(deployed);
      held(deployed);
    }
    replace();
    canary();
    asked();
    rollout();
    return moves;
  }

  /// The approval that a paused step asks for costs nothing.
  private void approve() {
    Stored stored = world.stored();
    if (world.state() instanceof RolloutState.Stepping(var _, var candidate, var step, var started)
        && stored.attempt() instanceof Attempt.Open(var steps, Attempt.Advance(var left, var start, var _))
        && left == step && start.equals(started) && steps.get(step).untilApproved()) {
      String approval = approval(candidate.revision(), step);
      if (!approval.equals(stored.asked().approve())) {
        moves.add(new Move(Who.PEOPLE, "approve what is asked for", null,
            world.stored(stored.asked(new Requests(approval, stored.asked().retry())))));
      }
    }
  }

  static String approval(Revision revision, int step) {
    return revision + "/" + (step + 1);
  }

  private void templates(Deployed deployed) {
    for (Revision revision : REVISIONS) {
      if (!revision.equals(deployed.live())) {
        act("push " + revision, world.deployed(pushed(deployed, revision)));
      }
      if (deployed.roll().paused() && world.cluster().shield() == Shield.NONE) {
        act("apply " + revision + " with paused: false",
            world.deployed(deployed.template(revision, false).roll(deployed.roll().loose())));
      }
    }
    for (int replicas : new int[]{0, 1, Setting.PODS}) {
      if (replicas != deployed.desired()) {
        act("scale to " + replicas, world.deployed(deployed.scaled(replicas)));
      }
    }
  }

  private Deployed pushed(Deployed deployed, Revision revision) {
    Deployed pushed = deployed.template(revision, Writes.held(world.cluster(), deployed));
    // What nothing holds was released by nobody, and not by us either; what is kept paused was to be held.
    boolean theirs = !pushed.roll().paused() && world.cluster().shield() != Shield.KEPT_PAUSED;
    return theirs ? pushed.roll(pushed.roll().loose()) : pushed;
  }

  private void held(Deployed deployed) {
    act(deployed.roll().paused() ? "resume" : "pause",
        world.deployed(deployed.roll(deployed.roll().toggled())));
    if (deployed.labelled()) {
      act("take the label away", world.deployed(deployed.label(false)));
    }
    if (deployed.desired() > 0 && deployed.pods().health() != Health.NONE) {
      act("stable pods fail", world.deployed(deployed.pods(new Pods(deployed.pods().running(), Health.NONE,
          deployed.pods().overdue()))));
    }
    act("delete the Deployment", replaced(null));
  }

  private void replace() {
    for (Revision revision : REVISIONS) {
      act("create the Deployment with " + revision, replaced(new Deployed(false, revision,
          Switch.untouched(0), Setting.PODS, new Pods(Set.of(revision), Health.SETTLED, false))));
    }
  }

  /// A new uid; what was to be written to the old one fails.
  private World replaced(@Nullable Deployed deployed) {
    RolloutRecord record = world.stored().record();
    String uid = record.workloadUid().equals(Deployed.UID) ? "former" : record.workloadUid();
    Stored stored = world.stored().record(new RolloutRecord(record.sequence(), uid, record.vetoes(), record.history(),
        record.consumed(), record.state()), world.stored().attempt(), world.stored().overtime());
    Late late = world.late();
    boolean lost = late != null && late.decision() instanceof Decision.Apply(var action)
        && (action instanceof Action.Resume || action instanceof Action.RestoreTemplate
            || action instanceof Action.LabelWorkload || action instanceof Action.KeepPaused
            || action instanceof Action.EndKeepingPaused || action instanceof Action.ReleaseWorkload);
    return world.stored(stored).deployed(deployed).late(lost ? null : late);
  }

  private void canary() {
    Carrier canary = world.cluster().canary();
    if (canary != null && !canary.terminating()) {
      act("delete the canary", world.canary(null));
      act("delete the canary in the foreground", world.canary(canary.deleted()));
      if (canary.replicas() > 0 && world.cluster().orphan() == Orphan.NONE) {
        act("orphan the canary's pods", world.cluster(world.cluster().canary(null).orphan(Orphan.SERVING)));
      }
      if (canary.replicas() > 0 && !canary.crashing()) {
        act("canary pods crash", world.canary(canary.crash()));
      }
    }
    shield();
  }

  /// Without anything that holds templates, whatever is unpaused counts as released.
  private void shield() {
    Cluster cluster = world.cluster();
    Deployed deployed = cluster.deployed();
    if (cluster.shield() == Shield.NONE) {
      act("templates are held by a policy", world.cluster(cluster.shield(Shield.POLICY)));
    } else if (deployed == null || deployed.roll().paused()) {
      act("nothing holds templates", world.cluster(cluster.shield(Shield.NONE)));
    } else {
      act("nothing holds templates",
          world.cluster(cluster.shield(Shield.NONE).deployed(deployed.roll(deployed.roll().loose()))));
    }
  }

  private void asked() {
    Stored stored = world.stored();
    if (!NONSENSE.equals(stored.asked().approve())) {
      act("approve nonsense", world.stored(stored.asked(new Requests(NONSENSE, stored.asked().retry()))));
    }
    if (world.state() instanceof RolloutState.Underway underway) {
      String first = approval(underway.candidate().revision(), 0);
      if (!first.equals(stored.asked().approve())) {
        act("approve the first step", world.stored(stored.asked(new Requests(first, stored.asked().retry()))));
      }
    }
    for (Revision revision : REVISIONS.subList(1, REVISIONS.size())) {
      if (!revision.value().equals(stored.asked().retry())) {
        act("retry " + revision, world.stored(stored.asked(new Requests(stored.asked().approve(), revision.value()))));
      }
    }
    if (!stored.asked().equals(Requests.NONE)) {
      act("take requests away", world.stored(stored.asked(Requests.NONE)));
    }
  }

  private void rollout() {
    Stored stored = world.stored();
    if (stored.life() == Life.STAYING) {
      act("delete the Rollout", stored.guarded()
          ? world.stored(stored.life(Life.LEAVING))
          : world.canary(null).stored(stored.life(Life.GONE)));
    }
    // With the status goes what fenced a late write; that both meet is left out.
    act("wipe the status", world.late(null).stored(stored.record(RolloutRecord.initial(), Stored.UNOPENED, false)));
  }

  private void act(String what, World after) {
    moves.add(new Move(Who.PEOPLE, what, null, after.afterEvent()));
  }
}
