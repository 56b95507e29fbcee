package dev.serin.rollout;

import dev.serin.rollout.Workload.Found;
import java.time.Instant;
import java.util.Optional;

/// The way out of a Rollout that is being deleted: no canary, no marks of ours, stable pods untouched.
///
/// A roll that Kubernetes has begun is finished first, and one that the judge refuses is rolled back; everything else is
/// left as it is, held where it is held.
final class Leaving {

  private Leaving() {}

  static Decision next(RolloutRecord record, Observation seen, Instant now) {
    if (seen.workload() instanceof Found found) {
      Scene scene = new Scene(record, found, seen, now);
      Decision back = back(scene).orElse(null);
      if (back != null) {
        return back;
      }
      if (rolls(scene)) {
        return new Decision.Wait(Messages.leavingAfterRoll(found.live(), found.fleet()), RolloutMachine.SOON);
      }
    }
    if (seen.canary() instanceof Canary.Present canary) {
      return Scene.remove(canary, Messages.leaving(canary.pods()));
    }
    if (seen.workload() instanceof Found found && (found.labelled() || found.hold().keptPaused())) {
      // What a person paused stays paused: that was not ours.
      boolean held = found.hold().paused() && !found.hold().pausedByPerson();
      return new Decision.Apply(new Action.ReleaseWorkload(held && found.fleet().runsOnly(found.live())));
    }
    return seen.tenure().guarded()
        ? new Decision.Apply(new Action.Unguard())
        : new Decision.Wait(Messages.leaving(0), RolloutMachine.RELOOK);
  }

  /// The way back to stable: users must not be left on a version that is known to be bad.
  private static Optional<Decision> back(Scene scene) {
    Found workload = scene.workload();
    boolean ours = workload.labelled() && workload.uid().equals(scene.record().workloadUid());
    if (ours && scene.record().state() instanceof RolloutState.Restoring restoring && !restored(workload, restoring)) {
      return Optional.of(Rolling.restoring(scene, restoring));
    }
    return ours && scene.record().state() instanceof RolloutState.Promoting promoting
        && scene.seen().attempt() instanceof Attempt.Open(var _, Attempt.RollBack _)
            ? Optional.of(Rolling.promoting(scene, promoting))
            : Optional.empty();
  }

  /// Whether stable runs again and what was pushed meanwhile is back, or nothing goes on by itself.
  private static boolean restored(Found workload, RolloutState.Restoring restoring) {
    Revision stable = restoring.stable().revision();
    boolean back = workload.live().equals(stable);
    if (!workload.fleet().settledOn(stable)) {
      return back && workload.hold().resumed() >= restoring.order()
          && (workload.hold().pausedByPerson() || workload.fleet().overdue());
    }
    // Whatever else is held there was pushed since, and is not waited for.
    return back ? restoring.next() == null : workload.hold().paused();
  }

  /// Whether Kubernetes rolls the Deployment, and gets on.
  private static boolean rolls(Scene scene) {
    Found workload = scene.workload();
    boolean rolling = scene.record().state() instanceof RolloutState.Promoting
        || scene.record().state() instanceof RolloutState.Overridden;
    return rolling && !workload.hold().paused() && !workload.fleet().overdue()
        && !(workload.fleet().complete() && workload.fleet().settledOn(workload.live()));
  }
}
