package dev.serin.operator.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/// The smallest JSON merge patch (RFC 7386) from one object to another.
///
/// Only members that `to` has, null ones included, are touched: what a newer version stored beside them stays.
final class MergePatch {

  private MergePatch() {}

  static ObjectNode between(JsonNode from, ObjectNode to) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    to.properties().forEach(member -> {
      JsonNode old = from.path(member.getKey());
      JsonNode value = member.getValue();
      boolean gone = value.isNull() && (old.isMissingNode() || old.isNull());
      if (!gone && !Objects.equals(old, value)) {
        if (value instanceof ObjectNode object && old.isObject()) {
          ObjectNode inner = between(old, object);
          if (!inner.isEmpty()) {
            patch.set(member.getKey(), inner);
          }
        } else {
          patch.set(member.getKey(), value);
        }
      }
    });
    return patch;
  }
}
