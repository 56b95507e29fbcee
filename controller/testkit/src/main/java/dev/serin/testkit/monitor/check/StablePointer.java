package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// I7: the revision recorded as stable changes only when the candidate was promoted, by Serin or by a person, or when
/// every pod of the user's Deployment runs the new one. The first one of a Rollout is taken as it is.
final class StablePointer implements Invariant {

  private static final Set<String> PROMOTED = Set.of("Promoting", "Overridden");

  // Uid of a Rollout to the last stable revision that was recorded: one that was wiped must come back as the same.
  private final Map<String, String> last = new HashMap<>();

  @Override
  public String id() {
    return "I7";
  }

  @Override
  public List<String> broken(Change change, World world) {
    return RolloutView.of(change.now()).filter(now -> !now.stable().isEmpty())
        .flatMap(now -> moved(RolloutView.of(change.old()), now, world)).stream().toList();
  }

  private Optional<String> moved(Optional<RolloutView> old, RolloutView now, World world) {
    String recorded = Objects.requireNonNullElse(last.put(now.uid(), now.stable()), "");
    String before = old.map(RolloutView::stable).filter(stable -> !stable.isEmpty()).orElse(recorded);
    boolean promoted = old.filter(was -> was.candidate().equals(now.stable()) && PROMOTED.contains(was.state()))
        .isPresent();
    if (before.isEmpty() || promoted || now.stable().equals(before) || runsOnly(now, world)) {
      return Optional.empty();
    }
    return Optional.of("Stable moves from '" + before + "' to '" + now.stable() + "', but the candidate was '"
        + old.map(RolloutView::candidate).orElse("") + "' in state '" + old.map(RolloutView::state).orElse("")
        + "', and the Deployment's pods run " + world.workloadOf(now).map(world::runningRevisions).orElse(Set.of())
        + ".");
  }

  private static boolean runsOnly(RolloutView now, World world) {
    return world.workloadOf(now).map(workload -> {
      Set<String> running = world.runningRevisions(workload);
      return running.isEmpty()
          ? workload.replicas() == 0 && workload.revision().equals(now.stable())
          : running.equals(Set.of(now.stable()));
    }).orElse(false);
  }
}
