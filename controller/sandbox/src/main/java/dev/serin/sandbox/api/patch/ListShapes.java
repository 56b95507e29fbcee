package dev.serin.sandbox.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/// The shape of every list of a kind.
@FunctionalInterface
public interface ListShapes {

  /// @param path
  ///          field names from the object's root to the list; positions in lists are left out
  ListShape at(List<String> path);

  /// The built-in kinds, by the names of their fields.
  static ListShapes builtIn() {
    return BuiltInShapes::at;
  }

  /// A custom kind, by the list markers of its schema.
  static ListShapes ofSchema(JsonNode schema) {
    return path -> path.getFirst().equals("metadata") ? BuiltInShapes.at(path) : shape(schemaAt(schema, path));
  }

  private static JsonNode schemaAt(JsonNode schema, List<String> path) {
    var at = schema;
    for (var field : path) {
      var object = at.path("type").asText().equals("array") ? at.path("items") : at;
      var named = object.path("properties").path(field);
      at = named.isMissingNode() ? object.path("additionalProperties") : named;
    }
    return at;
  }

  private static ListShape shape(JsonNode list) {
    return switch (list.path("x-kubernetes-list-type").asText()) {
      case "set" -> new ListShape.Unique();
      case "map" -> new ListShape.Keyed(
          StreamSupport.stream(list.path("x-kubernetes-list-map-keys").spliterator(), false).map(JsonNode::asText)
              .toList());
      default -> new ListShape.Atomic();
    };
  }
}
