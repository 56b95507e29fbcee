package dev.serin.sandbox.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A set of paths as `fieldsV1`: a tree whose leaves are empty objects.
final class FieldSet {

  private FieldSet() {}

  static Set<FieldPath> read(JsonNode fields) {
    var found = new LinkedHashSet<FieldPath>();
    read(fields, List.of(), found);
    return found;
  }

  static ObjectNode write(Set<FieldPath> paths) {
    var root = JsonNodeFactory.instance.objectNode();
    for (var path : paths) {
      var at = root;
      for (var element : path.elements()) {
        at = at.get(element) instanceof ObjectNode child ? child : at.putObject(element);
      }
    }
    return root;
  }

  private static void read(JsonNode node, List<String> path, Set<FieldPath> found) {
    if (node.isEmpty()) {
      if (!path.isEmpty()) {
        found.add(new FieldPath(path));
      }
      return;
    }
    node.properties().forEach(field -> read(field.getValue(), FieldPath.with(path, field.getKey()), found));
  }
}
