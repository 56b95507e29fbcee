package dev.serin.rollout;

import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.RolloutRecord.Veto;
import dev.serin.rollout.Workload.Found;
import dev.serin.rollout.Workload.Protection;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
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

  /// Whether this revision is promoted without a canary: it was stable before, no veto speaks against it, and its roll would
  /// not take all stable pods away at once.
  boolean comesBackAtOnce(Revision revision) {
    boolean unsafe = workload.obstacle() != null && workload.obstacle().reason() == Reason.UnsafeStrategy;
    return record.trusts(revision) && !unsafe;
  }

  /// What is said of a stable revision that is fully rolled out: the next template change is held, or is not.
  Report atRest(Revision stable) {
    return workload.hold().protection() instanceof Protection.Unproven(var why)
        ? Messages.holdNotGuaranteed(why)
        : Messages.stable(stable);
  }

  /// Whether it is to stay paused, is not, and nobody but us can have resumed it: our mark is gone with our resume.
  boolean unheld() {
    return keepsPaused() && !workload.hold().paused() && !workload.hold().keptPaused();
  }

  /// Whether this revision is refused and may run only because nothing holds templates: then nobody closed its veto.
  boolean refusedUnheld(Revision revision) {
    return workload.hold().protection() instanceof Protection.Unproven && record.veto(revision).isPresent();
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

  /// Keep the template of `third` and record that stable is restored before it is tried.
  ///
  /// @param former
  ///          whose pods run beside stable's
  Decision restoreFirst(StableRevision stable, Candidate former, Candidate third) {
    return workload.kept().contains(third.revision())
        ? restore(stable, former, third.revision(),
            third.equals(former) ? Messages.stoppedMidway(third) : Messages.templateChanged(third, former))
        : new Decision.Apply(new Action.KeepTemplate(third.revision()));
  }

  /// A revision other than stable's that has pods of the Deployment.
  Optional<Revision> besides(StableRevision stable) {
    if (seen.leftovers().stray() != null) {
      // Pods of an orphaned canary count as the Deployment's until they end.
      return Optional.empty();
    }
    return workload.fleet().running().stream().filter(revision -> !revision.equals(stable.revision()))
        .min(Comparator.comparing(Revision::value));
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
    return with(record.succeeding(former).without(candidate.revision())).rest(stable, report);
  }

  /// Record that nothing is under way.
  ///
  /// Where nothing but our pausing holds templates, it comes first: whatever is unpaused from then on was released by
  /// somebody.
  Decision rest(StableRevision stable, Report report) {
    return keepsPaused() && !(workload.hold().paused() && workload.hold().keptPaused())
        ? new Decision.Apply(new Action.KeepPaused())
        : record(new RolloutState.Idle(stable), report);
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

  /// Remove the canary first, then do `then`.
  ///
  /// A raise that was decided earlier may still arrive where no pods are asked for: only a canary that is gone refuses it.
  Decision withoutCanary(Report meanwhile, Decision then) {
    return canary() instanceof Canary.Present present ? remove(present, meanwhile) : then;
  }

  /// Take the canary's traffic away first, then do `then`.
  Decision withoutCanaryTraffic(Decision then) {
    return canary() instanceof Canary.Present present && present.serving()
        ? new Decision.Apply(new Action.ScaleCanary(present.replicas(), 0))
        : then;
  }
}
