package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.select.Selection;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.store.Edit;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.Writer;
import dev.serin.sandbox.support.TestClock;
import dev.serin.sandbox.support.TestNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/// A cluster whose controllers move only when told to.
final class ControllersFixture {

  static final Writer USER = new Writer("kubectl", "", false);

  final TestClock clock = new TestClock();
  final Cluster cluster = new Cluster(clock);
  final TestNode node = new TestNode(cluster, 0);
  private final List<Runnable> loops = List.of(new DeploymentController(cluster)::reconcileAll,
      new ReplicaSetController(cluster)::reconcileAll, new EndpointSliceController(cluster)::reconcileAll,
      new GarbageCollector(cluster)::collect);

  /// One round of every controller.
  void round() {
    loops.forEach(Runnable::run);
  }

  /// Rounds until nothing changes any more.
  void settle() {
    for (var rounds = 0; rounds < 100; rounds++) {
      var before = cluster.store().revision();
      round();
      if (cluster.store().revision() == before) {
        return;
      }
    }
    throw new AssertionError("the controllers do not come to rest");
  }

  /// Rounds of controllers and node until nothing changes any more.
  void settleWithNode() {
    for (var rounds = 0; rounds < 100; rounds++) {
      var before = cluster.store().revision();
      settle();
      node.tick(Integer.MAX_VALUE);
      if (cluster.store().revision() == before) {
        return;
      }
    }
    throw new AssertionError("the cluster does not come to rest");
  }

  ResourceType type(String resource) {
    return cluster.types().builtIn(resource);
  }

  ObjectNode create(String resource, ObjectNode body) {
    return cluster.create(type(resource), "default", body, USER);
  }

  ObjectNode get(String resource, String name) {
    return cluster.get(type(resource), "default", name);
  }

  List<ObjectNode> list(String resource) {
    return cluster.list(type(resource), "default", Selection.ALL).objects();
  }

  ObjectNode edit(String resource, String name, Consumer<ObjectNode> change) {
    return cluster.update(type(resource), "default", name, Edit.of(live -> {
      change.accept(live);
      return live;
    }), USER);
  }

  void setImage(String deployment, String image) {
    edit("deployments.apps", deployment,
        live -> ((ObjectNode) live.at("/spec/template/spec/containers/0")).put("image", image));
  }

  /// Sizes of the ReplicaSets by image.
  int size(String image) {
    return list("replicasets.apps").stream()
        .filter(set -> set.at("/spec/template/spec/containers/0/image").asText().equals(image))
        .mapToInt(set -> set.at("/spec/replicas").asInt()).sum();
  }

  static JsonNode condition(JsonNode object, String type) {
    return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type)).findFirst().orElseThrow();
  }
}
