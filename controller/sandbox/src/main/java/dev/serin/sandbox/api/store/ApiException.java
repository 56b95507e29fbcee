package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A refusal, as the API tells it: HTTP code, reason and message of a `Status` object.
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// A field and what is wrong with it.
  public record Cause(String reason, String field, String message) {}

  private final int code;
  private final String reason;
  private final transient ObjectNode details = JsonNodeFactory.instance.objectNode();

  public ApiException(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  public static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message);
  }

  public static ApiException noSuchPath() {
    return new ApiException(404, "NotFound", "the server could not find the requested resource");
  }

  public static ApiException notFound(ResourceType type, String name) {
    return new ApiException(404, "NotFound", type.resource() + " \"" + name + "\" not found").about(type, name);
  }

  public static ApiException alreadyExists(ResourceType type, String name) {
    return new ApiException(409, "AlreadyExists", type.resource() + " \"" + name + "\" already exists").about(type,
        name);
  }

  public static ApiException conflict(ResourceType type, String name, String why) {
    return new ApiException(409, "Conflict",
        "Operation cannot be fulfilled on " + type.resource() + " \"" + name + "\": " + why).about(type, name);
  }

  /// @param violations
  ///          at least one
  public static ApiException invalid(ResourceType type, String name, List<Cause> violations) {
    var kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
    var texts = violations.stream().map(cause -> cause.field() + ": " + cause.message()).toList();
    var text = texts.size() == 1 ? texts.getFirst() : texts.toString().replace("], [", ", ");
    return new ApiException(422, "Invalid", kind + " \"" + name + "\" is invalid: " + text).about(type, name)
        .because(violations);
  }

  public static ApiException forbidden(ResourceType type, String name, String why) {
    return new ApiException(403, "Forbidden", type.resource() + " \"" + name + "\" is forbidden: " + why).about(type,
        name);
  }

  /// A watch or a continued list reaches back beyond the kept history.
  public static ApiException expired(long asked, long oldest) {
    return new ApiException(410, "Expired", "too old resource version: " + asked + " (" + oldest + ")");
  }

  public ApiException because(List<Cause> causes) {
    var list = details.putArray("causes");
    causes.forEach(cause -> list.addObject().put("reason", cause.reason()).put("message", cause.message()).put("field",
        cause.field()));
    return this;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  /// The `Status` object.
  public ObjectNode status() {
    var status = JsonNodeFactory.instance.objectNode().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    if (!details.isEmpty()) {
      status.set("details", details);
    }
    return status.put("code", code);
  }

  private ApiException about(ResourceType type, String name) {
    details.put("name", name).put("group", type.group()).put("kind",
        reason.equals("Invalid") ? type.kind() : type.plural());
    return this;
  }
}
