package dev.serin.sandbox.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// JSON merge patch, RFC 7386.
public final class MergePatch {

  private MergePatch() {}

  /// @param target
  ///          changed in place
  public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
    patch.properties().forEach(field -> {
      var value = field.getValue();
      if (value.isNull()) {
        target.remove(field.getKey());
      } else {
        target.set(field.getKey(), merged(target.get(field.getKey()), value));
      }
    });
    return target;
  }

  private static JsonNode merged(@Nullable JsonNode live, JsonNode patch) {
    if (!(patch instanceof ObjectNode fields)) {
      return patch;
    }
    return apply(live instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(), fields);
  }
}
