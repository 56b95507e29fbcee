package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// A pod as controllers see it.
record Pod(ObjectNode object) {

  /// Whom a ReplicaSet deletes first: unassigned, then pending, then not ready, then often restarted, then young pods.
  static final Comparator<Pod> DISPENSABLE_FIRST = Comparator.comparing(Pod::isAssigned).thenComparing(Pod::isRunning)
      .thenComparing(Pod::isReady).thenComparing(Comparator.comparingInt(Pod::restarts).reversed())
      .thenComparing(Comparator.comparing(Pod::created).reversed()).thenComparing(Pod::name);

  String name() {
    return object.at("/metadata/name").asText();
  }

  boolean isDeleting() {
    return object.path("metadata").has("deletionTimestamp");
  }

  /// Neither ended nor being deleted.
  boolean isActive() {
    return !isDeleting() && !hasEnded();
  }

  boolean hasEnded() {
    var phase = phase();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  boolean isReady() {
    return ready().isPresent();
  }

  /// Ready for at least that long.
  boolean isAvailable(Instant now, long minReadySeconds) {
    return ready().filter(condition -> minReadySeconds == 0 || !Instant
        .parse(condition.path("lastTransitionTime").asText(now.toString())).plusSeconds(minReadySeconds).isAfter(now))
        .isPresent();
  }

  private Optional<JsonNode> ready() {
    return StreamSupport.stream(object.at("/status/conditions").spliterator(), false).filter(
        condition -> condition.path("type").asText().equals("Ready")
            && condition.path("status").asText().equals("True"))
        .findFirst();
  }

  private String phase() {
    return object.at("/status/phase").asText();
  }

  private boolean isAssigned() {
    return !object.at("/spec/nodeName").asText().isEmpty();
  }

  private boolean isRunning() {
    return phase().equals("Running");
  }

  private int restarts() {
    return StreamSupport.stream(object.at("/status/containerStatuses").spliterator(), false)
        .mapToInt(status -> status.path("restartCount").asInt()).sum();
  }

  private String created() {
    return object.at("/metadata/creationTimestamp").asText();
  }
}
