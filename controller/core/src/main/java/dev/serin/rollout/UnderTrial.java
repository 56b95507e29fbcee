package dev.serin.rollout;

import dev.serin.plan.PlannedStep;
import dev.serin.plan.ReplicaRatio;
import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.RolloutState.Underway;
import dev.serin.rollout.Workload.Fleet;
import dev.serin.rollout.Workload.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The states in which the Deployment is held and a canary tries the candidate.
final class UnderTrial {

  private UnderTrial() {}

  static Decision starting(Scene scene, RolloutState.Starting starting) {
    Optional<Decision> alone = ended(scene, starting).or(() -> withoutStable(scene));
    return alone.orElseGet(() -> switch (scene.seen().attempt()) {
      case Attempt.Unopened() when scene.seen().leftovers().analysis() != null ->
        // Where nothing ever becomes stable they would grow without end.
        new Decision.Apply(new Action.DropAnalysis(scene.seen().leftovers().analysis()));
      case Attempt.Unopened() -> new Decision.Apply(new Action.OpenAnalysis(starting.stable(), starting.candidate(),
          scene.seen().wish().steps(scene.workload().fleet().desired())));
      case Attempt.Open open -> switch (scene.canary()) {
        // The canary exists with no pods before a share is approved: a raise is an update, never a create.
        case Canary.Absent() -> new Decision.Apply(scene.seen().tenure().guarded()
            ? new Action.CreateCanary(starting.candidate())
            : new Action.Guard());
        case Canary.Foreign(var name) -> new Decision.Wait(Messages.nameConflict(name), RolloutMachine.RELOOK);
        case Canary.Present canary when canary.alteredFrom(starting.candidate()) -> altered(starting);
        case Canary.Present canary when stale(canary, starting.candidate()) -> Scene.remove(canary);
        case Canary.Present _ -> raise(scene, starting, 0, open);
      };
    });
  }

  static Decision raising(Scene scene, RolloutState.Raising raising) {
    return ended(scene, raising).or(() -> altered(scene, raising)).orElseGet(() -> {
      if (!(scene.seen().attempt() instanceof Attempt.Open open) || !(scene.canary() instanceof Canary.Present canary)
          || stale(canary, raising.candidate())) {
        return startAgain(scene, raising);
      }
      return raised(scene, raising, open, canary);
    });
  }

  private static Decision raised(Scene scene, RolloutState.Raising raising, Attempt.Open open, Canary.Present canary) {
    Fleet fleet = scene.workload().fleet();
    Instant deadline = raising.since().plus(fleet.progressDeadline());
    boolean late = !scene.now().isBefore(deadline);
    boolean starting = canary.ready() < canary.replicas();
    if (canary.crashLoop() != null) {
      return condemn(Reason.CrashLoop, canary.crashLoop());
    }
    if (starting && late) {
      return condemn(Reason.CanaryNotReady, Messages.notReady(canary, fleet.progressDeadline()));
    }
    PlannedStep step = open.steps().get(raising.step());
    int wanted = pods(scene, step, canary);
    if (wanted > canary.replicas() && late) {
      // Stable had no pods to compare with for so long: the canary's have not had their time yet.
      return raise(scene, raising, raising.step(), open);
    }
    if (wanted != canary.replicas()) {
      return resize(canary, wanted);
    }
    if (canary.replicas() == 0) {
      return alone(fleet);
    }
    if (starting) {
      Duration left = Duration.between(scene.now(), deadline);
      return new Decision.Wait(Messages.canaryStarting(canary, deadline), min(left, RolloutMachine.RELOOK));
    }
    return scene.record(
        new RolloutState.Stepping(raising.stable(), raising.candidate(), raising.step(), scene.now()),
        Messages.stepping(raising.step(), open.steps(), canary.replicas()));
  }

  static Decision stepping(Scene scene, RolloutState.Stepping stepping) {
    return ended(scene, stepping).or(() -> altered(scene, stepping)).orElseGet(() -> {
      if (!(scene.seen().attempt() instanceof Attempt.Open open) || !(scene.canary() instanceof Canary.Present canary)
          || stale(canary, stepping.candidate())) {
        return startAgain(scene, stepping);
      }
      if (canary.crashLoop() != null) {
        return condemn(Reason.CrashLoop, canary.crashLoop());
      }
      Canary.Unready unready = canary.unready();
      if (unready != null && forTooLong(unready, scene)) {
        return condemn(Reason.CanaryNotReady, Messages.unreadyAgain(canary, unready, scene.workload().fleet()));
      }
      int wanted = followStable(scene, canary, open.steps().get(stepping.step()));
      if (wanted != canary.replicas()) {
        return resize(canary, wanted);
      }
      return canary.replicas() == 0
          ? alone(scene.workload().fleet())
          : judged(scene, stepping, open, canary);
    });
  }

  /// A pod that serves nobody is judged by nobody: its errors are seen by no window. While stable pods are not ready
  /// either, the cluster may be the cause, and the version is not blamed.
  private static boolean forTooLong(Canary.Unready unready, Scene scene) {
    Fleet fleet = scene.workload().fleet();
    return fleet.ready() >= fleet.desired() && !scene.now().isBefore(unready.since().plus(fleet.progressDeadline()));
  }

  private static Decision judged(Scene scene, RolloutState.Stepping stepping, Attempt.Open open,
      Canary.Present canary) {
    if (scene.workload().hold().protection() instanceof Protection.Unproven(var why)) {
      return new Decision.Wait(Messages.holdNotGuaranteed(why), RolloutMachine.RELOOK);
    }
    return switch (open.ruling()) {
      case Attempt.Advance(var step, var startedAt, var message) when step == stepping.step()
          && startedAt.equals(stepping.startedAt()) ->
        // Pods that are not ready are not judged: the word is the others' only.
        canary.ready() < canary.replicas()
            ? new Decision.Wait(Messages.canaryNotWhole(canary, message), RolloutMachine.RELOOK)
            : advance(scene, stepping, open, message);
      case Attempt.Advance _ -> new Decision.Wait(
          Messages.stepping(stepping.step(), open.steps(), canary.replicas()), RolloutMachine.RELOOK);
      case Attempt.Stay(var reason, var message) ->
        new Decision.Wait(Report.reconciling(reason, message), RolloutMachine.RELOOK);
      case Attempt.RollBack _ -> throw new IllegalStateException("a roll back ends the trial before it is judged");
    };
  }

  private static Decision advance(Scene scene, RolloutState.Stepping stepping, Attempt.Open open, String message) {
    Revision revision = stepping.candidate().revision();
    int step = stepping.step();
    boolean pauses = open.steps().get(step).untilApproved();
    if (pauses && !scene.requests().approves(revision, step)) {
      boolean used = scene.seen().requests().approves(revision, step);
      return new Decision.Wait(Messages.pausedUntilApproved(Requests.approval(revision, step), used, message),
          RolloutMachine.IDLE);
    }
    if (scene.workload().obstacle() != null) {
      // It may have changed since the trial began: the roll that comes next would take all stable pods at once.
      return new Decision.Wait(Messages.obstacle(scene.workload().obstacle()), RolloutMachine.RELOOK);
    }
    boolean last = step + 1 == open.steps().size();
    if (last && scene.workload().hold().pausedByPerson()) {
      return new Decision.Wait(Messages.passedWhilePaused(revision, message), RolloutMachine.RELOOK);
    }
    Scene approved = pauses
        ? scene.with(scene.record().consuming(
            new Requests(Requests.approval(revision, step), scene.record().consumed().retry())))
        : scene;
    return last
        ? approved.promote(stepping.stable(), stepping.candidate(), Messages.promoting(stepping.candidate(), message))
        : raise(approved, stepping, step + 1, open);
  }

  private static Decision raise(Scene scene, Underway state, int step, Attempt.Open open) {
    return scene.record(new RolloutState.Raising(state.stable(), state.candidate(), step, scene.now()),
        Messages.raising(step, open.steps()));
  }

  /// Nothing starts beside stable pods that are not there.
  private static Optional<Decision> withoutStable(Scene scene) {
    Fleet fleet = scene.workload().fleet();
    return fleet.desired() > 0 && fleet.ready() > 0 ? Optional.empty() : Optional.of(alone(fleet));
  }

  private static Decision alone(Fleet fleet) {
    return new Decision.Wait(fleet.desired() == 0 ? Messages.scaledToZero() : Messages.noStablePod(fleet),
        RolloutMachine.RELOOK);
  }

  /// What ends a trial from any of its states: the verdict, or somebody's hand on the Deployment.
  private static Optional<Decision> ended(Scene scene, Underway state) {
    StableRevision stable = state.stable();
    Candidate candidate = state.candidate();
    Revision live = scene.workload().live();
    if (scene.seen().attempt() instanceof Attempt.Open(var _, Attempt.RollBack(var reason, var message))) {
      // The verdict comes first: whatever was pushed meanwhile, this revision is refused.
      return Optional.of(scene.withoutCanary(Report.reconciling(Reason.RemovingCanary, message),
          scene.vetoing(candidate, reason, message)
              .record(new RolloutState.Vetoed(stable, candidate), Report.stalled(reason, message))));
    }
    if (live.equals(stable.revision())) {
      Report returned = Messages.returnedToStable(stable.revision());
      return Optional.of(scene.withoutCanary(returned, scene.restore(stable, candidate, null, returned)));
    }
    if (scene.workload().hold().paused() && scene.comesBackAtOnce(live) && scene.besides(stable).isEmpty()) {
      return Optional.of(emergency(scene, stable, new Candidate(live, scene.now())));
    }
    if (!live.equals(candidate.revision()) || scene.besides(stable).filter(other -> !other.equals(live)).isPresent()) {
      return Optional.of(scene.withoutCanary(Messages.superseding(live, candidate), Arriving.found(scene, stable)));
    }
    if (Arriving.begun(scene, live)) {
      return Optional.of(
          scene.withoutCanary(Messages.removingCanary(0), Arriving.stopped(scene, stable, candidate)));
    }
    if (scene.workload().hold().paused()) {
      return Optional.empty();
    }
    Decision followed = Arriving.released(scene, stable, candidate);
    return Optional.of(scene.canary() instanceof Canary.Present canary && canary.serving()
        ? followed
        : scene.withoutCanary(Messages.removingCanary(0), followed));
  }

  /// What was stable before does not wait until the canary's pods have ended. But the canary itself goes first, since a
  /// raise that was decided earlier may still arrive: only a canary that is gone refuses it.
  private static Decision emergency(Scene scene, StableRevision stable, Candidate known) {
    if (scene.canary() instanceof Canary.Present canary && !canary.terminating()) {
      return canary.serving() || canary.pods() > canary.ending()
          ? Scene.remove(canary)
          : new Decision.Apply(new Action.DeleteCanary());
    }
    return scene.promote(stable, known, Messages.knownGood(known, stable));
  }

  /// Keep the share when stable is scaled: down at once, up when the additional stable pods have settled.
  private static int followStable(Scene scene, Canary.Present canary, PlannedStep step) {
    Fleet fleet = scene.workload().fleet();
    int most = pods(scene, step, canary);
    int settled = Math.min(most, ReplicaRatio.canaryPods(step.weight(), fleet.settled()));
    return Math.clamp(canary.replicas(), settled, most);
  }

  /// Canary pods that the share allows now.
  private static int pods(Scene scene, PlannedStep step, Canary.Present canary) {
    Fleet fleet = scene.workload().fleet();
    if (fleet.desired() == 0) {
      return 0;
    }
    // When stable is scaled down, its surplus pods are about to end: they count no more.
    int share = ReplicaRatio.canaryPods(step.weight(), Math.min(fleet.ready(), fleet.desired()));
    // Without a ready stable pod there is no share to keep, and no reason to add canary pods.
    return fleet.ready() == 0 ? Math.min(share, canary.replicas()) : share;
  }

  private static Decision resize(Canary.Present canary, int wanted) {
    return new Decision.Apply(new Action.ScaleCanary(canary.replicas(), wanted));
  }

  /// The same trial from its first step. What a person approved in it stays approved: written a second time, the same
  /// words could not be told from the first ones.
  private static Decision startAgain(Scene scene, Underway state) {
    Requests acted = scene.record().consumed();
    Scene again = acted.approvesFrom(state.candidate().revision(), 0)
        ? scene.with(scene.record().consuming(new Requests(null, acted.retry())))
        : scene;
    // A raise that was decided earlier may still arrive: only a canary that is gone refuses it.
    Report found = Messages.candidateFound(state.candidate(), state.stable());
    return scene.withoutCanary(found,
        again.record(new RolloutState.Starting(state.stable(), state.candidate()), found));
  }

  /// Made anew, the canary would be altered again: what cannot be tried as it is, is refused.
  private static Optional<Decision> altered(Scene scene, Underway state) {
    boolean altered = scene.seen().attempt() instanceof Attempt.Open
        && scene.canary() instanceof Canary.Present canary && canary.alteredFrom(state.candidate());
    return altered ? Optional.of(altered(state)) : Optional.empty();
  }

  private static Decision altered(Underway state) {
    return condemn(Reason.CanaryAltered, Messages.canaryAltered(state.candidate()));
  }

  private static Decision condemn(Reason reason, String message) {
    return new Decision.Apply(new Action.Condemn(new Attempt.RollBack(reason, message)));
  }

  private static boolean stale(Canary.Present canary, Candidate candidate) {
    return canary.terminating() || !canary.revision().equals(candidate.revision());
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
