package dev.serin.sandbox.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Server-side apply: what a manager applied before and leaves out now goes, unless somebody else owns it too.
///
/// Simpler than Kubernetes: ownership does not move from a client-side apply, and a type change of a field is
/// not tracked.
public final class ServerSideApply {

  /// The object after an apply, and what stood in its way.
  ///
  /// @param conflicts
  ///          fields with another value that other managers own; empty when forced
  public record Applied(ObjectNode object, List<Conflict> conflicts) {}

  /// A field that another manager owns.
  public record Conflict(String manager, String field) {}

  private final ListShapes shapes;

  public ServerSideApply(ListShapes shapes) {
    this.shapes = shapes;
  }

  /// @param live
  ///          the object as it is, not changed
  /// @param config
  ///          what the manager wants, all of it
  public Applied apply(ObjectNode live, ObjectNode config, Author author, boolean force) {
    var values = FieldPath.leaves(live, shapes);
    var wanted = FieldPath.leaves(config, shapes);
    wanted.keySet().removeIf(path -> !FieldOwner.ownable(path));
    var others = new ArrayList<FieldOwner>();
    Set<FieldPath> before = Set.of();
    for (var owner : FieldOwner.read(live)) {
      if (owner.is(author, FieldOwner.APPLY)) {
        before = owner.fields();
      } else {
        others.add(owner);
      }
    }
    var taken = wanted.entrySet().stream().filter(leaf -> !leaf.getValue().equals(values.get(leaf.getKey())))
        .map(Map.Entry::getKey).collect(Collectors.toSet());
    var conflicts = new ArrayList<Conflict>();
    if (!force) {
      others.forEach(owner -> owner.fields().stream().filter(taken::contains)
          .forEach(path -> conflicts.add(new Conflict(owner.manager(), path.toString()))));
    }
    others.replaceAll(owner -> owner.less(taken));
    var next = merge(live.deepCopy(), config.deepCopy(), List.of());
    removeAbandoned(next, before, wanted.keySet(), others);
    if (taken.isEmpty() && before.equals(wanted.keySet())) {
      return new Applied(next, conflicts);
    }
    others.add(FieldOwner.of(author, FieldOwner.APPLY, wanted.keySet()));
    FieldOwner.write(next, others);
    return new Applied(next, conflicts);
  }

  private void removeAbandoned(ObjectNode next, Set<FieldPath> before, Set<FieldPath> wanted, List<FieldOwner> others) {
    var kept = new LinkedHashSet<>(wanted);
    others.forEach(owner -> kept.addAll(owner.fields()));
    for (var path : before) {
      var isItem = path.elements().getLast().equals(FieldPath.SELF);
      var target = isItem ? path.parent() : path;
      if (!kept.contains(path) && kept.stream().noneMatch(other -> other.isUnder(target))) {
        remove(next, target.elements(), new ArrayList<>());
      }
    }
  }

  /// True when `node` is left empty, so that its parent drops it too.
  private boolean remove(JsonNode node, List<String> path, List<String> names) {
    var element = path.getFirst();
    var last = path.size() == 1;
    if (element.startsWith("f:") && node instanceof ObjectNode object) {
      var name = element.substring(2);
      names.add(name);
      if (object.has(name) && (last || remove(object.path(name), path.subList(1, path.size()), names))) {
        object.remove(name);
      }
    } else if (node instanceof ArrayNode list) {
      for (var i = list.size() - 1; i >= 0; i--) {
        if (element(list.get(i), names).equals(element)
            && (last || remove(list.get(i), path.subList(1, path.size()), names))) {
          list.remove(i);
        }
      }
    }
    return node.isEmpty();
  }

  private String element(JsonNode item, List<String> names) {
    return switch (shapes.at(names)) {
      case ListShape.Keyed(var keys) -> FieldPath.key(item, keys);
      case ListShape.Unique(),ListShape.Atomic() -> "v:" + item;
    };
  }

  private ObjectNode merge(ObjectNode live, ObjectNode config, List<String> names) {
    config.properties().forEach(field -> {
      var name = field.getKey();
      var path = FieldPath.with(names, name);
      switch (field.getValue()) {
        case ObjectNode fields when live.get(name) instanceof ObjectNode object -> merge(object, fields, path);
        case ArrayNode items -> live.set(name, list(live.get(name), items, path));
        case JsonNode plain when plain.isNull() -> live.remove(name);
        default -> live.set(name, field.getValue());
      }
    });
    return live;
  }

  private ArrayNode list(@Nullable JsonNode live, ArrayNode config, List<String> names) {
    var existing = live instanceof ArrayNode list ? list : JsonNodeFactory.instance.arrayNode();
    return switch (shapes.at(names)) {
      case ListShape.Atomic() -> config;
      case ListShape.Unique() -> StrategicMerge.union(existing, config);
      case ListShape.Keyed(var keys) -> keyed(existing, config, keys, names);
    };
  }

  private ArrayNode keyed(ArrayNode live, ArrayNode config, List<String> keys, List<String> names) {
    for (var item : config) {
      var existing = find(live, FieldPath.key(item, keys), keys);
      if (existing != null && item instanceof ObjectNode fields) {
        merge(existing, fields, names);
      } else {
        live.add(item);
      }
    }
    return live;
  }

  private static @Nullable ObjectNode find(ArrayNode list, String key, List<String> keys) {
    for (var item : list) {
      if (item instanceof ObjectNode object && FieldPath.key(object, keys).equals(key)) {
        return object;
      }
    }
    return null;
  }
}
