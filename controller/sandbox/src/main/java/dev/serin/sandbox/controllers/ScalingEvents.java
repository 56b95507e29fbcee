package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.Writer;
import java.time.temporal.ChronoUnit;

/// Events on a Deployment that `kubectl describe` shows.
final class ScalingEvents {

  private final Cluster cluster;
  private final ResourceType events;

  ScalingEvents(Cluster cluster) {
    this.cluster = cluster;
    events = cluster.types().builtIn("events");
  }

  void scaled(Deployment deployment, ReplicaSet replicaSet, int size) {
    var time = cluster.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var event = JsonNodeFactory.instance.objectNode().put("type", "Normal").put("reason", "ScalingReplicaSet")
        .put("message", "Scaled %s replica set %s from %d to %d".formatted(size > replicaSet.replicas() ? "up" : "down",
            replicaSet.name(), replicaSet.replicas(), size))
        .put("firstTimestamp", time).put("lastTimestamp", time).put("count", 1)
        .put("reportingComponent", "deployment-controller");
    event.putObject("metadata").put("generateName", deployment.name() + ".");
    event.putObject("source").put("component", "deployment-controller");
    var object = event.putObject("involvedObject").put("apiVersion", "apps/v1").put("kind", "Deployment")
        .put("name", deployment.name()).put("namespace", deployment.namespace());
    object.set("uid", deployment.object().at("/metadata/uid"));
    cluster.create(events, deployment.namespace(), event, Writer.CONTROLLER);
  }
}
