package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.DeploymentView;
import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.World;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// I1: the carrier never has more weight than the status approves. The carrier is the canary Deployment's replicas.
///
/// A canary is created with no pods. A raise must find an approved weight w that gives as many pods beside s stable
/// ones, and a state in which the canary may take traffic. A lower weight is approved only when the canary has come
/// down to it. When the state says no more that the canary may take traffic, its pods may stay or go but not grow.
///
/// For s the largest size of stable since the canary was last scaled counts, or its ready pods if there are more: who
/// scaled the canary may have read either.
final class ApprovedExposure implements Invariant {

  private static final BigDecimal WHOLE = new BigDecimal(100);

  // Uid of a canary to the largest size of stable since the canary's replicas changed.
  private final Map<String, Integer> largest = new HashMap<>();

  @Override
  public String id() {
    return "I1";
  }

  @Override
  public List<String> broken(Change change, World world) {
    DeploymentView.of(change.now()).filter(deployment -> !deployment.canary())
        .ifPresent(stable -> remember(stable, world));
    Optional<DeploymentView> canary = DeploymentView.of(change.now()).filter(DeploymentView::canary);
    if (canary.isPresent()) {
      return scaled(change, canary.get(), world).stream().toList();
    }
    return RolloutView.of(change.now()).map(rollout -> approved(change, rollout, world)).orElse(List.of());
  }

  private void remember(DeploymentView stable, World world) {
    world.rolloutsFor(stable).stream().flatMap(rollout -> world.canariesOf(rollout).stream())
        .forEach(canary -> largest.merge(canary.uid(), stable.replicas(), Math::max));
  }

  private Optional<String> scaled(Change change, DeploymentView canary, World world) {
    int before = DeploymentView.of(change.old()).filter(DeploymentView::canary).map(DeploymentView::replicas).orElse(0);
    int after = canary.replicas();
    Optional<RolloutView> rollout = world.rolloutOf(canary);
    Optional<String> broken = after > before ? raised(change, canary, before, rollout, world) : Optional.empty();
    if (after != before || change.old() == null) {
      largest.put(canary.uid(), rollout.flatMap(world::workloadOf).map(DeploymentView::replicas).orElse(0));
    }
    return broken;
  }

  private Optional<String> raised(Change change, DeploymentView canary, int before, Optional<RolloutView> owner,
      World world) {
    String raise = "The canary is raised from " + before + " to " + canary.replicas() + " pods";
    if (change.old() == null) {
      return Optional.of("The canary is created with " + canary.replicas() + " pods instead of none.");
    }
    if (owner.isEmpty()) {
      return Optional.of(raise + ", but there is no Rollout named '" + canary.rollout() + "' to approve that.");
    }
    RolloutView rollout = owner.get();
    if (!rollout.exposing()) {
      return Optional.of(raise + " while the candidate's state is '" + rollout.state()
          + "', which gives no traffic to it.");
    }
    if (!canary.revision().equals(rollout.candidate())) {
      return Optional.of(raise + " of revision " + canary.revision() + ", but the candidate is '"
          + rollout.candidate() + "'.");
    }
    return beyond(rollout, canary, world).map(bound -> raise + ", but " + bound);
  }

  /// A status that approves another weight than the one before, or traffic where there was none.
  private List<String> approved(Change change, RolloutView rollout, World world) {
    boolean news = RolloutView.of(change.old()).map(old -> !old.exposing() || !old.weight().equals(rollout.weight()))
        .orElse(true);
    if (!news || !rollout.exposing()) {
      return List.of();
    }
    return world.canariesOf(rollout).stream().filter(canary -> canary.replicas() > 0)
        .flatMap(canary -> beyond(rollout, canary, world).map(bound -> "State '" + rollout.state()
            + "' is recorded while the canary " + canary.name() + " has " + canary.replicas() + " pods, but " + bound)
            .stream())
        .toList();
  }

  private Optional<String> beyond(RolloutView rollout, DeploymentView canary, World world) {
    int stable = world.workloadOf(rollout).map(workload -> Math.max(workload.replicas(), world.readyPods(workload)))
        .orElse(0);
    int most = Math.max(stable, largest.getOrDefault(canary.uid(), 0));
    Optional<String> approved = ApprovedWeight.of(rollout, world);
    if (approved.isEmpty() && ApprovedWeight.promoting(rollout)) {
      // A promotion without a trial has no steps.
      return Optional.empty();
    }
    if (approved.isEmpty()) {
      return Optional.of("the approved weight is '" + rollout.weight() + "'.");
    }
    long pods = pods(approved.get(), most);
    return canary.replicas() <= pods
        ? Optional.empty()
        : Optional.of("the approved weight " + approved.get() + " gives " + pods + " beside " + most
            + " stable pods.");
  }

  /// `max(1, floor(w*s/(1-w)))`.
  static long pods(String weight, int stable) {
    BigDecimal percent = new BigDecimal(weight.substring(0, weight.length() - 1));
    if (percent.signum() == 0) {
      return 0;
    }
    if (percent.compareTo(WHOLE) >= 0) {
      return Long.MAX_VALUE;
    }
    return Math.max(1, percent.multiply(BigDecimal.valueOf(stable)).divide(WHOLE.subtract(percent), 0,
        RoundingMode.DOWN).longValueExact());
  }
}
