package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.select.LabelSelector;
import dev.serin.sandbox.api.select.Selection;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.store.Edit;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.Writer;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Which objects a controller object has, by `ownerReferences`.
final class Owners {

  private Owners() {}

  /// The objects that match the owner's selector and are its own; those without controller are adopted on the way.
  static List<ObjectNode> children(Cluster cluster, ObjectNode owner, ResourceType type) {
    var selection = Selection.of(LabelSelector.ofObject(owner.at("/spec/selector")));
    return cluster.list(type, owner.at("/metadata/namespace").asText(), selection).objects().stream()
        .map(child -> mayAdopt(owner, child) ? adopt(cluster, type, owner, child) : child)
        .filter(child -> isController(owner, child)).toList();
  }

  static ObjectNode reference(ObjectNode owner) {
    return JsonNodeFactory.instance.objectNode().put("apiVersion", owner.path("apiVersion").asText())
        .put("kind", owner.path("kind").asText()).put("name", owner.at("/metadata/name").asText())
        .put("uid", owner.at("/metadata/uid").asText()).put("controller", true).put("blockOwnerDeletion", true);
  }

  private static boolean isController(ObjectNode owner, ObjectNode child) {
    return controller(child).filter(reference -> reference.path("uid").equals(owner.at("/metadata/uid"))).isPresent();
  }

  private static Optional<JsonNode> controller(ObjectNode child) {
    return StreamSupport.stream(child.at("/metadata/ownerReferences").spliterator(), false)
        .filter(reference -> reference.path("controller").asBoolean()).findFirst();
  }

  private static boolean mayAdopt(ObjectNode owner, ObjectNode child) {
    return controller(child).isEmpty() && !child.path("metadata").has("deletionTimestamp")
        && !owner.path("metadata").has("deletionTimestamp");
  }

  private static ObjectNode adopt(Cluster cluster, ResourceType type, ObjectNode owner, ObjectNode orphan) {
    return cluster.update(type, orphan.at("/metadata/namespace").asText(), orphan.at("/metadata/name").asText(),
        Edit.of(live -> {
          live.withObject("/metadata").withArray("/ownerReferences").add(reference(owner));
          return live;
        }), Writer.CONTROLLER);
  }
}
