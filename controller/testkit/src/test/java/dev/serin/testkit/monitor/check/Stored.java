package dev.serin.testkit.monitor.check;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An object as a test has it stored. Immutable; each `with` returns a copy.
record Stored(ObjectNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// An object of the namespace `shop`, or of none if it is a namespace.
  static Stored of(String apiVersion, String kind, String name) {
    ObjectNode json = JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
    Stored stored = new Stored(json).with("/metadata/name", name).with("/metadata/uid", "uid-of-" + name);
    return kind.equals("Namespace") ? stored : stored.with("/metadata/namespace", "shop");
  }

  /// @param pointer
  ///          of a member of objects, such as `/spec/replicas`; missing ones are made
  /// @param value
  ///          what Jackson makes JSON of
  Stored with(String pointer, Object value) {
    ObjectNode copy = json.deepCopy();
    JsonPointer at = JsonPointer.compile(pointer);
    ObjectNode parent = at.head().matches() ? copy : copy.withObject(at.head());
    parent.set(at.last().getMatchingProperty(), JSON.valueToTree(value));
    return new Stored(copy);
  }

  Stored without(String pointer) {
    ObjectNode copy = json.deepCopy();
    JsonPointer at = JsonPointer.compile(pointer);
    ((ObjectNode) copy.at(at.head())).remove(at.last().getMatchingProperty());
    return new Stored(copy);
  }

  Stored withLabel(String key, String value) {
    return with("/metadata/labels/" + key.replace("/", "~1"), value);
  }

  Stored withAnnotation(String key, String value) {
    return with("/metadata/annotations/" + key.replace("/", "~1"), value);
  }

  /// Owned and managed by an object of the same namespace.
  Stored ownedBy(Stored owner) {
    return with("/metadata/ownerReferences", List.of(Map.of("apiVersion", owner.json.path("apiVersion"), "kind",
        owner.json.path("kind"), "name", owner.name(), "uid", owner.json.at("/metadata/uid"), "controller", true)));
  }

  /// Written by a field manager, the only one, that owns `spec.replicas`.
  Stored writtenBy(String manager, String time) {
    return with("/metadata/managedFields", List.of(Map.of("manager", manager, "operation", "Update", "apiVersion",
        "apps/v1", "time", time, "fieldsV1", Map.of("f:spec", Map.of("f:replicas", Map.of())))));
  }

  String name() {
    return json.at("/metadata/name").asText();
  }

  /// The key under which the API server stores it.
  String key() {
    String version = json.path("apiVersion").asText();
    String group = version.startsWith("serin.dev/") ? "serin.dev/" : "";
    String plural = (json.path("kind").asText().toLowerCase(Locale.ROOT) + "s").replace("analysiss", "analyses");
    JsonNode namespace = json.at("/metadata/namespace");
    return "/registry/" + group + plural + "/" + (namespace.isMissingNode() ? "" : namespace.asText() + "/") + name();
  }
}
