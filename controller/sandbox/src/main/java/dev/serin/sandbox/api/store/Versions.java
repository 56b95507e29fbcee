package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// The same object in the words of another version. Custom kinds differ in `apiVersion` only; Events have two shapes.
final class Versions {

  private static final Map<String, String> EVENT_FIELDS = Map.of("involvedObject", "regarding", "message", "note",
      "source",
      "deprecatedSource", "firstTimestamp", "deprecatedFirstTimestamp", "lastTimestamp", "deprecatedLastTimestamp",
      "count",
      "deprecatedCount", "reportingComponent", "reportingController");

  private Versions() {}

  /// The stored object as this version shows it. The stored one is not changed.
  static ObjectNode show(ResourceType type, ObjectNode stored) {
    if (stored.path("apiVersion").asText().equals(type.apiVersion())) {
      return stored;
    }
    var shown = stored.deepCopy().put("apiVersion", type.apiVersion());
    if (isEvent(type)) {
      EVENT_FIELDS.forEach((core, other) -> rename(shown, core, other));
    }
    return shown;
  }

  /// The object as it is stored; changed in place.
  static ObjectNode store(ResourceType type, ObjectNode shown) {
    if (isEvent(type)) {
      EVENT_FIELDS.forEach((core, other) -> rename(shown, other, core));
      shown.put("apiVersion", "v1");
    }
    return shown;
  }

  private static boolean isEvent(ResourceType type) {
    return type.is("events.events.k8s.io");
  }

  private static void rename(ObjectNode object, String from, String to) {
    var value = object.remove(from);
    if (value != null) {
      object.set(to, value);
    }
  }
}
