package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.DeploymentView;
import dev.serin.testkit.monitor.store.StoredObject;
import dev.serin.testkit.monitor.store.World;
import java.util.List;
import java.util.Optional;

/// I6: a canary is deleted only when it asks for no pods and none is left, unless its Rollout or its namespace goes.
///
/// An object does not tell who deleted it: where a test lets a person delete a canary, it has this tolerated.
final class CanaryRemoval implements Invariant {

  @Override
  public String id() {
    return "I6";
  }

  @Override
  public List<String> broken(Change change, World world) {
    StoredObject now = change.now();
    Optional<DeploymentView> going = DeploymentView.of(change.old()).filter(DeploymentView::canary)
        .filter(canary -> !canary.object().terminating()).filter(_ -> now == null || now.terminating());
    return going.filter(canary -> !world.leaving(canary.namespace()))
        .filter(canary -> world.rolloutOf(canary).filter(rollout -> !rollout.object().terminating()).isPresent())
        .flatMap(canary -> left(canary, world)).stream().toList();
  }

  private static Optional<String> left(DeploymentView canary, World world) {
    List<String> pods = world.podsSelectedBy(canary).stream().map(StoredObject::name).toList();
    return canary.replicas() == 0 && pods.isEmpty()
        ? Optional.empty()
        : Optional.of("The canary is deleted while it asks for " + canary.replicas() + " pods and " + pods.size()
            + " are left: " + pods + ".");
  }
}
