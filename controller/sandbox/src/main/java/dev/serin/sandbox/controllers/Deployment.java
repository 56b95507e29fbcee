package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A Deployment as its controller sees it, with the server's defaults in place.
record Deployment(ObjectNode object) {

  String name() {
    return object.at("/metadata/name").asText();
  }

  String namespace() {
    return object.at("/metadata/namespace").asText();
  }

  int replicas() {
    return object.at("/spec/replicas").asInt();
  }

  boolean isPaused() {
    return object.at("/spec/paused").asBoolean();
  }

  boolean isDeleting() {
    return object.path("metadata").has("deletionTimestamp");
  }

  boolean rolls() {
    return object.at("/spec/strategy/type").asText().equals("RollingUpdate");
  }

  JsonNode template() {
    return object.at("/spec/template");
  }

  /// Pods beyond `replicas` that a rollout may have.
  int maxSurge() {
    return rolls() ? resolve(object.at("/spec/strategy/rollingUpdate/maxSurge"), true) : 0;
  }

  /// Pods below `replicas` that a rollout may miss; 1 where both limits would forbid any progress.
  int maxUnavailable() {
    if (!rolls() || replicas() == 0) {
      return 0;
    }
    var missing = resolve(object.at("/spec/strategy/rollingUpdate/maxUnavailable"), false);
    return Math.min(missing == 0 && maxSurge() == 0 ? 1 : missing, replicas());
  }

  int maximum() {
    return replicas() + maxSurge();
  }

  int minAvailable() {
    return replicas() - maxUnavailable();
  }

  int progressDeadlineSeconds() {
    return object.at("/spec/progressDeadlineSeconds").asInt();
  }

  int revisionHistoryLimit() {
    return object.at("/spec/revisionHistoryLimit").asInt();
  }

  private int resolve(JsonNode limit, boolean up) {
    if (limit.isInt()) {
      return limit.asInt();
    }
    var percent = Integer.parseInt(limit.asText().replace("%", ""));
    return up ? Math.ceilDiv(replicas() * percent, 100) : Math.floorDiv(replicas() * percent, 100);
  }
}
