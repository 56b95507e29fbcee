package dev.serin.rollout;

import dev.serin.plan.PlannedStep;
import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.RolloutRecord.Veto;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sentences of the machine: what happened, with numbers, and what happens next.
final class Messages {

  private Messages() {}

  static Report workloadNotFound(String name) {
    return Report.stalled(Reason.WorkloadNotFound, "Deployment " + name
        + " does not exist in this namespace: create it or correct spec.workloadRef. Serin looks again every 15 s.");
  }

  static Report targetConflict(String name, String owner) {
    return Report.stalled(Reason.TargetConflict, "Deployment " + name + " already belongs to Rollout " + owner
        + ", which is older: delete one of the two Rollouts.");
  }

  static Report nameConflict(String name) {
    return Report.stalled(Reason.NameConflict,
        "Deployment " + name + " exists and was not made by Serin: rename it, the canary needs this name.");
  }

  static Report waitingForStable(Workload.Fleet fleet) {
    return Report.reconciling(Reason.WaitingForStable, "The Deployment rolls by itself: " + fleet.ready() + " of "
        + fleet.desired() + " pods are ready. Serin begins when it is complete.");
  }

  static Report heldBesideUnready(Workload.Fleet fleet) {
    return Report.reconciling(Reason.WaitingForStable, "The Deployment is paused while "
        + fleet.ready() + " of " + fleet.desired()
        + " pods of the revision that runs are ready. Serin begins when all are; "
        + "to roll what is held at once, run kubectl rollout resume.");
  }

  static Report pausedMidway(Workload.Fleet fleet, boolean byPerson) {
    return new Report(byPerson ? Report.Kind.RECONCILING : Report.Kind.STALLED,
        byPerson ? Reason.PausedByPerson : Reason.WaitingForStable, "The Deployment is paused while its pods run "
            + fleet.running().size()
            + " revisions, so none of them is stable: run kubectl rollout resume. Serin begins "
            + "when one revision runs on all pods.");
  }

  static Report stable(Revision stable) {
    return Report.ready(Reason.Stable, "Revision " + stable + " is stable; the next template change is held.");
  }

  static Report candidateFound(Candidate candidate, StableRevision stable) {
    return Report.reconciling(Reason.CandidateFound, "Revision " + candidate.revision() + " is held; Serin reads the "
        + "recent logs of stable " + stable.revision() + " and prepares the canary.");
  }

  static Report vetoed(Veto veto) {
    return Report.stalled(veto.reason(), veto.message());
  }

  static Report nothingToCompare(Candidate candidate) {
    return Report.reconciling(Reason.NothingToCompare,
        "The Deployment has 0 pods, so there is nothing to compare: revision " + candidate.revision()
            + " is promoted.");
  }

  static Report scaledToZero() {
    return Report.reconciling(Reason.NothingToCompare,
        "The Deployment is scaled to 0 pods: the canary has none either, and judging goes on when there are pods again.");
  }

  static Report noStablePod(Workload.Fleet fleet) {
    return Report.reconciling(Reason.WaitingForStable, "None of the " + fleet.desired()
        + " stable pods is ready, so there is nothing to compare with: the canary starts when one is.");
  }

  static Report overridden(Candidate candidate, @Nullable String by) {
    return Report.reconciling(Reason.Overridden, "The Deployment was resumed by " + (by == null ? "somebody else" : by)
        + ": Kubernetes rolls " + candidate.revision() + " out, Serin does not judge it.");
  }

  static Report knownGood(Candidate candidate, StableRevision stable) {
    return Report.reconciling(Reason.KnownGood, "Revision " + candidate.revision() + " was stable before: it replaces "
        + stable.revision() + " at once, without a canary.");
  }

  static Report alreadyRunning(Revision revision) {
    return Report.ready(Reason.AlreadyRunning,
        "Revision " + revision + " runs on all pods already: it is stable; the next template change is held.");
  }

  static Report superseding(Revision live, Candidate former) {
    return Report.reconciling(Reason.RemovingCanary, "Revision " + live + " was pushed: the canary of "
        + former.revision() + " is removed first.");
  }

  static Report superseded(Candidate candidate, Candidate former) {
    return Report.reconciling(Reason.Superseded, "Revision " + candidate.revision() + " supersedes " + former.revision()
        + ", whose canary is gone; its own trial begins at the first step.");
  }

  static Report retried(Candidate candidate) {
    return Report.reconciling(Reason.Retried, "The veto of revision " + candidate.revision()
        + " was closed by serin.dev/retry: it is tried again from the first step.");
  }

  static Report obstacle(Workload.Obstacle obstacle) {
    return Report.stalled(obstacle.reason(), obstacle.change());
  }

  static Report weightNotReachable(String change) {
    return Report.stalled(Reason.WeightNotReachable, change);
  }

  static Report holdNotGuaranteed(String why) {
    return Report.stalled(Reason.HoldNotGuaranteed, why);
  }

  static Report rollsUnheld(Candidate candidate, String why) {
    return Report.stalled(Reason.HoldNotGuaranteed,
        why + " Revision " + candidate.revision() + " rolls because of that, and nobody judges it.");
  }

  /// @param unheld
  ///          what is said while nothing holds templates
  static Report rolledUnheld(Candidate candidate, StableRevision stable, Report unheld) {
    return Report.stalled(Reason.HoldNotGuaranteed, unheld.message() + " Revision " + candidate.revision()
        + ", which is vetoed, rolled because of that: stable " + stable.revision() + " is restored.");
  }

  static Report workloadReplaced() {
    return Report.reconciling(Reason.WorkloadReplaced,
        "The Deployment was deleted and created again: what runs when it is complete becomes stable.");
  }

  static Report stableReplaced(StableRevision stable) {
    return Report.reconciling(Reason.StableReplaced, "The pods do not run stable " + stable.revision()
        + " any more: what they run becomes stable.");
  }

  static Report statusTampered(Revision stable, Revision live) {
    return Report.reconciling(Reason.StatusTampered, "The Rollout's status was wiped while revision " + live
        + " rolled, so nobody judges it: stable " + stable + " is restored. Push the version again to have it tried.");
  }

  static Report leaving(int pods) {
    return Report.reconciling(Reason.Leaving, "The Rollout is being deleted: the canary is withdrawn, " + pods
        + " of its pods are left.");
  }

  static Report leavingAfterRoll(Revision live, Workload.Fleet fleet) {
    return Report.reconciling(Reason.Leaving, "The Rollout is being deleted: Kubernetes finishes rolling " + live + ", "
        + fleet.ready() + " of " + fleet.desired() + " pods are ready.");
  }

  static String staleApproval(Requests asked) {
    return "serin.dev/approve=" + asked.approve()
        + " approves no step that is under way or to come, so it was ignored: "
        + "write <revision>/<step> as status.message asks for it.";
  }

  static String staleRetry(Requests asked) {
    return "serin.dev/retry=" + asked.retry()
        + " names no vetoed revision, so it was ignored: status.vetoes lists them.";
  }

  static Report returnedToStable(Revision stable) {
    return Report.reconciling(Reason.ReturnedToStable,
        "The template is that of stable " + stable + " again: the trial ends without a verdict.");
  }

  static Report partlyStable(StableRevision stable) {
    return Report.reconciling(Reason.Restoring, "The Deployment is paused with the template of stable "
        + stable.revision() + " while other revisions have pods: it is resumed.");
  }

  static Report removingCanary(int pods) {
    return Report.reconciling(Reason.RemovingCanary, "The canary gets no more traffic; " + pods + " pods are ending.");
  }

  static Report raising(int step, List<PlannedStep> steps) {
    return Report.reconciling(Reason.CanaryStarting,
        "Step " + ordinal(step, steps) + " at " + steps.get(step).weight() + ": canary pods are getting ready.");
  }

  static Report canaryStarting(Canary.Present canary, Instant deadline) {
    return Report.reconciling(Reason.CanaryStarting, canary.ready() + " of " + canary.replicas()
        + " canary pods are ready" + inBrackets(canary) + "; rolled back if they are not by " + deadline + ".");
  }

  static Report canaryNotWhole(Canary.Present canary, String passed) {
    return Report.reconciling(Reason.CanaryStarting, passed + " Only " + canary.ready() + " of " + canary.replicas()
        + " canary pods are ready" + inBrackets(canary) + ": the step is left when all are.");
  }

  private static String inBrackets(Canary.Present canary) {
    return canary.unready() == null ? "" : " (" + canary.unready().because() + ")";
  }

  static String notReady(Canary.Present canary, Duration deadline) {
    String why = canary.unready() == null ? "no pod was created" : canary.unready().because();
    return "Rolled back: " + canary.ready() + " of " + canary.replicas() + " canary pods were ready after "
        + deadline.toSeconds() + " s (progressDeadlineSeconds): " + why + ". Traffic is back on stable.";
  }

  static String unreadyAgain(Canary.Present canary, Canary.Unready pod, Workload.Fleet stable) {
    return "Rolled back: " + canary.ready() + " of " + canary.replicas()
        + " canary pods are ready, and one has not been "
        + "for " + stable.progressDeadline().toSeconds() + " s (progressDeadlineSeconds) while all " + stable.ready()
        + " stable pods are: " + pod.because() + ". Traffic is back on stable.";
  }

  static Report stepping(int step, List<PlannedStep> steps, int pods) {
    return Report.reconciling(Reason.Collecting, "Step " + ordinal(step, steps) + " at " + steps.get(step).weight()
        + ": " + pods + " canary pods serve and evidence is collected.");
  }

  /// @param used
  ///          whether the annotation stands there already, from an earlier trial that it approved
  static Report pausedUntilApproved(String approval, boolean used, String message) {
    return Report.reconciling(Reason.PausedUntilApproved, message + (used
        ? " The annotation serin.dev/approve=" + approval
            + " was used in an earlier trial: to go on, take it away, then annotate the Rollout with it again."
        : " To go on, annotate the Rollout with serin.dev/approve=" + approval + "."));
  }

  static Report promoting(Candidate candidate, String message) {
    return Report.reconciling(Reason.Promoting, message + " Revision " + candidate.revision() + " rolls out.");
  }

  static Report rolling(Reason reason, Revision revision) {
    return Report.reconciling(reason, "Kubernetes rolls revision " + revision + " out.");
  }

  static Report watchingRolled(Revision revision) {
    return Report.reconciling(Reason.Promoting,
        "Revision " + revision + " runs on all pods; it is stable when half of them "
            + "have been ready for analysis.warmup and three windows, so that they were judged too.");
  }

  static Report rollingUnjudged(Revision revision, String why) {
    return Report.reconciling(Reason.EvidenceUnreadable, "Kubernetes rolls revision " + revision
        + " out, and nobody judges it: " + why + " Pause the Deployment, or push stable's template, to stop it.");
  }

  static Report restoring(RolloutRecord record, RolloutState.Restoring state) {
    return record.veto(state.candidate().revision()).map(veto -> Report.reconciling(veto.reason(), veto.message()))
        .orElseGet(() -> Report.reconciling(Reason.Restoring,
            "The Deployment goes back to stable " + state.stable().revision() + "."));
  }

  static Report restoringOverdue(RolloutState.Restoring state, Workload.Fleet fleet) {
    return Report.stalled(Reason.ProgressDeadlineExceeded, "The way back to stable " + state.stable().revision()
        + " made no progress for " + fleet.progressDeadline().toSeconds() + " s (progressDeadlineSeconds): "
        + fleet.ready()
        + " of " + fleet.desired()
        + " pods are ready. Look at the Deployment's pods; Serin goes on when all of them run "
        + "stable.");
  }

  static Report templateChanged(Candidate third, Candidate candidate) {
    return Report.reconciling(Reason.TemplateChanged, "Template " + third.revision() + " was pushed while "
        + candidate.revision() + " was rolling: it is kept, stable is restored first, then its trial begins.");
  }

  static Report stoppedMidway(Candidate candidate) {
    return Report.reconciling(Reason.TemplateChanged, "Revision " + candidate.revision() + " had begun to roll and was "
        + "stopped: it is kept, stable is restored first, then it is held again.");
  }

  static Report passedWhilePaused(Revision revision, String passed) {
    return Report.reconciling(Reason.PausedByPerson, passed + " Revision " + revision
        + " would roll out now, but a person paused the Deployment: run kubectl rollout resume to roll it.");
  }

  static Report pausedByPerson(Revision revision) {
    return Report.reconciling(Reason.PausedByPerson, "The Deployment was paused while revision " + revision
        + " rolled; run kubectl rollout resume to go on.");
  }

  static String overdue(Workload.Fleet fleet) {
    return "Rolled back: the promoted Deployment made no progress for " + fleet.progressDeadline().toSeconds()
        + " s (progressDeadlineSeconds), " + fleet.ready() + " of " + fleet.desired()
        + " pods are ready. The stable template is restored.";
  }

  static String canaryVanished(Candidate candidate) {
    return "Rolled back: the canary of " + candidate.revision()
        + " was deleted while it was promoting, which stops the promotion. The stable template is restored.";
  }

  static String canaryAltered(Candidate candidate) {
    return "Rolled back: the canary's template is not that of revision " + candidate.revision()
        + ", because a person or an admission webhook changes it. Exempt Deployments with the label serin.dev/arm from "
        + "that, then annotate the Rollout with serin.dev/retry=" + candidate.revision() + ".";
  }

  private static String ordinal(int step, List<PlannedStep> steps) {
    return (step + 1) + " of " + steps.size();
  }
}
