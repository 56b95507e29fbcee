package dev.serin.rollout;

import dev.serin.plan.ReplicaRatio;
import dev.serin.rollout.Decision.Report;
import dev.serin.rollout.Workload.Found;
import dev.serin.rollout.Workload.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// The states in which Kubernetes rolls the Deployment: forward by our order, back by our order, or by a person's.
final class Rolling {

  private static final Duration AGAIN = Duration.ofSeconds(10);

  private Rolling() {}

  static Decision promoting(Scene scene, RolloutState.Promoting state) {
    Found workload = scene.workload();
    Candidate candidate = state.candidate();
    if (scene.seen().attempt() instanceof Attempt.Open(var _, Attempt.RollBack(var reason, var message))) {
      // The verdict comes first: whatever was pushed meanwhile, this revision is refused.
      return refused(scene, state, reason, message);
    }
    if (workload.live().equals(state.stable().revision())) {
      return scene.withoutCanaryTraffic(scene.restore(state.stable(), candidate, null,
          Messages.returnedToStable(state.stable().revision())));
    }
    boolean resumed = workload.hold().resumed() >= state.order();
    if (!workload.live().equals(candidate.revision())) {
      return resumed && runsEverywhere(workload, candidate)
          ? scene.adopt(state.stable(), candidate, scene.atRest(candidate.revision()))
          : anotherTemplate(scene, state);
    }
    boolean judged = scene.seen().attempt() instanceof Attempt.Open;
    if (judged && scene.canary() instanceof Canary.Absent) {
      return condemn(Reason.CanaryVanished, Messages.canaryVanished(candidate));
    }
    Optional<Decision> smaller = followDown(scene);
    if (smaller.isPresent()) {
      return smaller.get();
    }
    if (workload.fleet().complete() && workload.fleet().settledOn(candidate.revision())
        && (resumed || !workload.hold().paused())) {
      if (judged && 2 * workload.fleet().watched() < workload.fleet().desired()) {
        // A fast roll is over before its pods are warm: none of them was judged yet.
        return new Decision.Wait(Messages.watchingRolled(candidate.revision()), RolloutMachine.SOON);
      }
      return scene.adopt(state.stable(), candidate, scene.atRest(candidate.revision()));
    }
    if (workload.hold().paused()) {
      Report rolls = Messages.rolling(Reason.Promoting, candidate.revision());
      if (resumed) {
        return stopped(scene, candidate.revision(), state.since(), rolls,
            () -> scene.promote(state.stable(), candidate, rolls));
      }
      return workload.hold().pausedByPerson()
          ? new Decision.Wait(Messages.pausedByPerson(candidate.revision()), RolloutMachine.RELOOK)
          : new Decision.Apply(new Action.Resume(state.order(), candidate.revision()));
    }
    // Whoever replaced the whole Deployment on the way took the number of our resume with it: unpaused is enough.
    if (!workload.fleet().overdue()) {
      return new Decision.Wait(scene.seen().attempt() instanceof Attempt.Open(var _, Attempt.Stay(var reason, var why))
          && reason == Reason.EvidenceUnreadable
              ? Messages.rollingUnjudged(candidate.revision(), why)
              : Messages.rolling(Reason.Promoting, candidate.revision()),
          RolloutMachine.SOON);
    }
    String overdue = Messages.overdue(workload.fleet());
    return judged
        ? condemn(Reason.ProgressDeadlineExceeded, overdue)
        : refused(scene, state, Reason.ProgressDeadlineExceeded, overdue);
  }

  /// A roll of ours that stands still with the template that it had. A person who paused it is waited for. The policy does
  /// it too, when the template changes and comes back: a new order goes on, once in ten seconds.
  private static Decision stopped(Scene scene, Revision rolling, Instant ordered, Report meanwhile,
      Supplier<Decision> again) {
    if (scene.workload().hold().pausedByPerson()) {
      return new Decision.Wait(Messages.pausedByPerson(rolling), RolloutMachine.RELOOK);
    }
    return later(scene, ordered, meanwhile).orElseGet(again);
  }

  /// Whether less than ten seconds have passed since then.
  private static Optional<Decision> later(Scene scene, Instant since, Report meanwhile) {
    Instant again = since.plus(AGAIN);
    return scene.now().isBefore(again)
        ? Optional.of(new Decision.Wait(meanwhile, Duration.between(scene.now(), again)))
        : Optional.empty();
  }

  private static Decision condemn(Reason reason, String message) {
    return new Decision.Apply(new Action.Condemn(new Attempt.RollBack(reason, message)));
  }

  /// The canary keeps its share while the Deployment rolls, but must not outgrow one that is scaled down meanwhile.
  private static Optional<Decision> followDown(Scene scene) {
    if (!(scene.seen().attempt() instanceof Attempt.Open open) || !(scene.canary() instanceof Canary.Present canary)
        || !canary.serving()) {
      return Optional.empty();
    }
    int desired = scene.workload().fleet().desired();
    int most = desired == 0 ? 0 : ReplicaRatio.canaryPods(open.steps().getLast().weight(), desired);
    return canary.replicas() > most
        ? Optional.of(new Decision.Apply(new Action.ScaleCanary(canary.replicas(), most)))
        : Optional.empty();
  }

  static Decision restoring(Scene scene, RolloutState.Restoring state) {
    Found workload = scene.workload();
    Revision stable = state.stable().revision();
    Revision live = workload.live();
    boolean ordered = workload.hold().resumed() >= state.order();
    Report back = Messages.restoring(scene.record(), state);
    Supplier<Decision> again = () -> scene.restore(state.stable(), state.candidate(), state.next(), back);
    if (!live.equals(stable)) {
      if (workload.hold().paused() && workload.fleet().runsOnly(stable)) {
        return Arriving.found(scene, state.stable());
      }
      if (!live.equals(state.candidate().revision()) && !live.equals(state.next())) {
        return anotherTemplate(scene, state);
      }
      // Ours to stop is what our own order made roll: the candidate before stable was resumed.
      if (!workload.hold().paused() && (ordered || live.equals(state.next()))) {
        return Arriving.released(scene, state.stable(), new Candidate(live, scene.now()));
      }
      // After our resume a restored template is held again and needs a resume of its own; whoever applies the refused
      // template again and again is answered once in ten seconds.
      return ordered
          ? later(scene, state.since(), back).orElseGet(again)
          : new Decision.Apply(new Action.RestoreTemplate(stable));
    }
    // That some of stable's pods are not ready is no reason to keep what comes next from its trial.
    boolean whole = workload.fleet().placed() && workload.fleet().runsOnly(stable);
    if (whole && (ordered || scene.keepsPaused())) {
      return restored(scene, state);
    }
    if (workload.hold().paused()) {
      return ordered
          ? stopped(scene, stable, state.since(), back, again)
          : new Decision.Apply(new Action.Resume(state.order(), stable));
    }
    if (whole) {
      return restored(scene, state);
    }
    return new Decision.Wait(workload.fleet().overdue() ? Messages.restoringOverdue(state, workload.fleet()) : back,
        RolloutMachine.SOON);
  }

  private static Decision restored(Scene scene, RolloutState.Restoring state) {
    Revision next = state.next();
    if (next == null || !scene.workload().kept().contains(next)) {
      return scene.rest(state.stable(), scene.atRest(state.stable().revision()));
    }
    // Written to an unpaused Deployment that no policy holds, it would roll by itself.
    boolean held = scene.workload().hold().paused()
        || scene.workload().hold().protection() instanceof Protection.Policy;
    return new Decision.Apply(held ? new Action.RestoreTemplate(next) : new Action.KeepPaused());
  }

  static Decision overridden(Scene scene, RolloutState.Overridden state) {
    Found workload = scene.workload();
    Candidate candidate = state.candidate();
    boolean whole = workload.fleet().complete() && workload.fleet().settledOn(candidate.revision());
    if (workload.live().equals(candidate.revision()) && whole) {
      return scene.adopt(state.stable(), candidate, scene.atRest(candidate.revision()));
    }
    if (workload.live().equals(state.stable().revision())) {
      return scene.withoutCanaryTraffic(scene.restore(state.stable(), candidate, null,
          Messages.returnedToStable(state.stable().revision())));
    }
    if (!workload.live().equals(candidate.revision())) {
      return runsEverywhere(workload, candidate)
          ? scene.adopt(state.stable(), candidate, scene.atRest(candidate.revision()))
          : anotherTemplate(scene, state);
    }
    if (workload.hold().paused()) {
      // Nobody judges the canary any more: stopped, the version is not to be met by anybody else.
      return scene.withoutCanaryTraffic(
          new Decision.Wait(Messages.pausedByPerson(candidate.revision()), RolloutMachine.SOON));
    }
    Optional<Decision> smaller = followDown(scene);
    if (smaller.isPresent()) {
      return smaller.get();
    }
    return new Decision.Wait(workload.hold().protection() instanceof Protection.Unproven(var why)
        ? Messages.rollsUnheld(candidate, why)
        : Messages.rolling(Reason.Overridden, candidate.revision()), RolloutMachine.SOON);
  }

  /// Whether its roll was over before another template was pushed.
  private static boolean runsEverywhere(Found workload, Candidate candidate) {
    return workload.fleet().desired() > 0 && workload.fleet().settledOn(candidate.revision());
  }

  /// A third template, pushed while pods of two others run: it is kept, and tried once stable is whole again. One that
  /// was stable before need not wait, and one that somebody released is not ours to stop.
  private static Decision anotherTemplate(Scene scene, RolloutState.Underway state) {
    Found workload = scene.workload();
    Candidate third = new Candidate(workload.live(), scene.now());
    if (!workload.hold().paused()) {
      return scene.withoutCanaryTraffic(Arriving.released(scene, state.stable(), third));
    }
    if (scene.comesBackAtOnce(third.revision())) {
      return scene.withoutCanaryTraffic(
          scene.promote(state.stable(), third, Messages.knownGood(third, state.stable())));
    }
    return scene.withoutCanaryTraffic(scene.restoreFirst(state.stable(), state.candidate(), third));
  }

  private static Decision refused(Scene scene, RolloutState.Promoting state, Reason reason, String message) {
    Revision live = scene.workload().live();
    boolean third = !live.equals(state.candidate().revision()) && !live.equals(state.stable().revision());
    if (third && !scene.workload().kept().contains(live)) {
      return scene.withoutCanaryTraffic(new Decision.Apply(new Action.KeepTemplate(live)));
    }
    boolean pending = scene.workload().hold().paused() && scene.workload().hold().resumed() < state.order();
    if (pending && live.equals(state.candidate().revision())) {
      // The resume that was ordered may have been decided already and still arrive: only a changed Deployment refuses it.
      return scene.withoutCanaryTraffic(new Decision.Apply(new Action.RestoreTemplate(state.stable().revision())));
    }
    return scene.withoutCanaryTraffic(scene.vetoing(state.candidate(), reason, message).restore(state.stable(),
        state.candidate(), third ? live : null, Report.reconciling(reason, message)));
  }
}
