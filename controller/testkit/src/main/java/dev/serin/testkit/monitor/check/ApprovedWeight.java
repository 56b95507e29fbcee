package dev.serin.testkit.monitor.check;

import dev.serin.testkit.monitor.store.RolloutView;
import dev.serin.testkit.monitor.store.StoredObject;
import dev.serin.testkit.monitor.store.World;
import java.util.Optional;
import java.util.stream.Stream;

/// The share that a canary may have.
final class ApprovedWeight {

  private static final String PROMOTING = "Promoting";

  private ApprovedWeight() {}

  /// The approved weight; while the Deployment rolls, which has 100 %, that of the last step. Empty if none is approved.
  static Optional<String> of(RolloutView rollout, World world) {
    if (!promoting(rollout)) {
      return Optional.of(rollout.weight()).filter(_ -> rollout.approves());
    }
    return analyses(rollout, world).map(analysis -> analysis.json().at("/spec/steps"))
        .filter(steps -> !steps.isEmpty()).map(steps -> steps.path(steps.size() - 1).path("weight").asText())
        .findFirst();
  }

  static boolean promoting(RolloutView rollout) {
    return rollout.state().equals(PROMOTING);
  }

  /// The Analyses of the candidate's revision.
  static Stream<StoredObject> analyses(RolloutView rollout, World world) {
    return world.analysesOf(rollout)
        .filter(analysis -> analysis.json().at("/spec/revision").asText().equals(rollout.candidate()));
  }
}
