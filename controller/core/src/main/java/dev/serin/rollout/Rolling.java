package dev.serin.rollout;

import dev.serin.rollout.Workload.Found;

/// The states in which Kubernetes rolls the Deployment: forward by our order, back by our order, or by a person's.
final class Rolling {

  private Rolling() {}

  static Decision promoting(Scene scene, RolloutState.Promoting state) {
    Found workload = scene.workload();
    Candidate candidate = state.candidate();
    Revision live = workload.live();
    if (live.equals(state.stable().revision())) {
      return scene.restore(state.stable(), candidate, Messages.returnedToStable(state.stable().revision()));
    }
    if (!live.equals(candidate.revision())) {
      return new Decision.Wait(Messages.templateChanged(live, candidate), RolloutMachine.RELOOK);
    }
    if (scene.seen().attempt() instanceof Attempt.Open(var _, var ruling)) {
      if (ruling instanceof Ruling.RollBack(var reason, var message)) {
        return restoreVetoing(scene, state, reason, message);
      }
      if (scene.canary() instanceof Canary.Absent) {
        return restoreVetoing(scene, state, Reason.CanaryVanished, Messages.canaryVanished(candidate));
      }
    }
    boolean resumed = workload.hold().resumed() >= state.order();
    if (workload.hold().paused()) {
      return resumed
          ? new Decision.Wait(Messages.pausedByPerson(candidate.revision()), RolloutMachine.RELOOK)
          : new Decision.Apply(new Action.Resume(state.order(), candidate.revision()));
    }
    if (resumed && workload.fleet().overdue()) {
      return restoreVetoing(scene, state, Reason.ProgressDeadlineExceeded, Messages.overdue(workload.fleet()));
    }
    if (workload.fleet().complete() && workload.fleet().settledOn(candidate.revision())) {
      return scene.adopt(state.stable(), candidate, Messages.stable(candidate.revision()));
    }
    return new Decision.Wait(Messages.rolling(Reason.Promoting, candidate.revision()), RolloutMachine.SOON);
  }

  static Decision restoring(Scene scene, RolloutState.Restoring state) {
    Found workload = scene.workload();
    Revision stable = state.stable().revision();
    Revision live = workload.live();
    if (!live.equals(stable)) {
      if (workload.hold().paused() && workload.fleet().settledOn(stable)) {
        return RolloutMachine.candidateFound(scene, state.stable());
      }
      if (!live.equals(state.candidate().revision())) {
        return new Decision.Wait(Messages.templateChanged(live, state.candidate()), RolloutMachine.RELOOK);
      }
      // The template came back after our resume: restoring it is held again and needs a resume of its own.
      return workload.hold().resumed() >= state.order()
          ? scene.restore(state.stable(), state.candidate(), Messages.restoring(scene.record(), state))
          : new Decision.Apply(new Action.RestoreTemplate(stable));
    }
    if (workload.hold().paused()) {
      return workload.hold().resumed() >= state.order()
          ? new Decision.Wait(Messages.pausedByPerson(stable), RolloutMachine.RELOOK)
          : new Decision.Apply(new Action.Resume(state.order(), stable));
    }
    if (workload.fleet().complete() && workload.fleet().settledOn(stable)) {
      return scene.record(new RolloutState.Idle(state.stable()), Messages.stable(stable));
    }
    return new Decision.Wait(Messages.restoring(scene.record(), state), RolloutMachine.SOON);
  }

  static Decision overridden(Scene scene, RolloutState.Overridden state) {
    Found workload = scene.workload();
    Candidate candidate = state.candidate();
    if (workload.fleet().settledOn(candidate.revision())) {
      return scene.adopt(state.stable(), candidate, Messages.stable(candidate.revision()));
    }
    if (workload.live().equals(state.stable().revision())) {
      return scene.restore(state.stable(), candidate, Messages.returnedToStable(state.stable().revision()));
    }
    if (!workload.live().equals(candidate.revision())) {
      return new Decision.Wait(Messages.templateChanged(workload.live(), candidate), RolloutMachine.RELOOK);
    }
    return new Decision.Wait(workload.hold().paused()
        ? Messages.pausedByPerson(candidate.revision())
        : Messages.rolling(Reason.Overridden, candidate.revision()), RolloutMachine.SOON);
  }

  private static Decision restoreVetoing(Scene scene, RolloutState.Promoting state, Reason reason, String message) {
    return scene.vetoing(state.candidate(), reason, message).restore(state.stable(), state.candidate(),
        Report.reconciling(reason, message));
  }
}
