package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.DeploymentView;
import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// I5: a step begins to count only when as many canary pods as are asked for, at least one, have been ready at once since
/// the canary was last scaled.
final class ReadyCanary implements Invariant {

  private static final String SERVING = "Stepping";

  // Uid of a canary to the most ready pods since its replicas changed.
  private final Map<String, Integer> most = new HashMap<>();

  @Override
  public String id() {
    return "I5";
  }

  @Override
  public List<String> broken(Change change, World world) {
    DeploymentView.of(change.now()).filter(DeploymentView::canary)
        .filter(canary -> DeploymentView.of(change.old()).filter(old -> old.replicas() == canary.replicas()).isEmpty())
        .ifPresent(canary -> most.put(canary.uid(), world.readyPods(canary)));
    world.rollouts(change.former().namespace()).forEach(rollout -> world.canariesOf(rollout)
        .forEach(canary -> most.merge(canary.uid(), world.readyPods(canary), Math::max)));
    return RolloutView.of(change.now()).filter(now -> now.state().equals(SERVING))
        .filter(_ -> RolloutView.of(change.old()).filter(old -> old.state().equals(SERVING)).isEmpty())
        .flatMap(now -> missing(now, world)).stream().toList();
  }

  private Optional<String> missing(RolloutView rollout, World world) {
    List<DeploymentView> canaries = world.canariesOf(rollout);
    if (canaries.isEmpty()) {
      return Optional.of("State 'Stepping' is recorded without a canary.");
    }
    return canaries.stream().filter(canary -> most.getOrDefault(canary.uid(), 0) < Math.max(1, canary.replicas()))
        .map(canary -> "State 'Stepping' is recorded while the canary " + canary.name() + " asks for "
            + canary.replicas() + " pods and at most " + most.getOrDefault(canary.uid(), 0) + " were ready.")
        .findFirst();
  }
}
