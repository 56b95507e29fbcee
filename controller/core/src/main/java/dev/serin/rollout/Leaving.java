package dev.serin.rollout;

import dev.serin.rollout.Workload.Found;
import java.time.Instant;

/// The way out of a Rollout that is being deleted: no canary, no marks of ours, stable pods untouched.
///
/// A roll that Kubernetes has begun is finished first; everything else is left as it is, held where it is held.
final class Leaving {

  private Leaving() {}

  static Decision next(RolloutRecord record, Observation seen, Instant now) {
    if (seen.workload() instanceof Found found) {
      Scene scene = new Scene(record, found, seen, now);
      Decision stray = Tidying.stray(seen).orElse(null);
      if (stray != null) {
        return stray;
      }
      if (record.state() instanceof RolloutState.Restoring restoring && !restored(scene, restoring)) {
        // Users must not be left on a version that is known to be bad.
        return Rolling.restoring(scene, restoring);
      }
      if (rolls(scene)) {
        return new Decision.Wait(Messages.leavingAfterRoll(found.live(), found.fleet()), RolloutMachine.SOON);
      }
    }
    if (seen.canary() instanceof Canary.Present canary) {
      return Scene.remove(canary, Messages.leaving(canary.pods()));
    }
    if (seen.workload() instanceof Found found && found.labelled()) {
      boolean whole = found.fleet().settledOn(found.live());
      return new Decision.Apply(new Action.ReleaseWorkload(found.hold().paused() && whole));
    }
    return seen.tenure().guarded()
        ? new Decision.Apply(new Action.Unguard())
        : new Decision.Wait(Messages.leaving(0), RolloutMachine.RELOOK);
  }

  private static boolean restored(Scene scene, RolloutState.Restoring restoring) {
    Found workload = scene.workload();
    return workload.fleet().settledOn(restoring.stable().revision())
        && (workload.hold().paused() || workload.live().equals(restoring.stable().revision()))
        && (restoring.next() == null || workload.live().equals(restoring.next()));
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
