package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.JsonNode;

/// Drops nulls, as the typed objects of a real API server do: `creationTimestamp: null` in a template would otherwise be a change.
final class Nulls {

  private Nulls() {}

  /// In place.
  static void drop(JsonNode node) {
    if (node.isObject()) {
      node.properties().removeIf(field -> field.getValue().isNull());
    }
    node.forEach(Nulls::drop);
  }
}
