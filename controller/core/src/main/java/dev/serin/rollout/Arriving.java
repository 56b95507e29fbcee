package dev.serin.rollout;

import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.Workload.Fleet;
import dev.serin.rollout.Workload.Found;
import dev.serin.rollout.Workload.Protection;
import java.util.Optional;

/// What to do with a template other than stable's.
final class Arriving {

  private Arriving() {}

  /// A template that arrives while stable runs, alone or beside the canary of an earlier candidate.
  static Decision found(Scene scene, StableRevision stable) {
    Found workload = scene.workload();
    Candidate candidate = new Candidate(workload.live(), scene.now());
    Fleet fleet = workload.fleet();
    boolean everywhere = fleet.desired() > 0 && fleet.complete() && fleet.settledOn(candidate.revision());
    if (everywhere && !scene.refusedUnheld(candidate.revision())) {
      // The roll of a person that was over before we looked, or a template to which a newer API server adds defaults.
      return scene.withoutCanaryTraffic(scene.adopt(stable, candidate, Messages.alreadyRunning(candidate.revision())));
    }
    if (everywhere || !workload.hold().paused()) {
      return released(scene, stable, candidate);
    }
    if (begun(scene, candidate.revision())) {
      return stopped(scene, stable, candidate);
    }
    if (scene.comesBackAtOnce(candidate.revision())) {
      return scene.withoutCanaryTraffic(scene.promote(stable, candidate, Messages.knownGood(candidate, stable)));
    }
    return replaced(scene, stable).or(() -> partly(scene, stable, candidate))
        .orElseGet(() -> held(scene, stable, candidate));
  }

  /// A template that rolls although we did not resume it.
  static Decision released(Scene scene, StableRevision stable, Candidate candidate) {
    // Where nothing but our pausing holds templates, one that was pushed to an unpaused Deployment was released by nobody.
    if (scene.unheld()) {
      return new Decision.Apply(new Action.KeepPaused());
    }
    return scene.refusedUnheld(candidate.revision())
        ? scene.withoutCanaryTraffic(scene.restore(stable, candidate, null,
            Messages.rolledUnheld(candidate, stable, scene.atRest(stable.revision()))))
        : overridden(scene, stable, candidate);
  }

  /// Whether the Deployment is paused with pods of its own template beside others.
  static boolean begun(Scene scene, Revision revision) {
    // Pods of an orphaned canary count as the Deployment's until they end.
    return scene.workload().hold().paused() && scene.workload().fleet().running().contains(revision)
        && scene.seen().leftovers().stray() == null;
  }

  /// A roll that began without us and was stopped: whoever resumed and paused it goes on when they like. A refused
  /// revision must not run meanwhile, and where nothing but our pausing holds templates, it may be us who stopped it.
  static Decision stopped(Scene scene, StableRevision stable, Candidate candidate) {
    boolean back = scene.keepsPaused() || scene.record().veto(candidate.revision()).isPresent();
    return back
        ? scene.withoutCanaryTraffic(scene.restoreFirst(stable, candidate, candidate))
        : overridden(scene, stable, candidate);
  }

  /// Somebody released the template: Serin follows, and what it held against the revision is void.
  static Decision overridden(Scene scene, StableRevision stable, Candidate candidate) {
    Decision followed = scene.with(scene.record().without(candidate.revision())).record(
        new RolloutState.Overridden(stable, candidate),
        scene.workload().hold().protection() instanceof Protection.Unproven(var why)
            // Nobody released what nothing held.
            ? Messages.rollsUnheld(candidate, why)
            : Messages.overridden(candidate, scene.workload().hold().releasedBy()));
    // A canary of another revision is what they turn away from.
    return scene.canary() instanceof Canary.Present canary && canary.revision().equals(candidate.revision())
        ? followed
        : scene.withoutCanaryTraffic(followed);
  }

  /// What runs alone is neither recorded as stable nor wanted: somebody rolled it while nobody looked.
  private static Optional<Decision> replaced(Scene scene, StableRevision stable) {
    Fleet fleet = scene.workload().fleet();
    boolean other = fleet.running().size() == 1 && !fleet.running().contains(stable.revision())
        && fleet.settledOn(fleet.running().iterator().next())
        && !scene.refusedUnheld(fleet.running().iterator().next());
    return other ? Optional.of(RolloutMachine.adoptAnew(scene, Messages.stableReplaced(stable))) : Optional.empty();
  }

  /// What runs beside stable was stopped on its way: stable is made whole before anything is compared with it.
  private static Optional<Decision> partly(Scene scene, StableRevision stable, Candidate candidate) {
    return scene.besides(stable)
        .map(other -> scene
            .withoutCanaryTraffic(scene.restoreFirst(stable, new Candidate(other, scene.now()), candidate)));
  }

  private static Decision held(Scene scene, StableRevision stable, Candidate candidate) {
    Found workload = scene.workload();
    if (scene.canary() instanceof Canary.Present canary && !canary.revision().equals(candidate.revision())) {
      return Scene.remove(canary);
    }
    Optional<Veto> veto = scene.record().veto(candidate.revision());
    boolean retried = veto.isPresent() && scene.requests().retries(candidate.revision());
    if (veto.isPresent() && !retried) {
      return scene.record(new RolloutState.Vetoed(stable, candidate), Messages.vetoed(veto.get()));
    }
    if (workload.obstacle() != null) {
      return new Decision.Wait(Messages.obstacle(workload.obstacle()), RolloutMachine.RELOOK);
    }
    if (workload.hold().protection() instanceof Protection.Unproven(var why)) {
      return new Decision.Wait(Messages.holdNotGuaranteed(why), RolloutMachine.RELOOK);
    }
    Scene cleared = retried ? retrying(scene, candidate) : scene;
    if (workload.fleet().desired() == 0) {
      return cleared.promote(stable, candidate, Messages.nothingToCompare(candidate));
    }
    String refusal = scene.seen().wish().refusal();
    if (refusal != null) {
      return new Decision.Wait(Messages.weightNotReachable(refusal), RolloutMachine.RELOOK);
    }
    return cleared.record(new RolloutState.Starting(stable, candidate), arrival(scene, stable, candidate, retried));
  }

  private static Scene retrying(Scene scene, Candidate candidate) {
    RolloutRecord record = scene.record();
    return scene.with(record.without(candidate.revision())
        .consuming(new Requests(record.consumed().approve(), candidate.revision().value())));
  }

  private static Report arrival(Scene scene, StableRevision stable, Candidate candidate, boolean retried) {
    if (retried) {
      return Messages.retried(candidate);
    }
    return scene.record().state() instanceof RolloutState.Underway former
        && !(former instanceof RolloutState.Vetoed) && !former.candidate().revision().equals(candidate.revision())
            ? Messages.superseded(candidate, former.candidate())
            : Messages.candidateFound(candidate, stable);
  }
}
