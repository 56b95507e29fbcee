package dev.serin.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;

/// One answered request from the audit log of the API server. Absent texts are empty.
///
/// @param user
///          the [Actor#user()], or `system:serviceaccount:<namespace>:<name>`
/// @param verb
///          such as `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`
/// @param group
///          API group, empty for the core group
/// @param resource
///          plural, such as `deployments`
/// @param subresource
///          such as `status`, `scale`, `log`
/// @param code
///          HTTP status of the answer
/// @param time
///          when the request was answered, by the clock of the API server
/// @param uri
///          path and query
/// @param request
///          body of a write as the server received it, the patch of a `patch`; a missing node for other requests
public record AuditEvent(String user, String verb, String group, String resource, String subresource, String namespace,
    String name, int code, Instant time, String uri, JsonNode request) {

  private static final Set<String> READS = Set.of("get", "list", "watch");

  static AuditEvent of(JsonNode event) {
    JsonNode target = event.path("objectRef");
    JsonNode request = event.path("requestObject");
    // The name of a created object is only in its body.
    String name = target.path("name").asText(request.path("metadata").path("name").asText());
    return new AuditEvent(event.path("user").path("username").asText(), event.path("verb").asText(),
        target.path("apiGroup").asText(), target.path("resource").asText(), target.path("subresource").asText(),
        target.path("namespace").asText(), name, event.path("responseStatus").path("code").asInt(),
        Instant.parse(event.path("stageTimestamp").asText()), event.path("requestURI").asText(), request);
  }

  /// Whether the request asked for a change, whatever the answer was.
  public boolean write() {
    return !READS.contains(verb);
  }

  /// Whether the server did what was asked (a 2xx answer).
  public boolean succeeded() {
    return code >= 200 && code < 300;
  }
}
