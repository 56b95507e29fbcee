package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// Counts pods into a Deployment's status and tells its progress by the conditions Available and Progressing.
final class DeploymentStatus {

  private static final String PROGRESSING = "Progressing";
  private static final String COMPLETE = "NewReplicaSetAvailable";
  private static final String LATE = "ProgressDeadlineExceeded";

  private final Deployment deployment;
  private final Fleet fleet;
  private final ObjectNode status;
  private final Conditions conditions;
  private final Instant now;

  /// @param live
  ///          the Deployment whose status is changed in place
  DeploymentStatus(ObjectNode live, Fleet fleet, Instant now) {
    deployment = new Deployment(live);
    this.fleet = fleet;
    this.now = now;
    status = live.withObject("/status");
    conditions = new Conditions(status, now);
  }

  /// A new ReplicaSet restarts the progress deadline.
  void created(ReplicaSet replicaSet) {
    if (hasDeadline()) {
      conditions.renew(PROGRESSING, "True", "NewReplicaSetCreated",
          "Created new replica set \"" + replicaSet.name() + "\"");
    }
  }

  /// Pausing and resuming restart the deadline too: nobody can be late while paused.
  void pausedOrResumed() {
    if (!hasDeadline() || conditions.has(PROGRESSING, LATE)) {
      return;
    }
    var noted = conditions.has(PROGRESSING, "DeploymentPaused");
    if (deployment.isPaused() && !noted) {
      conditions.set(PROGRESSING, "Unknown", "DeploymentPaused", "Deployment is paused");
    } else if (!deployment.isPaused() && noted) {
      conditions.set(PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed");
    }
  }

  /// @param rolling
  ///          false while paused or scaled, when no progress is expected
  void count(boolean rolling) {
    var before = new Counts(number("replicas"), number("updatedReplicas"), number("readyReplicas"),
        number("availableReplicas"));
    var newest = fleet.newest();
    var after = new Counts(fleet.total(ReplicaSet::actual), newest == null ? 0 : newest.actual(),
        fleet.total(ReplicaSet::ready), fleet.total(ReplicaSet::available));
    put("replicas", after.replicas);
    put("updatedReplicas", after.updated);
    put("readyReplicas", after.ready);
    put("availableReplicas", after.available);
    put("unavailableReplicas", Math.max(0, fleet.total(ReplicaSet::replicas) - after.available));
    status.put("observedGeneration", deployment.object().at("/metadata/generation").asInt());
    var enough = after.available >= deployment.minAvailable();
    conditions.set("Available", enough ? "True" : "False",
        enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.");
    if (!hasDeadline()) {
      conditions.remove(PROGRESSING);
    } else if (rolling && !(after.replicas == after.updated && conditions.has(PROGRESSING, COMPLETE))) {
      progress(before, after);
    }
  }

  private record Counts(int replicas, int updated, int ready, int available) {

    boolean isAheadOf(Counts other) {
      return updated > other.updated || replicas - updated < other.replicas - other.updated || ready > other.ready
          || available > other.available;
    }

    boolean isComplete(int wanted) {
      return updated == wanted && replicas == wanted && available == wanted;
    }
  }

  private void progress(Counts before, Counts after) {
    var newest = fleet.newest();
    var subject = newest == null
        ? "Deployment \"" + deployment.name() + "\""
        : "ReplicaSet \"" + newest.name() + "\"";
    if (after.isComplete(deployment.replicas())) {
      conditions.set(PROGRESSING, "True", COMPLETE, subject + " has successfully progressed.");
    } else if (after.isAheadOf(before)) {
      conditions.renew(PROGRESSING, "True", "ReplicaSetUpdated", subject + " is progressing.");
    } else if (isLate()) {
      conditions.set(PROGRESSING, "False", LATE, subject + " has timed out progressing.");
    }
  }

  private boolean isLate() {
    return conditions.find(PROGRESSING).filter(condition -> !condition.path("reason").asText().equals(COMPLETE))
        .filter(condition -> Instant.parse(condition.path("lastUpdateTime").asText())
            .plusSeconds(deployment.progressDeadlineSeconds()).isBefore(now))
        .isPresent();
  }

  private boolean hasDeadline() {
    return deployment.progressDeadlineSeconds() != Integer.MAX_VALUE;
  }

  private int number(String field) {
    return status.path(field).asInt();
  }

  /// Kubernetes leaves zeros out of a Deployment's status.
  private void put(String field, int value) {
    if (value == 0) {
      status.remove(field);
    } else {
      status.put(field, value);
    }
  }
}
