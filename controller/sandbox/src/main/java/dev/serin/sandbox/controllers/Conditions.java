package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// The conditions of a Deployment's status.
///
/// @param status
///          changed in place
record Conditions(ObjectNode status, Instant now) {

  Optional<JsonNode> find(String type) {
    return StreamSupport.stream(status.path("conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type)).findFirst();
  }

  boolean has(String type, String reason) {
    return find(type).filter(condition -> condition.path("reason").asText().equals(reason)).isPresent();
  }

  /// Sets a condition unless it is there with the same status and reason.
  void set(String type, String value, String reason, String message) {
    if (find(type).filter(condition -> condition.path("status").asText().equals(value)
        && condition.path("reason").asText().equals(reason)).isEmpty()) {
      renew(type, value, reason, message);
    }
  }

  /// Sets a condition and its update time in any case.
  void renew(String type, String value, String reason, String message) {
    var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    var transition = find(type).filter(condition -> condition.path("status").asText().equals(value))
        .map(condition -> condition.path("lastTransitionTime").asText()).orElse(time);
    remove(type);
    status.withArray("/conditions").add(JsonNodeFactory.instance.objectNode().put("type", type).put("status", value)
        .put("lastUpdateTime", time).put("lastTransitionTime", transition).put("reason", reason)
        .put("message", message));
  }

  void remove(String type) {
    var kept = new ArrayList<JsonNode>();
    status.path("conditions").forEach(condition -> {
      if (!condition.path("type").asText().equals(type)) {
        kept.add(condition);
      }
    });
    status.putArray("conditions").addAll(kept);
  }
}
