package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.DeploymentView;
import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.StoredObject;
import dev.serin.testkit.monitor.store.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// I5: stable keeps its minimum. Serin starts no roll towards a new version whose strategy takes all pods at once; and no
/// ready pod of a Deployment that a Rollout names is taken away when fewer are left than `replicas - maxUnavailable`.
///
/// Of the latter, one pod less is let pass, since the Deployment controller counts a pod twice that its ReplicaSet has not
/// taken yet; and a Deployment is judged from the moment on at which it is as large as asked for. Pods that stop being
/// ready by themselves are the application's.
final class StableMinimum implements Invariant {

  private static final int LAG = 1;

  // Uid of a Deployment to the size that it had reached.
  private final Map<String, Integer> reached = new HashMap<>();

  @Override
  public String id() {
    return "I5";
  }

  @Override
  public List<String> broken(Change change, World world) {
    String namespace = change.former().namespace();
    Optional<StoredObject> taken = taken(change).filter(_ -> !world.leaving(namespace));
    List<DeploymentView> workloads = world.rollouts(namespace).flatMap(rollout -> world.workloadOf(rollout).stream())
        .distinct().toList();
    List<String> few = workloads.stream()
        .filter(workload -> taken.filter(pod -> world.owns(workload, pod)).isPresent())
        .flatMap(workload -> fewer(workload, world).stream()).toList();
    workloads.forEach(workload -> remember(workload, world));
    return few.isEmpty() ? unsafe(change, world).stream().toList() : few;
  }

  private void remember(DeploymentView workload, World world) {
    if (world.servingPods(workload) >= workload.replicas()) {
      reached.put(workload.uid(), workload.replicas());
    } else if (reached.getOrDefault(workload.uid(), 0) != workload.replicas()) {
      reached.remove(workload.uid());
    }
  }

  /// A pod that was ready and is deleted.
  private static Optional<StoredObject> taken(Change change) {
    StoredObject now = change.now();
    return Optional.ofNullable(change.old()).filter(old -> old.type().equals(StoredObject.POD))
        .filter(old -> World.ready(old) && !old.terminating()).filter(_ -> now == null || now.terminating());
  }

  private Optional<String> fewer(DeploymentView workload, World world) {
    int left = world.servingPods(workload);
    int least = workload.replicas() - workload.maxUnavailable();
    boolean judged = reached.getOrDefault(workload.uid(), -1) == workload.replicas()
        && !workload.object().terminating();
    // Only the one that crosses the line.
    return judged && left == least - LAG - 1
        ? Optional.of("Deployment " + workload.name() + " is left with " + left + " ready pods of "
            + workload.replicas() + ", of which " + workload.maxUnavailable() + " may be unavailable.")
        : Optional.empty();
  }

  private static Optional<String> unsafe(Change change, World world) {
    Optional<DeploymentView> now = DeploymentView.of(change.now()).filter(deployment -> !deployment.canary())
        .filter(_ -> change.bySerin());
    return now.filter(workload -> !workload.paused() && workload.replicas() > 0)
        .filter(workload -> DeploymentView.of(change.old())
            .filter(old -> !old.paused() && old.template().equals(workload.template())).isEmpty())
        .filter(workload -> workload.maxUnavailable() >= workload.replicas())
        .filter(workload -> !world.runningRevisions(workload).equals(Set.of(workload.revision())))
        .filter(workload -> world.rolloutsFor(workload).stream().map(RolloutView::stable)
            .noneMatch(workload.revision()::equals))
        .map(workload -> "Serin lets Deployment " + workload.name() + " roll although its strategy takes all "
            + workload.replicas() + " pods at once.");
  }
}
