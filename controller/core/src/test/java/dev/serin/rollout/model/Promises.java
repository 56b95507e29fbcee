package dev.serin.rollout.model;

import dev.serin.rollout.Action;
import dev.serin.rollout.Revision;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.RolloutState.Adopted;
import dev.serin.rollout.RolloutState.Promoting;
import dev.serin.rollout.RolloutState.Restoring;
import dev.serin.rollout.model.Cluster.Orphan;
import dev.serin.rollout.model.Cluster.Shield;
import dev.serin.rollout.model.Move.Who;
import java.util.List;
import java.util.Objects;

/// What is promised about vetoes, the stable revision, and the user's Deployment.
final class Promises {

  static final List<Rule> RULES = List.of(
      new Rule("I3 no revision is promoted against its veto", Promises::promoted),
      new Rule("I3 no revision is resumed against its veto", Promises::resumed),
      new Rule("I3 a veto ends by a retry, a person's resume, or because the revision runs everywhere",
          Promises::vetoEnds),
      new Rule("I7 the stable revision changes only to what was promoted, released or found running", Promises::stable),
      new Rule("I12 an order resumes once", Promises::once),
      new Rule("what we unpause is the expected template, or begins no roll", Promises::unpaused),
      new Rule("a template of ours other than stable's is held", Promises::written),
      new Rule("a template of people is replaced only when refused, superseded or recorded as next",
          Promises::replaced),
      new Rule("a recorded next template is tried before it is forgotten", Promises::next),
      new Rule("what a person released is not stopped, unless it was refused", Promises::released),
      new Rule("a promotion that is complete is recorded before a newer template is tried", Promises::complete),
      new Rule("a trial begins beside stable alone", Promises::alone),
      new Rule("a candidate is condemned for what its own pods do, or for their loss", Promises::condemned),
      new Rule("I18 a template that may be needed stays kept", Promises::kept),
      new Rule("the canary is made under our finalizer, and the finalizer goes after it", Promises::guarded));

  private Promises() {}

  private static boolean promoted(World before, Move move) {
    return !move.byController() || !(move.after().state() instanceof Promoting promoting)
        || move.after().stored().record().veto(promoting.candidate().revision()).isEmpty();
  }

  private static boolean resumed(World before, Move move) {
    Action.Resume resume = move.applied(Action.Resume.class);
    if (resume == null || Objects.equals(before.cluster().deployed(), move.after().cluster().deployed())) {
      return true;
    }
    boolean stable = before.state() instanceof Adopted adopted
        && adopted.stable().revision().equals(resume.expected());
    return stable || before.stored().record().veto(resume.expected()).isEmpty();
  }

  private static boolean vetoEnds(World before, Move move) {
    return !move.byController() || before.stored().record().vetoes().stream()
        .filter(veto -> move.after().stored().record().veto(veto.revision()).isEmpty())
        .allMatch(veto -> closed(before, move, veto.revision()));
  }

  private static boolean closed(World before, Move move, Revision revision) {
    RolloutRecord after = move.after().stored().record();
    Deployed deployed = before.cluster().deployed();
    boolean retried = revision.value().equals(after.consumed().retry())
        && !revision.value().equals(before.stored().record().consumed().retry());
    // A person who resumed it, or one of whom the policy let an unpausing pass. What nothing holds, nobody released; and
    // what was looked at before the policy was lost may still be recorded after it.
    boolean persons = deployed != null && !deployed.roll().ours()
        && (deployed.roll().resumedByPerson() || before.cluster().shield() == Shield.POLICY || !move.fresh());
    boolean released = persons && after.state() instanceof RolloutState.Overridden followed
        && followed.candidate().revision().equals(revision);
    // Whoever has no stable revision to go back to takes what runs.
    boolean way = before.cluster().shield() != Shield.NONE || !move.fresh()
        || before.state() instanceof RolloutState.Adopting || before.state() instanceof RolloutState.Overridden;
    boolean runs = way && after.state() instanceof RolloutState.Idle idle && idle.stable().revision().equals(revision);
    return retried || released || runs;
  }

  private static boolean stable(World before, Move move) {
    if (!move.byController() || !(move.after().state() instanceof Adopted is)) {
      return true;
    }
    Revision revision = is.stable().revision();
    return switch (before.state()) {
      // A status that was wiped during a roll of ours: what the roll leaves is restored.
      case RolloutState.Adopting _ -> is instanceof RolloutState.Idle
          || (is instanceof RolloutState.Restoring && before.stored().guarded()
              && (!move.fresh() || left(before, revision)));
      case Adopted was when was.stable().revision().equals(revision) -> true;
      case Adopted _ -> is instanceof RolloutState.Idle && (!move.fresh() || runs(before, revision));
    };
  }

  /// Whether our roll is leaving this revision. Only the way back has a template that is kept: it is not turned round.
  private static boolean left(World world, Revision revision) {
    Deployed deployed = world.cluster().deployed();
    return deployed != null && world.cluster().kept().contains(revision)
        && !world.cluster().kept().contains(deployed.live());
  }

  private static boolean runs(World world, Revision revision) {
    Deployed deployed = world.cluster().deployed();
    return deployed != null && (deployed.desired() == 0
        ? deployed.live().equals(revision)
        : deployed.pods().only(revision) && deployed.ready() > 0);
  }

  private static boolean once(World before, Move move) {
    Action.Resume resume = move.applied(Action.Resume.class);
    Deployed was = before.cluster().deployed();
    return resume == null || was == null || was.equals(move.after().cluster().deployed())
        || was.roll().resumed() < resume.order();
  }

  private static boolean unpaused(World before, Move move) {
    Deployed was = before.cluster().deployed();
    Deployed is = move.after().cluster().deployed();
    if (!move.byController() || was == null || is == null || !was.roll().paused() || is.roll().paused()) {
      return true;
    }
    Action.Resume resume = move.applied(Action.Resume.class);
    return resume != null
        ? resume.expected().equals(was.live())
        : was.pods().only(was.live()) || was.desired() == 0;
  }

  private static boolean written(World before, Move move) {
    Action.RestoreTemplate restore = move.applied(Action.RestoreTemplate.class);
    Deployed was = before.cluster().deployed();
    Deployed is = move.after().cluster().deployed();
    if (restore == null || was == null || is == null || was.live().equals(is.live())) {
      return true;
    }
    boolean stable = before.state() instanceof Adopted adopted && adopted.stable().revision().equals(is.live());
    return stable || is.roll().paused();
  }

  private static boolean replaced(World before, Move move) {
    Deployed was = before.cluster().deployed();
    // A late one replaces the template that it was decided about, whatever became of the record.
    if (!move.fresh() || move.applied(Action.RestoreTemplate.class) == null || was == null
        || was.equals(move.after().cluster().deployed())) {
      return true;
    }
    RolloutRecord record = before.stored().record();
    boolean refused = record.veto(was.live()).isPresent() || before.stored().condemned();
    boolean stable = record.state() instanceof Adopted adopted && adopted.stable().revision().equals(was.live());
    boolean foreseen = record.state() instanceof Restoring restoring
        && (was.live().equals(restoring.next()) || was.live().equals(restoring.candidate().revision()));
    return refused || stable || foreseen;
  }

  private static boolean next(World before, Move move) {
    if (!move.fresh() || !(before.state() instanceof Restoring restoring) || restoring.next() == null
        || move.after().state().equals(before.state())) {
      return true;
    }
    Deployed deployed = before.cluster().deployed();
    return switch (move.after().state()) {
      case Restoring again -> again.next() != null;
      case RolloutState.Idle _ -> deployed != null && !deployed.live().equals(restoring.stable().revision());
      default -> true;
    };
  }

  private static boolean released(World before, Move move) {
    Deployed was = before.cluster().deployed();
    boolean stops = move.applied(Action.RestoreTemplate.class) != null || move.applied(Action.KeepPaused.class) != null;
    if (!move.fresh() || !stops || was == null || was.roll().paused() || was.roll().ours()
        || before.cluster().shield() != Shield.POLICY || !(before.state() instanceof Adopted adopted)) {
      return true;
    }
    boolean refused = before.stored().record().veto(was.live()).isPresent() || before.stored().condemned();
    return refused || was.live().equals(adopted.stable().revision());
  }

  private static boolean complete(World before, Move move) {
    Deployed was = before.cluster().deployed();
    if (!move.fresh() || was == null || !(before.state() instanceof Promoting promoting)
        || !(move.after().state() instanceof Restoring)) {
      return true;
    }
    boolean done = was.desired() > 0 && was.pods().only(promoting.candidate().revision())
        && was.roll().resumed() >= promoting.order() && was.ready() > 0;
    return !done || before.stored().condemned() || was.live().equals(promoting.stable().revision())
        || move.after().stored().record().veto(promoting.candidate().revision()).isPresent();
  }

  private static boolean alone(World before, Move move) {
    Deployed was = before.cluster().deployed();
    boolean begins = move.after().state() instanceof RolloutState.Starting
        || (move.after().state() instanceof RolloutState.Raising raising && raising.step() == 0);
    return !move.fresh() || was == null || !begins || before.state().equals(move.after().state())
        || before.cluster().orphan() != Orphan.NONE || was.running().isEmpty()
        || was.pods().only(((Adopted) move.after().state()).stable().revision());
  }

  private static boolean condemned(World before, Move move) {
    Deployed deployed = before.cluster().deployed();
    Carrier canary = before.cluster().canary();
    return !move.fresh() || move.applied(Action.Condemn.class) == null || canary == null || canary.crashing()
        || canary.ready() < canary.replicas() || (deployed != null && deployed.pods().overdue());
  }

  private static boolean kept(World before, Move move) {
    Action.DropTemplate drop = move.applied(Action.DropTemplate.class);
    RolloutRecord record = before.stored().record();
    return drop == null || (record.history().stream().noneMatch(past -> past.revision().equals(drop.revision()))
        && (!(record.state() instanceof Adopted adopted) || !adopted.stable().revision().equals(drop.revision()))
        && (!(record.state() instanceof Restoring restoring) || !drop.revision().equals(restoring.next())));
  }

  private static boolean guarded(World before, Move move) {
    boolean made = before.cluster().canary() == null && move.after().cluster().canary() != null;
    boolean unguarded = before.stored().guarded() && !move.after().stored().guarded();
    return (!made || move.who() == Who.LATE || before.stored().guarded())
        && (!unguarded || !move.byController() || move.after().cluster().canary() == null);
  }
}
