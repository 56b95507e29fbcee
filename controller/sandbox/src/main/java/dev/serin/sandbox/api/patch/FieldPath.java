package dev.serin.sandbox.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The way to one value, in the words of `managedFields`: `f:` a field, `k:` a list element by its keys, `v:` a value
/// of a set,
/// `.` the element itself.
///
/// @param elements
///          from the root, never empty
record FieldPath(List<String> elements) {

  static final String SELF = ".";

  /// Every leaf of an object with its value; lists that merge are entered, others are leaves.
  static Map<FieldPath, JsonNode> leaves(ObjectNode object, ListShapes shapes) {
    var found = new LinkedHashMap<FieldPath, JsonNode>();
    collect(object, List.of(), List.of(), shapes, found);
    return found;
  }

  /// The element of a keyed list, as `k:{"name":"app"}`. A protocol left out is TCP.
  static String key(JsonNode item, List<String> keys) {
    var values = JsonNodeFactory.instance.objectNode();
    for (var key : keys) {
      var value = item.path(key);
      if (!value.isMissingNode()) {
        values.set(key, value);
      } else if (key.equals("protocol")) {
        values.put(key, "TCP");
      }
    }
    return "k:" + values;
  }

  FieldPath parent() {
    return new FieldPath(elements.subList(0, elements.size() - 1));
  }

  boolean isUnder(FieldPath other) {
    return elements.size() > other.elements.size() && elements.subList(0, other.elements.size()).equals(other.elements);
  }

  /// As a person reads it: `.spec.template.spec.containers[name="app"].image`.
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var element : elements) {
      if (element.startsWith("f:")) {
        text.append('.').append(element, 2, element.length());
      } else if (!element.equals(SELF)) {
        text.append('[').append(element, 2, element.length()).append(']');
      }
    }
    return text.toString();
  }

  private static void collect(JsonNode value, List<String> names, List<String> path, ListShapes shapes,
      Map<FieldPath, JsonNode> found) {
    if (value instanceof ObjectNode object && !object.isEmpty()) {
      for (var field : object.properties()) {
        collect(field.getValue(), with(names, field.getKey()), with(path, "f:" + field.getKey()), shapes, found);
      }
    } else if (value instanceof ArrayNode list) {
      switch (shapes.at(names)) {
        case ListShape.Atomic() -> found.put(new FieldPath(path), value);
        case ListShape.Unique() -> list.forEach(item -> found.put(new FieldPath(with(path, "v:" + item)), item));
        case ListShape.Keyed(var keys) -> list.forEach(item -> {
          var inside = with(path, key(item, keys));
          found.put(new FieldPath(with(inside, SELF)), JsonNodeFactory.instance.objectNode());
          collect(item, names, inside, shapes, found);
        });
      }
    } else if (!path.isEmpty()) {
      found.put(new FieldPath(path), value);
    }
  }

  static List<String> with(List<String> list, String last) {
    var longer = new ArrayList<>(list);
    longer.add(last);
    return List.copyOf(longer);
  }
}
