package dev.serin.rollout.model;

import dev.serin.plan.ReplicaRatio;
import dev.serin.rollout.Canary;
import dev.serin.rollout.Decision;
import dev.serin.rollout.Observation;
import dev.serin.rollout.Observation.Leftovers;
import dev.serin.rollout.Observation.Wish;
import dev.serin.rollout.RolloutState;
import dev.serin.rollout.Workload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Everything at one moment.
///
/// @param cluster
///          what exists besides the Rollout
/// @param stored
///          the Rollout
/// @param late
///          what a second controller has decided and not written yet
/// @param events
///          how often people may still act
/// @param looks
///          how often a second controller may still look
record World(Cluster cluster, Stored stored, @Nullable Late late, int events, int looks) {

  RolloutState state() {
    return stored.record().state();
  }

  World cluster(Cluster changed) {
    return new World(changed, stored, late, events, looks);
  }

  World deployed(@Nullable Deployed changed) {
    return cluster(cluster.deployed(changed));
  }

  World canary(@Nullable Carrier changed) {
    return cluster(cluster.canary(changed));
  }

  World stored(Stored changed) {
    return new World(cluster, changed, late, events, looks);
  }

  World late(@Nullable Late changed) {
    return new World(cluster, stored, changed, events, looks);
  }

  World afterEvent() {
    return new World(cluster, stored, late, events - 1, looks);
  }

  World afterLook() {
    return new World(cluster, stored, late, events, looks - 1);
  }

  /// The same world, in which nobody but one controller, Kubernetes and the judge acts.
  World alone() {
    return late == null && events == 0 && looks == 0 ? this : new World(cluster, stored, null, 0, 0);
  }

  Observation seen(Setting setting) {
    Deployed deployed = cluster.deployed();
    Carrier canary = cluster.canary();
    int pods = deployed == null ? 1 : Math.max(1, deployed.desired());
    return new Observation(
        deployed == null
            ? new Workload.Missing("app")
            : deployed.found(cluster.kept(), cluster.shield().protection()),
        canary == null ? new Canary.Absent() : canary.seen(), stored.attempt(),
        new Wish(setting.steps(), Duration.ofMinutes(2), Duration.ofMinutes(30),
            ReplicaRatio.refusal(setting.steps(), pods).orElse(null)),
        stored.asked(), stored.tenure(), new Leftovers(cluster.orphan().stray(), null));
  }

  Decision decision(Machine machine, Setting setting) {
    return machine.next(stored.record(), seen(setting), stored.now());
  }

  @Override
  public String toString() {
    return Words.of(this);
  }
}
