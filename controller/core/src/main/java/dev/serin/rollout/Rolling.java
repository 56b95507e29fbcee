package dev.serin.rollout;

import dev.serin.plan.ReplicaRatio;
import dev.serin.rollout.Workload.Found;
import dev.serin.rollout.Workload.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
    if (!workload.live().equals(candidate.revision())) {
      return anotherTemplate(scene, state);
    }
    if (scene.seen().attempt() instanceof Attempt.Open && scene.canary() instanceof Canary.Absent) {
      return refused(scene, state, Reason.CanaryVanished, Messages.canaryVanished(candidate));
    }
    Optional<Decision> smaller = followDown(scene);
    if (smaller.isPresent()) {
      return smaller.get();
    }
    boolean resumed = workload.hold().resumed() >= state.order();
    if (workload.fleet().complete() && workload.fleet().settledOn(candidate.revision())
        && (resumed || !workload.hold().paused())) {
      return scene.adopt(state.stable(), candidate, scene.atRest(candidate.revision(), Reason.Promoting));
    }
    if (workload.hold().paused()) {
      return resumed
          ? new Decision.Wait(Messages.pausedByPerson(candidate.revision()), RolloutMachine.RELOOK)
          : new Decision.Apply(new Action.Resume(state.order(), candidate.revision()));
    }
    return resumed && workload.fleet().overdue()
        ? refused(scene, state, Reason.ProgressDeadlineExceeded, Messages.overdue(workload.fleet()))
        : new Decision.Wait(Messages.rolling(Reason.Promoting, candidate.revision()), RolloutMachine.SOON);
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
    if (!live.equals(stable)) {
      if (workload.hold().paused() && workload.fleet().settledOn(stable)) {
        return Arriving.found(scene, state.stable());
      }
      if (!live.equals(state.candidate().revision()) && !live.equals(state.next())) {
        return anotherTemplate(scene, state);
      }
      if (live.equals(state.candidate().revision()) && !workload.hold().paused() && ordered) {
        // It came back after our resume and somebody released it.
        return Arriving.overridden(scene, state.stable(), new Candidate(live, scene.now()));
      }
      // After our resume a restored template is held again and needs a resume of its own; whoever applies the refused
      // template again and again is answered once in ten seconds.
      Instant again = state.since().plus(AGAIN);
      if (ordered && scene.now().isBefore(again)) {
        return new Decision.Wait(Messages.restoring(scene.record(), state), Duration.between(scene.now(), again));
      }
      return ordered
          ? scene.restore(state.stable(), state.candidate(), state.next(), Messages.restoring(scene.record(), state))
          : new Decision.Apply(new Action.RestoreTemplate(stable));
    }
    boolean whole = workload.fleet().complete() && workload.fleet().settledOn(stable);
    if (whole && (ordered || scene.keepsPaused())) {
      return restored(scene, state);
    }
    if (workload.hold().paused()) {
      return ordered
          ? new Decision.Wait(Messages.pausedByPerson(stable), RolloutMachine.RELOOK)
          : new Decision.Apply(new Action.Resume(state.order(), stable));
    }
    return whole
        ? restored(scene, state)
        : new Decision.Wait(Messages.restoring(scene.record(), state), RolloutMachine.SOON);
  }

  private static Decision restored(Scene scene, RolloutState.Restoring state) {
    Revision next = state.next();
    if (next == null || !scene.workload().kept().contains(next)) {
      return scene.record(new RolloutState.Idle(state.stable()),
          scene.atRest(state.stable().revision(), Reason.Restoring));
    }
    return scene.keepsPaused() && !scene.workload().hold().paused()
        ? new Decision.Apply(new Action.KeepPaused())
        : new Decision.Apply(new Action.RestoreTemplate(next));
  }

  static Decision overridden(Scene scene, RolloutState.Overridden state) {
    Found workload = scene.workload();
    Candidate candidate = state.candidate();
    boolean whole = workload.fleet().complete() && workload.fleet().settledOn(candidate.revision());
    if (workload.live().equals(candidate.revision()) && whole) {
      return scene.adopt(state.stable(), candidate, scene.atRest(candidate.revision(), Reason.Overridden));
    }
    if (workload.live().equals(state.stable().revision())) {
      return scene.withoutCanaryTraffic(scene.restore(state.stable(), candidate, null,
          Messages.returnedToStable(state.stable().revision())));
    }
    if (!workload.live().equals(candidate.revision())) {
      return anotherTemplate(scene, state);
    }
    if (workload.hold().paused()) {
      return new Decision.Wait(Messages.pausedByPerson(candidate.revision()), RolloutMachine.SOON);
    }
    return new Decision.Wait(workload.hold().protection() instanceof Protection.Unproven(var why)
        ? Messages.holdNotGuaranteed(why)
        : Messages.rolling(Reason.Overridden, candidate.revision()), RolloutMachine.SOON);
  }

  /// A third template, pushed while pods of two others run: it is kept, and tried once stable is whole again. One that
  /// was stable before need not wait, and one that somebody released is not ours to stop.
  private static Decision anotherTemplate(Scene scene, RolloutState.Underway state) {
    Found workload = scene.workload();
    Candidate third = new Candidate(workload.live(), scene.now());
    return scene.withoutCanaryTraffic(released(scene, state, third).orElseGet(() -> {
      if (scene.record().trusts(third.revision())) {
        return scene.promote(state.stable(), third, Messages.knownGood(third, state.stable()));
      }
      return workload.kept().contains(third.revision())
          ? scene.restore(state.stable(), state.candidate(), third.revision(),
              Messages.templateChanged(third, state.candidate()))
          : new Decision.Apply(new Action.KeepTemplate(third.revision()));
    }));
  }

  private static Optional<Decision> released(Scene scene, RolloutState.Underway state, Candidate third) {
    if (scene.workload().hold().paused()) {
      return Optional.empty();
    }
    // Where nothing but our pausing holds templates, an unpaused one was released by nobody.
    return Optional.of(scene.keepsPaused()
        ? new Decision.Apply(new Action.KeepPaused())
        : Arriving.overridden(scene, state.stable(), third));
  }

  private static Decision refused(Scene scene, RolloutState.Promoting state, Reason reason, String message) {
    Revision live = scene.workload().live();
    boolean third = !live.equals(state.candidate().revision()) && !live.equals(state.stable().revision());
    if (third && !scene.workload().kept().contains(live)) {
      return scene.withoutCanaryTraffic(new Decision.Apply(new Action.KeepTemplate(live)));
    }
    return scene.withoutCanaryTraffic(scene.vetoing(state.candidate(), reason, message).restore(state.stable(),
        state.candidate(), third ? live : null, Report.reconciling(reason, message)));
  }
}
