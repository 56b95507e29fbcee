package dev.serin.rollout.model;

import dev.serin.rollout.Revision;
import dev.serin.rollout.Workload.Fleet;
import dev.serin.rollout.Workload.Found;
import dev.serin.rollout.Workload.Hold;
import dev.serin.rollout.Workload.Protection;
import java.time.Duration;
import java.util.Set;

/// The user's Deployment.
///
/// @param labelled
///          whether it carries our label
/// @param live
///          revision of its template
/// @param roll
///          whether it is paused, and who resumed it
/// @param desired
///          replicas asked for
/// @param pods
///          what runs
record Deployed(boolean labelled, Revision live, Switch roll, int desired, Pods pods) {

  static final String UID = "this";
  static final Duration DEADLINE = Duration.ofMinutes(10);

  /// @param paused
  ///          whether it is paused
  /// @param keptPaused
  ///          whether it carries the mark of one that we keep paused
  /// @param by
  ///          who paused or resumed it
  /// @param resumed
  ///          number of our last resume
  record Switch(boolean paused, boolean keptPaused, Hand by, long resumed) {

    /// Unpaused from the beginning.
    static Switch untouched(long resumed) {
      return new Switch(false, false, Hand.NOBODY, resumed);
    }

    /// Paused by a policy or by us.
    Switch held() {
      return paused ? this : new Switch(true, keptPaused, Hand.NOBODY, resumed);
    }

    /// Unpaused although nobody resumed it, or by a mere end of our keeping it paused.
    Switch loose() {
      return !paused && by == Hand.PERSON ? this : new Switch(false, keptPaused, Hand.NOBODY, resumed);
    }

    Switch toggled() {
      return new Switch(!paused, keptPaused, Hand.PERSON, resumed);
    }

    Switch marked(boolean mark) {
      return new Switch(paused, mark, by, resumed);
    }

    Switch resume(long order) {
      return new Switch(false, false, Hand.OURS, order);
    }

    Switch numbered(long number) {
      return new Switch(paused, keptPaused, by, number);
    }

    /// Whether it is unpaused because we resumed it.
    boolean ours() {
      return by == Hand.OURS;
    }

    /// Whether a person paused it.
    boolean pausedByPerson() {
      return paused && by == Hand.PERSON;
    }

    /// Whether a person resumed it.
    boolean resumedByPerson() {
      return !paused && by == Hand.PERSON;
    }
  }

  /// Whose doing it is that a Deployment is paused, or is not.
  enum Hand {
    /// A policy's, a manifest's, or ours by the way.
    NOBODY,
    /// Our order to resume it.
    OURS,
    /// `kubectl rollout pause` or `resume`.
    PERSON
  }

  /// How many pods are ready.
  enum Health {
    /// None.
    NONE,
    /// All, but only one for long enough.
    READY,
    /// All, and for long enough.
    SETTLED
  }

  /// @param running
  ///          revisions that have pods, or had them before it was scaled to zero
  /// @param health
  ///          of all of them
  /// @param overdue
  ///          whether Kubernetes reports ProgressDeadlineExceeded
  record Pods(Set<Revision> running, Health health, boolean overdue) {

    boolean only(Revision revision) {
      return running.equals(Set.of(revision));
    }
  }

  boolean rolls() {
    return !roll.paused() && !pods.only(live);
  }

  /// Revisions that have pods.
  Set<Revision> running() {
    return desired == 0 ? Set.of() : pods.running();
  }

  int ready() {
    return pods.health() == Health.NONE ? 0 : desired;
  }

  int settled() {
    return switch (pods.health()) {
      case NONE -> 0;
      case READY -> Math.min(1, desired);
      case SETTLED -> desired;
    };
  }

  boolean complete() {
    return progress() == Fleet.Roll.COMPLETE;
  }

  private Fleet.Roll progress() {
    if (desired > 0 && !pods.only(live)) {
      return Fleet.Roll.UNDER_WAY;
    }
    return desired == 0 || pods.health() != Health.NONE ? Fleet.Roll.COMPLETE : Fleet.Roll.PLACED;
  }

  Found found(Set<Revision> kept, Protection protection) {
    return new Found(UID, labelled, live,
        new Hold(roll.paused(), roll.pausedByPerson(), roll.resumed(), roll.keptPaused(), null, protection),
        new Fleet(desired, ready(), settled(), settled(), running(), progress(), pods.overdue(), DEADLINE), kept, null);
  }

  /// Its template becomes `revision`; what holds it is the caller's to say.
  Deployed template(Revision revision, boolean held) {
    if (revision.equals(live)) {
      return this;
    }
    return new Deployed(labelled, revision, held ? roll.held() : roll, desired,
        new Pods(pods.running(), pods.health(), false));
  }

  Deployed label(boolean label) {
    return new Deployed(label, live, roll, desired, pods);
  }

  Deployed roll(Switch changed) {
    return new Deployed(labelled, live, changed, desired, new Pods(pods.running(), pods.health(), false));
  }

  /// The same Deployment with its last resume known by another number.
  Deployed numbered(long number) {
    return new Deployed(labelled, live, roll.numbered(number), desired, pods);
  }

  Deployed scaled(int replicas) {
    Health health = replicas <= desired ? pods.health() : desired == 0 ? Health.NONE : Health.READY;
    return new Deployed(labelled, live, roll, replicas, new Pods(pods.running(), health, pods.overdue()));
  }

  Deployed pods(Pods changed) {
    return new Deployed(labelled, live, roll, desired, changed);
  }
}
