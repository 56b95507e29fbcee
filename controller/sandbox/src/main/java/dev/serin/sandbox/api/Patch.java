package dev.serin.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.patch.MergePatch;
import dev.serin.sandbox.api.patch.StrategicMerge;
import dev.serin.sandbox.api.store.ApiException;
import dev.serin.sandbox.api.store.ResourceType;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/// The body of a PATCH request, by its content type.
sealed interface Patch {

  record Json(JsonNode operations) implements Patch {}

  record Merge(ObjectNode fields) implements Patch {}

  record Strategic(ObjectNode fields) implements Patch {}

  record Apply(ObjectNode config) implements Patch {}

  /// @throws ApiException
  ///           415 for another content type, 400 for another body
  static Patch of(String contentType, String body) {
    return switch (contentType.split(";", 2)[0].strip()) {
      case "application/json-patch+json" -> new Json(Bodies.parse(body));
      case "application/merge-patch+json" -> new Merge(Bodies.object(body));
      case "application/strategic-merge-patch+json" -> new Strategic(Bodies.object(body));
      case "application/apply-patch+yaml" -> new Apply(Bodies.object(body));
      default -> throw unsupported();
    };
  }

  /// @param live
  ///          may be changed
  default ObjectNode apply(ObjectNode live, ResourceType type) {
    return switch (this) {
      case Json(var operations) -> operate(live, operations, type);
      case Merge(var fields) -> MergePatch.apply(live, fields);
      case Strategic(var fields) when type.mergesStrategically() ->
        new StrategicMerge(type.shapes()).apply(live, fields);
      case Strategic _ -> throw unsupported();
      case Apply(var config) -> MergePatch.apply(live, config);
    };
  }

  private static ObjectNode operate(ObjectNode live, JsonNode operations, ResourceType type) {
    try {
      if (JsonPatch.apply(operations, live) instanceof ObjectNode object) {
        return object;
      }
      throw ApiException.badRequest("the patch leaves no object");
    } catch (JsonPatchException _) {
      // A failed `test`, or a path that is not there.
      throw new ApiException(422, "Invalid",
          "the server rejected our request due to an error in our request: the JSON patch does"
              + " not apply to this " + type.kind());
    }
  }

  private static ApiException unsupported() {
    return new ApiException(415, "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types"
            + " include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
  }
}
