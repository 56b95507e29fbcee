package dev.serin.testkit.monitor.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the API server wrote down about who wrote which fields.
final class ManagedFields {

  private static final Set<String> SERIN = Set.of("serin-controller", "serin-status");

  private ManagedFields() {}

  /// The entries of Serin's field managers.
  static List<JsonNode> serins(StoredObject object) {
    List<JsonNode> entries = new ArrayList<>();
    object.json().at("/metadata/managedFields").forEach(entry -> {
      if (SERIN.contains(entry.path("manager").asText())) {
        entries.add(entry);
      }
    });
    return entries;
  }

  /// Whether Serin's entries tell of a write between two states of an object.
  static boolean wroteSince(StoredObject before, StoredObject now) {
    List<JsonNode> earlier = serins(before);
    return serins(now).stream().anyMatch(entry -> earlier.stream().filter(old -> sameEntry(old, entry)).findFirst()
        .map(old -> !old.path("time").equals(entry.path("time"))
            || !covers(old.path("fieldsV1"), entry.path("fieldsV1")))
        .orElse(true));
  }

  private static boolean sameEntry(JsonNode one, JsonNode other) {
    return List.of("manager", "operation", "subresource", "apiVersion").stream()
        .allMatch(field -> one.path(field).asText().equals(other.path(field).asText()));
  }

  private static boolean covers(JsonNode all, JsonNode some) {
    return some.properties().stream().allMatch(field -> all.has(field.getKey())
        && covers(all.path(field.getKey()), field.getValue()));
  }
}
