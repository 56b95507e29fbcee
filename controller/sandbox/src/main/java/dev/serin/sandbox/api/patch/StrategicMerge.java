package dev.serin.sandbox.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Strategic merge patch: lists merge by key, `$patch`, `$retainKeys`, `$deleteFromPrimitiveList` and
/// `$setElementOrder` count.
///
/// Elements that only the server has come after those that `$setElementOrder` names.
public final class StrategicMerge {

  private static final String DIRECTIVE = "$patch";
  private static final String RETAIN = "$retainKeys";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";

  private final ListShapes shapes;

  public StrategicMerge(ListShapes shapes) {
    this.shapes = shapes;
  }

  /// @param live
  ///          changed in place
  public ObjectNode apply(ObjectNode live, ObjectNode patch) {
    return object(live, patch, List.of());
  }

  private ObjectNode object(ObjectNode live, ObjectNode patch, List<String> path) {
    switch (patch.path(DIRECTIVE).asText()) {
      case "delete" -> {
        return live.removeAll();
      }
      case "replace" -> {
        return live.removeAll().setAll((ObjectNode) patch.deepCopy().without(DIRECTIVE));
      }
      default -> {
        if (patch.get(RETAIN) instanceof ArrayNode keys) {
          live.retain(texts(keys));
        }
      }
    }
    patch.properties().forEach(field -> {
      if (!field.getKey().startsWith("$")) {
        field(live, field.getKey(), field.getValue(), child(path, field.getKey()));
      }
    });
    patch.properties().forEach(field -> directive(live, field.getKey(), field.getValue(), path));
    return live;
  }

  private void field(ObjectNode live, String name, JsonNode value, List<String> path) {
    switch (value) {
      case ObjectNode fields ->
        live.set(name, object(live.get(name) instanceof ObjectNode o ? o : empty(), fields, path));
      case ArrayNode items -> live.set(name, list(live.get(name), items, path));
      case JsonNode plain when plain.isNull() -> live.remove(name);
      default -> live.set(name, value);
    }
  }

  private void directive(ObjectNode live, String name, JsonNode value, List<String> path) {
    if (name.startsWith(DELETE_PRIMITIVES)) {
      if (live.get(name.substring(DELETE_PRIMITIVES.length())) instanceof ArrayNode list) {
        value.forEach(gone -> removeValue(list, gone));
      }
    } else if (name.startsWith(ORDER)) {
      var field = name.substring(ORDER.length());
      if (live.get(field) instanceof ArrayNode list && value instanceof ArrayNode order) {
        live.set(field, ordered(list, order, keyOf(child(path, field))));
      }
    }
  }

  private ArrayNode list(@Nullable JsonNode live, ArrayNode patch, List<String> path) {
    var existing = live instanceof ArrayNode list ? list : JsonNodeFactory.instance.arrayNode();
    return switch (shapes.at(path)) {
      case ListShape.Atomic() -> patch;
      case ListShape.Unique() -> union(existing, patch);
      case ListShape.Keyed(var keys) -> keyed(existing, patch, keys.getFirst(), path);
    };
  }

  private ArrayNode keyed(ArrayNode live, ArrayNode patch, String key, List<String> path) {
    if (StreamSupport.stream(patch.spliterator(), false)
        .anyMatch(item -> item.path(DIRECTIVE).asText().equals("replace"))) {
      live.removeAll();
    }
    for (var item : patch) {
      if (!(item instanceof ObjectNode fields) || item.path(DIRECTIVE).asText().equals("replace")) {
        continue;
      }
      var at = position(live, key, fields.path(key));
      if (fields.path(DIRECTIVE).asText().equals("delete")) {
        if (at >= 0) {
          live.remove(at);
        }
      } else if (at >= 0 && live.get(at) instanceof ObjectNode existing) {
        live.set(at, object(existing, fields, path));
      } else {
        live.add(object(empty(), fields, path));
      }
    }
    return live;
  }

  private @Nullable String keyOf(List<String> path) {
    return shapes.at(path) instanceof ListShape.Keyed(var keys) ? keys.getFirst() : null;
  }

  private static ArrayNode ordered(ArrayNode list, ArrayNode order, @Nullable String key) {
    var ranks = new ArrayList<JsonNode>();
    order.forEach(item -> ranks.add(key == null ? item : item.path(key)));
    var items = new ArrayList<JsonNode>();
    list.forEach(items::add);
    items.sort(Comparator.comparingInt(item -> {
      var rank = ranks.indexOf(key == null ? item : item.path(key));
      return rank < 0 ? Integer.MAX_VALUE : rank;
    }));
    return JsonNodeFactory.instance.arrayNode().addAll(items);
  }

  static ArrayNode union(ArrayNode live, ArrayNode more) {
    for (var item : more) {
      if (StreamSupport.stream(live.spliterator(), false).noneMatch(item::equals)) {
        live.add(item);
      }
    }
    return live;
  }

  private static void removeValue(ArrayNode list, JsonNode gone) {
    for (var i = list.size() - 1; i >= 0; i--) {
      if (list.get(i).equals(gone)) {
        list.remove(i);
      }
    }
  }

  private static int position(ArrayNode list, String key, JsonNode value) {
    for (var i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(value)) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> texts(ArrayNode keys) {
    return StreamSupport.stream(keys.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> child(List<String> path, String field) {
    var longer = new ArrayList<>(path);
    longer.add(field);
    return longer;
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
