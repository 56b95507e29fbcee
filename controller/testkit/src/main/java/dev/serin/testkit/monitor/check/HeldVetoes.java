package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.DeploymentView;
import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// I3: nothing promotes a revision while a veto against it is open, and a veto is closed only by a retry that is
/// recorded, by a person who resumed the revision, by the revision having become stable, or by ten newer vetoes.
///
/// A resume that is not Serin's is a person's, who may.
final class HeldVetoes implements Invariant {

  private static final int KEPT = 10;

  @Override
  public String id() {
    return "I3";
  }

  @Override
  public List<String> broken(Change change, World world) {
    Optional<DeploymentView> workload = DeploymentView.of(change.now()).filter(deployment -> !deployment.canary());
    if (workload.isPresent()) {
      return resumed(change, workload.get(), world);
    }
    Optional<RolloutView> old = RolloutView.of(change.old());
    return RolloutView.of(change.now())
        .map(now -> Stream.concat(exposed(old, now).stream(), old.stream().flatMap(was -> forgotten(was, now)))
            .toList())
        .orElse(List.of());
  }

  private static List<String> resumed(Change change, DeploymentView workload, World world) {
    boolean rolls = !workload.paused() && DeploymentView.of(change.old())
        .filter(old -> !old.paused() && old.template().equals(workload.template())).isEmpty();
    if (!rolls || !change.bySerin()) {
      return List.of();
    }
    String revision = workload.revision();
    return world.rolloutsFor(workload).stream().filter(rollout -> rollout.vetoes().contains(revision))
        .map(rollout -> "Serin resumed the Deployment with revision " + revision + ", which Rollout " + rollout.name()
            + " has vetoed.")
        .toList();
  }

  private static Optional<String> exposed(Optional<RolloutView> old, RolloutView now) {
    return vetoedInTraffic(now) && !old.map(HeldVetoes::vetoedInTraffic).orElse(false)
        ? Optional.of("The candidate " + now.candidate() + " is in state '" + now.state() + "' while it is vetoed.")
        : Optional.empty();
  }

  private static boolean vetoedInTraffic(RolloutView rollout) {
    return rollout.exposing() && rollout.vetoes().contains(rollout.candidate());
  }

  private static Stream<String> forgotten(RolloutView old, RolloutView now) {
    List<String> vetoes = now.vetoes();
    // What the list would hold if only newer ones pushed others out.
    List<String> expected = new ArrayList<>(vetoes);
    expected.removeAll(old.vetoes());
    expected.addAll(old.vetoes());
    return expected.stream().limit(KEPT).filter(revision -> !vetoes.contains(revision))
        .filter(revision -> !old.retries(revision) && !now.retries(revision))
        .filter(revision -> !now.stable().equals(revision))
        .filter(revision -> !(now.state().equals("Overridden") && now.candidate().equals(revision)))
        .map(revision -> "The veto against " + revision + " is gone without a retry, a resume by a person or a "
            + "promotion: the candidate is '" + now.candidate() + "' in state '" + now.state() + "', stable is '"
            + now.stable() + "'.");
  }
}
