package dev.serin.rollout;

import dev.serin.rollout.Workload.Found;
import java.time.Duration;
import java.time.Instant;

/// Decides what happens next to a Rollout.
///
/// Guarantees, for any order of crashes and looks:
/// 1. Exposure is raised only after the step was recorded, lowered before the new state is recorded.
/// 2. A vetoed revision is never raised or promoted.
/// 3. Only a recorded [Ruling.Advance] of the very step leaves it upwards.
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
    return switch (seen.workload()) {
      case Workload.Missing(var name) -> new Decision.Wait(Messages.workloadNotFound(name), RELOOK);
      case Workload.Taken(var name, var owner) -> new Decision.Wait(Messages.targetConflict(name, owner), RELOOK);
      case Found found when !found.labelled() -> new Decision.Apply(new Action.LabelWorkload());
      case Found found -> onState(new Scene(record, found, seen, now));
    };
  }

  private static Decision onState(Scene scene) {
    return switch (scene.record().state()) {
      case RolloutState.Adopting() -> adopting(scene);
      case RolloutState.Idle idle -> idle(scene, idle);
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
    boolean heldWithCandidate = workload.hold().paused() && workload.fleet().running().size() == 1;
    Revision stable = heldWithCandidate ? workload.fleet().running().iterator().next() : workload.live();
    boolean whole = workload.fleet().settledOn(stable) && (heldWithCandidate || workload.fleet().complete());
    if (!whole) {
      return new Decision.Wait(Messages.waitingForStable(workload.fleet()), SOON);
    }
    if (!workload.kept().contains(stable)) {
      return new Decision.Apply(new Action.KeepTemplate(stable));
    }
    return scene.record(new RolloutState.Idle(new StableRevision(stable, scene.now())), Messages.stable(stable));
  }

  private static Decision idle(Scene scene, RolloutState.Idle idle) {
    StableRevision stable = idle.stable();
    if (!scene.workload().live().equals(stable.revision())) {
      return candidateFound(scene, stable);
    }
    if (scene.canary() instanceof Canary.Present canary) {
      return scene.remove(canary);
    }
    if (!scene.workload().kept().contains(stable.revision())) {
      return new Decision.Apply(new Action.KeepTemplate(stable.revision()));
    }
    return new Decision.Wait(Messages.stable(stable.revision()), IDLE);
  }

  /// A template other than stable's, while nothing is under way.
  static Decision candidateFound(Scene scene, StableRevision stable) {
    Found workload = scene.workload();
    Candidate candidate = new Candidate(workload.live(), scene.now());
    if (!workload.hold().paused()) {
      return scene.record(new RolloutState.Overridden(stable, candidate), Messages.overridden(candidate));
    }
    if (scene.canary() instanceof Canary.Present canary && !canary.revision().equals(candidate.revision())) {
      return scene.remove(canary);
    }
    var veto = scene.record().veto(candidate.revision());
    if (veto.isPresent()) {
      return scene.record(new RolloutState.Vetoed(stable, candidate), Messages.vetoed(veto.get()));
    }
    if (workload.unsafeStrategy() != null) {
      return new Decision.Wait(Report.stalled(Reason.UnsafeStrategy, workload.unsafeStrategy()), RELOOK);
    }
    if (workload.fleet().desired() == 0) {
      return scene.promote(stable, candidate, Messages.nothingToCompare(candidate));
    }
    String refusal = scene.seen().wish().refusal();
    if (refusal != null) {
      return new Decision.Wait(Report.stalled(Reason.WeightNotReachable, refusal), RELOOK);
    }
    return scene.record(new RolloutState.Starting(stable, candidate), Messages.candidateFound(candidate, stable));
  }

  private static Decision vetoed(Scene scene, RolloutState.Vetoed vetoed) {
    Revision live = scene.workload().live();
    if (live.equals(vetoed.stable().revision())) {
      return scene.restore(vetoed.stable(), vetoed.candidate(), Messages.returnedToStable(vetoed.stable().revision()));
    }
    var veto = scene.record().veto(live);
    boolean held = live.equals(vetoed.candidate().revision()) && scene.workload().hold().paused();
    if (!held || veto.isEmpty()) {
      return candidateFound(scene.forgetting(live, !scene.workload().hold().paused()), vetoed.stable());
    }
    if (scene.canary() instanceof Canary.Present canary) {
      return scene.remove(canary, Messages.vetoed(veto.get()));
    }
    return new Decision.Wait(Messages.vetoed(veto.get()), IDLE);
  }
}
