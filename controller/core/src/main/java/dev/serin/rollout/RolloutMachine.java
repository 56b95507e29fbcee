package dev.serin.rollout;

import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Workload.Found;
import dev.serin.rollout.Workload.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides what happens next to a Rollout.
///
/// Guarantees, for any order of crashes and looks:
/// 1. Exposure is raised only after the step was recorded, lowered before the new state is recorded.
/// 2. A vetoed revision is never raised or promoted; only a person closes a veto.
/// 3. Only a recorded [Attempt.Advance] of the very step leaves it upwards.
/// 4. The same record and observation give the same decision; nothing seen changed, nothing is written.
public final class RolloutMachine {

  static final Duration SOON = Duration.ofSeconds(5);
  static final Duration RELOOK = Duration.ofSeconds(15);
  static final Duration IDLE = Duration.ofMinutes(10);

  private RolloutMachine() {}

  /// The next decision.
  ///
  /// @param record
  ///          what is recorded in the Rollout's status
  /// @param seen
  ///          what was read live
  /// @param now
  ///          the present
  public static Decision next(RolloutRecord record, Observation seen, Instant now) {
    Optional<Decision> swept = Tidying.stray(seen);
    if (swept.isPresent()) {
      return swept.get();
    }
    if (seen.leaving()) {
      return Leaving.next(record, seen, now);
    }
    return Tidying.after(record, seen, switch (seen.workload()) {
      case Workload.Missing(var name) -> withoutWorkload(seen, Messages.workloadNotFound(name));
      case Workload.Taken(var name, var owner) -> withoutWorkload(seen, Messages.targetConflict(name, owner));
      case Found found -> found(new Scene(record, found, seen, now));
    });
  }

  /// A canary without its stable pods would serve alone.
  private static Decision withoutWorkload(Observation seen, Report report) {
    return seen.canary() instanceof Canary.Present canary
        ? Scene.remove(canary, report)
        : new Decision.Wait(report, RELOOK);
  }

  private static Decision found(Scene scene) {
    if (!scene.workload().labelled()) {
      // First of all: from then on what is pushed is held.
      return new Decision.Apply(new Action.LabelWorkload());
    }
    String known = scene.record().workloadUid();
    return known.isEmpty() || known.equals(scene.workload().uid())
        ? onState(scene)
        : adoptAnew(scene, Messages.workloadReplaced());
  }

  private static Decision onState(Scene scene) {
    return switch (scene.record().state()) {
      case RolloutState.Adopting() -> adopting(scene);
      case RolloutState.Idle idle -> idle(scene, idle.stable());
      case RolloutState.Starting starting -> UnderTrial.starting(scene, starting);
      case RolloutState.Raising raising -> UnderTrial.raising(scene, raising);
      case RolloutState.Stepping stepping -> UnderTrial.stepping(scene, stepping);
      case RolloutState.Promoting promoting -> Rolling.promoting(scene, promoting);
      case RolloutState.Restoring restoring -> Rolling.restoring(scene, restoring);
      case RolloutState.Overridden overridden -> Rolling.overridden(scene, overridden);
      case RolloutState.Vetoed vetoed -> vetoed(scene, vetoed);
    };
  }

  private static Decision adopting(Scene scene) {
    Found workload = scene.workload();
    Optional<Revision> before = leftByOurRoll(scene);
    if (before.isPresent()) {
      var stable = new StableRevision(before.get(), scene.now());
      return scene.withoutCanaryTraffic(scene.restore(stable, new Candidate(workload.live(), scene.now()), null,
          Messages.statusTampered(stable.revision(), workload.live())));
    }
    if (scene.canary() instanceof Canary.Present canary) {
      return Scene.remove(canary);
    }
    boolean heldWithCandidate = workload.hold().paused() && workload.fleet().running().size() == 1;
    Revision stable = heldWithCandidate ? workload.fleet().running().iterator().next() : workload.live();
    boolean whole = workload.fleet().settledOn(stable) && (heldWithCandidate || workload.fleet().complete());
    if (!whole) {
      return new Decision.Wait(notWhole(workload), SOON);
    }
    if (!workload.kept().contains(stable)) {
      return new Decision.Apply(new Action.KeepTemplate(stable));
    }
    // What runs everywhere is what people want to run, whatever was said against it before.
    return scene.with(scene.record().without(stable)).rest(new StableRevision(stable, scene.now()),
        scene.atRest(stable));
  }

  /// What runs is not whole, so nothing is stable yet. A template that is held meanwhile is not rolled by us, however broken
  /// the one that runs looks at this moment: what was said against it may be forgotten.
  private static Report notWhole(Found workload) {
    if (!workload.hold().paused()) {
      return Messages.waitingForStable(workload.fleet());
    }
    return workload.fleet().running().size() == 1
        ? Messages.heldBesideUnready(workload.fleet())
        : Messages.pausedMidway(workload.fleet(), workload.hold().pausedByPerson());
  }

  /// The kept revision that a roll of ours is leaving, where nothing is recorded about that roll: somebody wiped the
  /// status, and nobody judges what comes. A roll that a person released is that person's.
  private static Optional<Revision> leftByOurRoll(Scene scene) {
    Found workload = scene.workload();
    // Our finalizer is there from a trial's begin to its end; an order may also be left from an earlier Rollout.
    boolean ours = scene.seen().tenure().guarded() && workload.hold().resumed() > scene.record().sequence()
        && workload.hold().releasedBy() == null
        // A kept template that rolls is one that we write back: a way back is not turned round.
        && !workload.kept().contains(workload.live());
    List<Revision> left = workload.fleet().running().stream().filter(workload.kept()::contains)
        .filter(revision -> !revision.equals(workload.live())).toList();
    return ours && workload.fleet().running().size() > 1 && left.size() == 1
        ? Optional.of(left.getFirst())
        : Optional.empty();
  }

  /// Forget which revision is stable, and find out from what runs.
  static Decision adoptAnew(Scene scene, Report report) {
    RolloutRecord record = scene.record().state() instanceof RolloutState.Adopted adopted
        ? scene.record().succeeding(adopted.stable())
        : scene.record();
    return scene.withoutCanary(report, scene.with(record).record(new RolloutState.Adopting(), report));
  }

  private static Decision idle(Scene scene, StableRevision stable) {
    Found workload = scene.workload();
    if (!workload.live().equals(stable.revision())) {
      return Arriving.found(scene, stable);
    }
    if (scene.canary() instanceof Canary.Present canary) {
      return Scene.remove(canary);
    }
    if (!workload.kept().contains(stable.revision())) {
      return new Decision.Apply(new Action.KeepTemplate(stable.revision()));
    }
    Optional<Revision> other = scene.besides(stable);
    if (other.isPresent() && workload.hold().paused()) {
      return scene.restore(stable, new Candidate(other.get(), scene.now()), null, Messages.partlyStable(stable));
    }
    if (scene.keepsPaused() && !(workload.hold().paused() && workload.hold().keptPaused())) {
      return new Decision.Apply(new Action.KeepPaused());
    }
    if (!scene.keepsPaused() && workload.hold().keptPaused()) {
      return new Decision.Apply(new Action.EndKeepingPaused());
    }
    if (workload.obstacle() != null) {
      return new Decision.Wait(Messages.obstacle(workload.obstacle()), RELOOK);
    }
    boolean guaranteed = !(workload.hold().protection() instanceof Protection.Unproven);
    return new Decision.Wait(scene.atRest(stable.revision()), guaranteed ? IDLE : RELOOK);
  }

  private static Decision vetoed(Scene scene, RolloutState.Vetoed vetoed) {
    Revision live = scene.workload().live();
    if (live.equals(vetoed.stable().revision())) {
      return scene.restore(vetoed.stable(), vetoed.candidate(), null,
          Messages.returnedToStable(vetoed.stable().revision()));
    }
    var veto = scene.record().veto(live);
    boolean held = live.equals(vetoed.candidate().revision()) && scene.workload().hold().paused()
        && !Arriving.begun(scene, live);
    if (!held || veto.isEmpty() || scene.requests().retries(live)) {
      return Arriving.found(scene, vetoed.stable());
    }
    if (scene.canary() instanceof Canary.Present canary) {
      return Scene.remove(canary, Messages.vetoed(veto.get()));
    }
    return scene.workload().hold().protection() instanceof Protection.Unproven(var why)
        ? new Decision.Wait(Messages.holdNotGuaranteed(why), RELOOK)
        : new Decision.Wait(Messages.vetoed(veto.get()), IDLE);
  }
}
