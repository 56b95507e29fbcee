package dev.serin.sandbox.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A column of a Table.
///
/// @param type
///          `string`, `integer`, `boolean`, `date`
/// @param format
///          `name` for the name, else empty
/// @param priority
///          0 is always shown, more only with `-o wide`
/// @param cell
///          the value for an object at a moment
record Column(String name, String type, String format, String description, int priority,
    BiFunction<JsonNode, Instant, JsonNode> cell) {

  static Column text(String name, Function<JsonNode, String> cell) {
    return new Column(name, "string", "", name, 0, (object, _) -> TextNode.valueOf(cell.apply(object)));
  }

  static Column wide(String name, Function<JsonNode, String> cell) {
    return new Column(name, "string", "", name, 1, (object, _) -> TextNode.valueOf(cell.apply(object)));
  }

  static Column number(String name, String pointer) {
    return new Column(name, "integer", "", name, 0, (object, _) -> IntNode.valueOf(object.at(pointer).asInt()));
  }

  static Column timed(String name, BiFunction<JsonNode, Instant, String> cell) {
    return new Column(name, "string", "", name, 0, (object, now) -> TextNode.valueOf(cell.apply(object, now)));
  }

  static Column age() {
    return timed("Age", (object, now) -> Ages.since(object.at("/metadata/creationTimestamp").asText(), now));
  }

  static Column ofName() {
    return new Column("Name", "string", "name", "Name must be unique within a namespace", 0,
        (object, _) -> object.at("/metadata/name"));
  }
}
