package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.DeploymentView;
import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// I6: Serin does not scale a canary that takes traffic below what the approved weight w gives beside s stable pods,
/// `max(1, floor(w*s/(1-w)))`, and none beside none.
///
/// For s the smallest size of stable since the canary was last scaled counts, wanted or ready: who scaled the canary may
/// have read any. Not judged is a canary that had a reason to go since then: a verdict, another template, a resume, a
/// strange canary, or a Rollout, a workload or a namespace that goes.
///
/// What [Change#bySerin()] does not see is not checked.
final class CanaryNeed implements Invariant {

  // Uid of a canary to what was seen since its replicas changed.
  private final Map<String, Since> since = new HashMap<>();

  /// @param smallest
  ///          size of stable
  /// @param over
  ///          whether there was a reason to take the canary's traffic away
  private record Since(int smallest, boolean over) {

    Since and(Since other) {
      return new Since(Math.min(smallest, other.smallest), over || other.over);
    }
  }

  @Override
  public String id() {
    return "I6";
  }

  @Override
  public List<String> broken(Change change, World world) {
    String namespace = change.former().namespace();
    world.rollouts(namespace).forEach(rollout -> world.canariesOf(rollout).stream()
        .filter(canary -> canary.replicas() > 0)
        .forEach(canary -> since.merge(canary.uid(), seen(rollout, canary, world), Since::and)));
    Optional<DeploymentView> old = DeploymentView.of(change.old()).filter(DeploymentView::canary);
    Optional<DeploymentView> now = DeploymentView.of(change.now()).filter(DeploymentView::canary);
    if (old.isEmpty() || now.isEmpty() || old.get().replicas() == now.get().replicas()) {
      return List.of();
    }
    Optional<RolloutView> owner = world.rolloutOf(now.get());
    Optional<Since> before = Optional.ofNullable(since.remove(now.get().uid()));
    owner.filter(_ -> now.get().replicas() > 0)
        .ifPresent(rollout -> since.put(now.get().uid(), seen(rollout, now.get(), world)));
    return owner.filter(_ -> change.bySerin())
        .flatMap(rollout -> before.map(seen -> seen.and(seen(rollout, now.get(), world)))
            .flatMap(seen -> ApprovedWeight.of(rollout, world)
                .flatMap(weight -> below(rollout, weight, old.get(), now.get(), seen))))
        .stream().toList();
  }

  private static Optional<String> below(RolloutView rollout, String weight, DeploymentView old, DeploymentView now,
      Since seen) {
    if (seen.over() || !rollout.exposing() || now.replicas() >= old.replicas()) {
      return Optional.empty();
    }
    long need = seen.smallest() == 0 ? 0 : ApprovedExposure.pods(weight, seen.smallest());
    return now.replicas() >= need
        ? Optional.empty()
        : Optional.of("The canary is scaled from " + old.replicas() + " to " + now.replicas() + " pods in state '"
            + rollout.state() + "', but the weight " + weight + " needs " + need + " beside " + seen.smallest()
            + " stable pods.");
  }

  private static Since seen(RolloutView rollout, DeploymentView canary, World world) {
    Optional<DeploymentView> stable = world.workloadOf(rollout);
    if (stable.isEmpty()) {
      return new Since(0, true);
    }
    DeploymentView workload = stable.get();
    int smallest = Math.min(workload.replicas(), Math.min(workload.readyReplicas(), world.readyPods(workload)));
    boolean promoting = ApprovedWeight.promoting(rollout);
    boolean over = rollout.object().terminating() || workload.object().terminating()
        || world.leaving(rollout.namespace()) || world.rolloutsFor(workload).size() > 1
        || !workload.revision().equals(rollout.candidate()) || !canary.revision().equals(rollout.candidate())
        || (!promoting && !workload.paused()) || condemned(rollout, world) || strays(rollout, canary, world);
    return new Since(smallest, over);
  }

  private static boolean condemned(RolloutView rollout, World world) {
    return ApprovedWeight.analyses(rollout, world)
        .anyMatch(analysis -> analysis.json().at("/status/verdict/type").asText().equals("RollBack"));
  }

  private static boolean strays(RolloutView rollout, DeploymentView canary, World world) {
    return world.replicaSets(rollout.namespace()).anyMatch(
        set -> !set.label(DeploymentView.ARM_LABEL).isEmpty() && !set.controllerUid().equals(canary.uid()));
  }
}
