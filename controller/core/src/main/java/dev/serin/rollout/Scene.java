package dev.serin.rollout;

import dev.serin.rollout.Workload.Found;
import java.time.Instant;

/// What one decision is made from, and the moves that several states share.
record Scene(RolloutRecord record, Found workload, Observation seen, Instant now) {

  Canary canary() {
    return seen.canary();
  }

  Decision record(RolloutState next, Report report) {
    return new Decision.Transition(record.then(next), report);
  }

  /// The number of the next resume: above every one that the Deployment has seen, also under an earlier Rollout.
  private long order() {
    return Math.max(record.sequence(), workload.hold().resumed()) + 1;
  }

  /// Record that the candidate is to become stable.
  Decision promote(StableRevision stable, Candidate candidate, Report report) {
    return record(new RolloutState.Promoting(stable, candidate, now, order()), report);
  }

  /// Record that the Deployment is to go back to stable.
  Decision restore(StableRevision stable, Candidate candidate, Report report) {
    return record(new RolloutState.Restoring(stable, candidate, now, order()), report);
  }

  /// The same scene with one more veto.
  Scene vetoing(Candidate candidate, Reason reason, String message) {
    return new Scene(record.with(new Veto(candidate.revision(), reason, message, now)), workload, seen, now);
  }

  /// The same scene, without the veto against `revision` if a person overrode it.
  Scene forgetting(Revision revision, boolean overridden) {
    return overridden ? new Scene(record.without(revision), workload, seen, now) : this;
  }

  /// Record `candidate` as stable.
  Decision adopt(StableRevision former, Candidate candidate, Report report) {
    if (!workload.kept().contains(candidate.revision())) {
      return new Decision.Apply(new Action.KeepTemplate(candidate.revision()));
    }
    var stable = new StableRevision(candidate.revision(), now);
    return new Scene(record.succeeding(former).without(candidate.revision()), workload, seen, now)
        .record(new RolloutState.Idle(stable), report);
  }

  /// Remove the canary: no pods asked for, no pods left, then no Deployment.
  ///
  /// @param meanwhile
  ///          what people are told while its pods end
  Decision remove(Canary.Present canary, Report meanwhile) {
    if (!canary.terminating() && canary.replicas() > 0) {
      return new Decision.Apply(new Action.ScaleCanary(canary.replicas(), 0));
    }
    return canary.terminating() || canary.pods() > 0
        ? new Decision.Wait(meanwhile, RolloutMachine.SOON)
        : new Decision.Apply(new Action.DeleteCanary());
  }

  Decision remove(Canary.Present canary) {
    return remove(canary, Messages.removingCanary(canary.pods()));
  }

  /// Take the canary's traffic away first, then do `then`.
  Decision withoutCanaryTraffic(Decision then) {
    return canary() instanceof Canary.Present canary && !canary.terminating() && canary.replicas() > 0
        ? new Decision.Apply(new Action.ScaleCanary(canary.replicas(), 0))
        : then;
  }
}
