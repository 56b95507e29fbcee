package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.DeploymentView;
import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.World;
import java.util.List;
import java.util.Optional;

/// I5: while the canary takes traffic, its template is the candidate's.
final class CanaryRevision implements Invariant {

  @Override
  public String id() {
    return "I5";
  }

  @Override
  public List<String> broken(Change change, World world) {
    Optional<DeploymentView> canary = DeploymentView.of(change.now()).filter(DeploymentView::canary);
    if (canary.isPresent()) {
      return world.rolloutOf(canary.get()).filter(rollout -> differs(rollout, canary.get()))
          .filter(rollout -> DeploymentView.of(change.old()).filter(DeploymentView::canary)
              .filter(old -> differs(rollout, old)).isEmpty())
          .map(rollout -> sentence(rollout, canary.get())).stream().toList();
    }
    Optional<RolloutView> old = RolloutView.of(change.old());
    return RolloutView.of(change.now()).stream().flatMap(now -> world.canariesOf(now).stream()
        .filter(any -> differs(now, any) && old.filter(was -> differs(was, any)).isEmpty())
        .map(any -> sentence(now, any))).toList();
  }

  private static boolean differs(RolloutView rollout, DeploymentView canary) {
    return canary.replicas() > 0 && rollout.exposing() && !canary.revision().equals(rollout.candidate());
  }

  private static String sentence(RolloutView rollout, DeploymentView canary) {
    return "The canary " + canary.name() + " has " + canary.replicas() + " pods of revision " + canary.revision()
        + " in state '" + rollout.state() + "', but the candidate is '" + rollout.candidate() + "'.";
  }
}
