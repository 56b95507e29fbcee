package dev.serin.rollout;

import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.Workload.Found;
import dev.serin.rollout.Workload.Protection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one decision is made from, and the moves that several states share.
record Scene(RolloutRecord record, Found workload, Observation seen, Instant now) {

  Canary canary() {
    return seen.canary();
  }

  /// What people ask for and was not acted on yet.
  Requests requests() {
    return seen.requests().beyond(record.consumed());
  }

  Decision record(RolloutState next, Report report) {
    return new Decision.Transition(record.then(workload.uid(), next), report);
  }

  /// The number of the next resume: above every one that the Deployment has seen, also under an earlier Rollout.
  private long order() {
    return Math.max(record.sequence(), workload.hold().resumed()) + 1;
  }

  /// Whether the Deployment is to stay paused whenever Serin does not roll it.
  boolean keepsPaused() {
    return workload.hold().protection() instanceof Protection.KeptPaused;
  }

  /// What is said of a stable revision that is fully rolled out: the next template change is held, or is not yet.
  ///
  /// @param before
  ///          the reason of what was done until now
  Report atRest(Revision stable, Reason before) {
    if (workload.hold().protection() instanceof Protection.Unproven(var why)) {
      return Messages.holdNotGuaranteed(why);
    }
    // Whoever waits for Ready pushes at once: it must be held then.
    return keepsPaused() && !(workload.hold().paused() && workload.hold().keptPaused())
        ? Messages.pausing(before, stable)
        : Messages.stable(stable);
  }

  /// Record that the candidate is to become stable.
  Decision promote(StableRevision stable, Candidate candidate, Report report) {
    return record(new RolloutState.Promoting(stable, candidate, now, order()), report);
  }

  /// Record that the Deployment is to go back to stable.
  ///
  /// @param next
  ///          what is tried after that
  Decision restore(StableRevision stable, Candidate candidate, @Nullable Revision next, Report report) {
    return record(new RolloutState.Restoring(stable, candidate, now, order(), next), report);
  }

  /// The same scene with another record.
  Scene with(RolloutRecord changed) {
    return new Scene(changed, workload, seen, now);
  }

  /// The same scene with one more veto.
  Scene vetoing(Candidate candidate, Reason reason, String message) {
    return with(record.with(new Veto(candidate.revision(), reason, message, now)));
  }

  /// Record `candidate` as stable.
  Decision adopt(StableRevision former, Candidate candidate, Report report) {
    if (!workload.kept().contains(candidate.revision())) {
      return new Decision.Apply(new Action.KeepTemplate(candidate.revision()));
    }
    var stable = new StableRevision(candidate.revision(), now);
    return with(record.succeeding(former).without(candidate.revision())).record(new RolloutState.Idle(stable), report);
  }

  /// Remove the canary: no pods asked for, no pods left, then no Deployment.
  ///
  /// @param meanwhile
  ///          what people are told while its pods end
  static Decision remove(Canary.Present canary, Report meanwhile) {
    if (canary.serving()) {
      return new Decision.Apply(new Action.ScaleCanary(canary.replicas(), 0));
    }
    return canary.terminating() || canary.pods() > 0
        ? new Decision.Wait(meanwhile, RolloutMachine.SOON)
        : new Decision.Apply(new Action.DeleteCanary());
  }

  static Decision remove(Canary.Present canary) {
    return remove(canary, Messages.removingCanary(canary.pods()));
  }

  /// Take the canary's traffic away first, then do `then`.
  Decision withoutCanaryTraffic(Decision then) {
    return canary() instanceof Canary.Present present && present.serving()
        ? new Decision.Apply(new Action.ScaleCanary(present.replicas(), 0))
        : then;
  }
}
