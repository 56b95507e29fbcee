package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.select.Selection;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.store.DeleteOptions;
import dev.serin.sandbox.api.store.Edit;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.Writer;
import java.util.List;

/// Keeps as many pods as each ReplicaSet wants, and counts them into its status.
final class ReplicaSetController {

  private final Cluster cluster;
  private final ResourceType replicaSets;
  private final ResourceType pods;

  ReplicaSetController(Cluster cluster) {
    this.cluster = cluster;
    replicaSets = cluster.types().builtIn("replicasets.apps");
    pods = cluster.types().builtIn("pods");
  }

  void reconcileAll() {
    cluster.list(replicaSets, "", Selection.ALL).objects().forEach(this::reconcile);
  }

  private void reconcile(ObjectNode replicaSet) {
    var active = active(replicaSet);
    if (!replicaSet.path("metadata").has("deletionTimestamp")) {
      var wanted = replicaSet.at("/spec/replicas").asInt();
      for (var i = active.size(); i < wanted; i++) {
        cluster.create(pods, namespace(replicaSet), pod(replicaSet), Writer.CONTROLLER);
      }
      active.stream().sorted(Pod.DISPENSABLE_FIRST).limit(Math.max(0, active.size() - wanted)).forEach(
          pod -> cluster.delete(pods, namespace(replicaSet), pod.name(), DeleteOptions.BACKGROUND));
    }
    count(replicaSet, active(replicaSet));
  }

  private List<Pod> active(ObjectNode replicaSet) {
    return Owners.children(cluster, replicaSet, pods).stream().map(Pod::new).filter(Pod::isActive).toList();
  }

  private static ObjectNode pod(ObjectNode replicaSet) {
    var template = replicaSet.at("/spec/template");
    var pod = JsonNodeFactory.instance.objectNode();
    var metadata = pod.putObject("metadata").put("generateName", replicaSet.at("/metadata/name").asText() + "-");
    for (var field : List.of("labels", "annotations", "finalizers")) {
      if (template.path("metadata").has(field)) {
        metadata.set(field, template.path("metadata").path(field).deepCopy());
      }
    }
    metadata.putArray("ownerReferences").add(Owners.reference(replicaSet));
    pod.set("spec", template.path("spec").deepCopy());
    return pod;
  }

  private void count(ObjectNode replicaSet, List<Pod> active) {
    var now = cluster.now();
    var minReady = replicaSet.at("/spec/minReadySeconds").asLong();
    var generation = replicaSet.at("/metadata/generation").asLong();
    cluster.update(replicaSets, namespace(replicaSet), replicaSet.at("/metadata/name").asText(), Edit.ofStatus(live -> {
      var status = live.withObject("/status");
      status.put("replicas", active.size()).put("fullyLabeledReplicas", active.size());
      status.put("readyReplicas", (int) active.stream().filter(Pod::isReady).count());
      status.put("availableReplicas", (int) active.stream().filter(pod -> pod.isAvailable(now, minReady)).count());
      status.put("observedGeneration", (int) generation);
      return live;
    }), Writer.CONTROLLER);
  }

  private static String namespace(ObjectNode object) {
    return object.at("/metadata/namespace").asText();
  }
}
