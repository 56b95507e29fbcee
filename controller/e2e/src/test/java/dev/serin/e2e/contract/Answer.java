package dev.serin.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/// What the API server answered.
///
/// @param body
///          an object, a list or a Status
record Answer(int code, JsonNode body) {

  /// Asserts the HTTP status, showing the body when it is another.
  Answer expect(int expected) {
    assertThat(code).as(body.toString()).isEqualTo(expected);
    return this;
  }

  /// Asserts a refusal by HTTP status and by the reason in its Status.
  void refused(int expected, String reason) {
    expect(expected);
    assertThat(body.path("kind").asText()).isEqualTo("Status");
    assertThat(text("/reason")).isEqualTo(reason);
  }

  JsonNode at(String pointer) {
    return body.at(pointer);
  }

  /// The text at a JSON pointer, empty where there is none.
  String text(String pointer) {
    return at(pointer).asText();
  }

  String name() {
    return text("/metadata/name");
  }

  String uid() {
    return text("/metadata/uid");
  }

  String version() {
    return text("/metadata/resourceVersion");
  }

  long generation() {
    return at("/metadata/generation").asLong();
  }
}
