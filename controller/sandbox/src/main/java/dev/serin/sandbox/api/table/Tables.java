package dev.serin.sandbox.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serin.sandbox.api.store.ResourceType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Writes objects as a `meta.k8s.io/v1` Table.
public final class Tables {

  private final InstantSource clock;

  /// @param clock
  ///          for ages
  public Tables(InstantSource clock) {
    this.clock = clock;
  }

  /// @param metadata
  ///          of the list or the single object
  /// @param include
  ///          what a row carries of its object: `None`, `Metadata` (also if empty) or `Object`
  public ObjectNode of(ResourceType type, List<ObjectNode> objects, JsonNode metadata, String include) {
    var columns = columns(type);
    var table = JsonNodeFactory.instance.objectNode().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    var meta = table.putObject("metadata");
    for (var field : List.of("resourceVersion", "continue", "remainingItemCount", "annotations")) {
      if (metadata.has(field)) {
        meta.set(field, metadata.path(field));
      }
    }
    var definitions = table.putArray("columnDefinitions");
    columns.forEach(column -> definitions.addObject().put("name", column.name()).put("type", column.type())
        .put("format", column.format()).put("description", column.description()).put("priority", column.priority()));
    var rows = table.putArray("rows");
    for (var object : objects) {
      var row = rows.addObject();
      var cells = row.putArray("cells");
      columns.forEach(column -> cells.add(column.cell().apply(object, clock.instant())));
      if (!include.equals("None")) {
        row.set("object", include.equals("Object") ? object : partial(object));
      }
    }
    return table;
  }

  private static ObjectNode partial(ObjectNode object) {
    var partial = JsonNodeFactory.instance.objectNode().put("kind", "PartialObjectMetadata").put("apiVersion",
        "meta.k8s.io/v1");
    partial.set("metadata", object.path("metadata"));
    return partial;
  }

  private static List<Column> columns(ResourceType type) {
    if (type.definition().isEmpty()) {
      return BuiltInColumns.of(type.resource());
    }
    var columns = new ArrayList<Column>();
    columns.add(Column.ofName());
    type.definition().get().path("additionalPrinterColumns").forEach(column -> columns.add(custom(column)));
    if (columns.size() == 1) {
      columns.add(Column.age());
    }
    return columns;
  }

  private static Column custom(JsonNode column) {
    var path = JsonPath.parse(column.path("jsonPath").asText());
    var date = column.path("type").asText().equals("date");
    return new Column(column.path("name").asText(), date ? "date" : column.path("type").asText(),
        column.path("format").asText(),
        column.path("description").asText(), column.path("priority").asInt(), (object, now) -> {
          var found = path.find(object);
          if (found.isEmpty()) {
            return NullNode.getInstance();
          }
          if (date) {
            return TextNode.valueOf(Ages.since(found.getFirst().asText(), now));
          }
          return found.size() == 1 && found.getFirst().isValueNode()
              ? found.getFirst()
              : TextNode.valueOf(found.stream().map(node -> node.isValueNode() ? node.asText() : node.toString())
                  .collect(Collectors.joining(",")));
        });
  }
}
