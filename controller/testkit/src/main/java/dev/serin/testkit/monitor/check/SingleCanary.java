package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.DeploymentView;
import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.World;
import java.util.List;
import java.util.Optional;

/// I4: a Rollout has at most one canary with pods, and a workload at most one Rollout that tries or rolls something.
final class SingleCanary implements Invariant {

  @Override
  public String id() {
    return "I4";
  }

  @Override
  public List<String> broken(Change change, World world) {
    Optional<DeploymentView> canary = DeploymentView.of(change.now()).filter(SingleCanary::serves);
    if (canary.isPresent()) {
      boolean before = DeploymentView.of(change.old()).filter(SingleCanary::serves)
          .filter(old -> old.rollout().equals(canary.get().rollout())).isPresent();
      return before ? List.of() : besides(canary.get(), world);
    }
    return RolloutView.of(change.now()).filter(RolloutView::underway)
        .filter(now -> RolloutView.of(change.old()).filter(RolloutView::underway)
            .filter(old -> old.workload().equals(now.workload())).isEmpty())
        .map(now -> rivals(now, world)).orElse(List.of());
  }

  private static boolean serves(DeploymentView deployment) {
    return deployment.canary() && deployment.replicas() > 0;
  }

  private static List<String> besides(DeploymentView canary, World world) {
    return world.rolloutOf(canary).stream().flatMap(rollout -> world.canariesOf(rollout).stream())
        .filter(SingleCanary::serves).filter(other -> !other.name().equals(canary.name()))
        .map(other -> "Rollout " + canary.rollout() + " has a second canary: " + canary.name() + " has "
            + canary.replicas() + " pods while " + other.name() + " has " + other.replicas() + ".")
        .toList();
  }

  private static List<String> rivals(RolloutView now, World world) {
    return world.rollouts(now.namespace()).filter(other -> !other.name().equals(now.name()))
        .filter(other -> other.workload().equals(now.workload())).filter(RolloutView::underway)
        .map(other -> "Deployment " + now.workload() + " is under way twice: Rollout " + now.name() + " is in state '"
            + now.state() + "' while Rollout " + other.name() + " is in state '" + other.state() + "'.")
        .toList();
  }
}
