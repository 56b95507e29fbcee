package dev.serin.rollout.model;

import static dev.serin.rollout.model.Cluster.A;

import dev.serin.plan.PlannedStep;
import dev.serin.plan.Weight;
import dev.serin.rollout.Observation.Requests;
import dev.serin.rollout.RolloutRecord;
import dev.serin.rollout.model.Cluster.Orphan;
import dev.serin.rollout.model.Cluster.Shield;
import dev.serin.rollout.model.Deployed.Health;
import dev.serin.rollout.model.Deployed.Pods;
import dev.serin.rollout.model.Deployed.Switch;
import dev.serin.rollout.model.Stored.Life;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Where a search begins, and how much may happen on each path.
///
/// @param shield
///          what holds templates
/// @param steps
///          the steps that the spec asks for; none means the default ones
/// @param resumed
///          number of the last resume under an earlier Rollout, 0 if there was none
/// @param events
///          how often people act
/// @param looks
///          how often a second controller looks and writes later
record Setting(Shield shield, List<PlannedStep> steps, long resumed, int events, int looks) {

  static final int PODS = 4;

  /// One pod, then as many as stable after an approval.
  static final List<PlannedStep> APPROVED = List.of(step(200_000, false), step(500_000, true));

  Setting {
    steps = List.copyOf(steps);
  }

  private static PlannedStep step(int partsPerMillion, boolean untilApproved) {
    return new PlannedStep(new Weight(partsPerMillion), Duration.ofMinutes(2), Duration.ofMinutes(30), untilApproved);
  }

  /// Four pods run revision A; a Rollout was just created.
  World start() {
    var deployed = new Deployed(false, A, new Switch(false, false, false, resumed), PODS,
        new Pods(Set.of(A), Health.SETTLED, false));
    var cluster = new Cluster(deployed, null, Orphan.NONE, Set.of(), shield);
    var stored = new Stored(RolloutRecord.initial(), Requests.NONE, false, Life.STAYING, Stored.UNOPENED, false);
    return Abstraction.of(new World(cluster, stored, null, events, looks));
  }
}
