package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;

/// A ReplicaSet as the Deployment controller sees it.
record ReplicaSet(ObjectNode object) {

  static final String HASH = "pod-template-hash";
  static final String REVISION = "deployment.kubernetes.io/revision";
  static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  static final String MAXIMUM = "deployment.kubernetes.io/max-replicas";

  static final Comparator<ReplicaSet> OLDEST_FIRST = Comparator.comparing(ReplicaSet::created)
      .thenComparingLong(ReplicaSet::revision).thenComparing(ReplicaSet::name);
  static final Comparator<ReplicaSet> LARGEST_FIRST = Comparator.comparingInt(ReplicaSet::replicas).reversed();

  String name() {
    return object.at("/metadata/name").asText();
  }

  int replicas() {
    return object.at("/spec/replicas").asInt();
  }

  /// Pods that exist, which lags behind those wanted.
  int actual() {
    return object.at("/status/replicas").asInt();
  }

  int ready() {
    return object.at("/status/readyReplicas").asInt();
  }

  int available() {
    return object.at("/status/availableReplicas").asInt();
  }

  boolean isActive() {
    return replicas() > 0;
  }

  boolean isObserved() {
    return object.at("/status/observedGeneration").asLong() >= object.at("/metadata/generation").asLong();
  }

  boolean isDeleting() {
    return object.path("metadata").has("deletionTimestamp");
  }

  /// 0 when it has none.
  long revision() {
    return annotation(REVISION).asLong(0);
  }

  /// Missing on a ReplicaSet that no Deployment has scaled.
  JsonNode annotation(String name) {
    return object.path("metadata").path("annotations").path(name);
  }

  /// The pod template as its Deployment wrote it.
  JsonNode template() {
    var template = object.at("/spec/template").deepCopy();
    if (template.at("/metadata/labels") instanceof ObjectNode labels) {
      labels.remove(HASH);
    }
    return template;
  }

  private String created() {
    return object.at("/metadata/creationTimestamp").asText();
  }
}
