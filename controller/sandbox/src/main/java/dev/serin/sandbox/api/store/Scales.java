package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/// The `scale` subresource of a workload.
public final class Scales {

  private Scales() {}

  /// The `autoscaling/v1` Scale of an object.
  public static ObjectNode of(ResourceType type, ObjectNode object) {
    var scale = JsonNodeFactory.instance.objectNode().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    var metadata = scale.putObject("metadata");
    for (var field : new String[]{"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      metadata.set(field, object.path("metadata").path(field));
    }
    scale.putObject("spec").put("replicas", object.at(path(type, "specReplicasPath", "/spec/replicas")).asInt());
    scale.putObject("status").put("replicas", object.at(path(type, "statusReplicasPath", "/status/replicas")).asInt())
        .put("selector", selector(object.at("/spec/selector")));
    return scale;
  }

  /// Sets the replicas that a Scale asks for, in place.
  public static ObjectNode apply(ResourceType type, ObjectNode object, ObjectNode scale) {
    var replicas = scale.at("/spec/replicas").asInt();
    if (replicas < 0) {
      throw ApiException.invalid(type, object.at("/metadata/name").asText(), List.of(new ApiException.Cause(
          "FieldValueInvalid", "spec.replicas",
          "Invalid value: " + replicas + ": must be greater than or equal to 0")));
    }
    object.withObject("/metadata").set("resourceVersion", scale.at("/metadata/resourceVersion"));
    var path = path(type, "specReplicasPath", "/spec/replicas");
    var slash = path.lastIndexOf('/');
    object.withObject(path.substring(0, slash)).put(path.substring(slash + 1), replicas);
    return object;
  }

  private static String path(ResourceType type, String field, String builtIn) {
    return type.definition().map(version -> version.at("/subresources/scale").path(field).asText().replace('.', '/'))
        .orElse(builtIn);
  }

  private static String selector(JsonNode selector) {
    var terms = new ArrayList<String>();
    selector.path("matchLabels").properties()
        .forEach(label -> terms.add(label.getKey() + "=" + label.getValue().asText()));
    for (var expression : selector.path("matchExpressions")) {
      var values = StreamSupport.stream(expression.path("values").spliterator(), false).map(JsonNode::asText).toList();
      var list = "(" + String.join(",", values) + ")";
      var key = expression.path("key").asText();
      switch (expression.path("operator").asText()) {
        case "In" -> terms.add(key + " in " + list);
        case "NotIn" -> terms.add(key + " notin " + list);
        case "Exists" -> terms.add(key);
        default -> terms.add("!" + key);
      }
    }
    return String.join(",", terms);
  }
}
