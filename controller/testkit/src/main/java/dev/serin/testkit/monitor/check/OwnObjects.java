package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.DeploymentView;
import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.StoredObject;
import dev.serin.testkit.monitor.store.World;
import java.util.List;
import java.util.Optional;

/// I11: Serin writes only what is its own or what a Rollout names: Rollouts, their Analyses, kept templates and
/// canaries, the Deployments that Rollouts name, ReplicaSets that carry an arm, events.
///
/// Whose an object is was decided before the write: taking possession of a foreign one breaks this too. What
/// [Change#bySerin()] does not see is not checked.
final class OwnObjects implements Invariant {

  @Override
  public String id() {
    return "I11";
  }

  @Override
  public List<String> broken(Change change, World world) {
    StoredObject written = change.former();
    return change.now() == null || !change.bySerin() || mayWrite(written, world)
        ? List.of()
        : List.of("Serin wrote " + written.type() + " " + written.name() + ", which is neither its own nor named by a "
            + "Rollout.");
  }

  private static boolean mayWrite(StoredObject written, World world) {
    return switch (written.type()) {
      case RolloutView.TYPE, StoredObject.EVENT -> true;
      case StoredObject.ANALYSIS, StoredObject.CONTROLLER_REVISION -> owned(written, world);
      case StoredObject.REPLICA_SET -> !written.label(DeploymentView.ARM_LABEL).isEmpty();
      case DeploymentView.TYPE -> mayWrite(new DeploymentView(written), world);
      default -> false;
    };
  }

  private static boolean mayWrite(DeploymentView deployment, World world) {
    if (deployment.canary()) {
      // A Rollout that is deleted without its dependents leaves a canary that nobody owns, which must go all the same.
      boolean left = deployment.object().owners().isEmpty()
          && world.rolloutOf(deployment).filter(rollout -> rollout.object().terminating()).isPresent();
      return left || owned(deployment.object(), world);
    }
    // A Rollout that is gone leaves its label, which must be taken off.
    boolean orphaned = !deployment.rollout().isEmpty()
        && world.rolloutOf(deployment).map(rollout -> rollout.object().terminating()).orElse(true);
    return orphaned || !world.rolloutsFor(deployment).isEmpty();
  }

  private static boolean owned(StoredObject object, World world) {
    return object.owners().stream().filter(owner -> owner.type().equals(RolloutView.TYPE)).anyMatch(owner -> {
      Optional<StoredObject> rollout = world.find(RolloutView.TYPE, object.namespace(), owner.name());
      return rollout.isEmpty() || rollout.get().uid().equals(owner.uid());
    });
  }
}
