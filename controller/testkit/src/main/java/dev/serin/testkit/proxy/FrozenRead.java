package dev.serin.testkit.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.testkit.proxy.Connection.Incoming;
import dev.serin.testkit.proxy.Connection.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads as they were answered at a revision. The API knows only lists of the past, so a single object is read as a
/// list of one and taken out of it.
record FrozenRead(String resourceVersion) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Whether it is a list or a single object. A further page of a list is of the revision of its first page anyway.
  static boolean possible(Request request) {
    return request.method().equals("GET") && !request.watch() && !request.resource().isEmpty()
        && request.subresource().isEmpty()
        && request.parameters().stream().noneMatch(parameter -> parameter.startsWith("continue="));
  }

  /// The request to send in place of this one.
  Incoming of(Incoming incoming) {
    Request request = incoming.request();
    Stream<String> asked = request.parameters().stream()
        .filter(parameter -> !parameter.startsWith("resourceVersion"));
    Stream<String> past = Stream.of("resourceVersion=" + resourceVersion, "resourceVersionMatch=Exact");
    if (request.name().isEmpty()) {
      return new Incoming(new Request("GET", request.path(), query(asked, past)), incoming.headers(), incoming.body());
    }
    String list = request.path().substring(0, request.path().lastIndexOf('/'));
    Stream<String> one = Stream.of("fieldSelector=metadata.name%3D" + request.name());
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(incoming.headers());
    headers.put("Accept", List.of("application/json"));
    headers.remove("Accept-Encoding");
    return new Incoming(new Request("GET", list, query(one, past)), headers, incoming.body());
  }

  /// The answer to the original request, made of the server's answer to the other one.
  Reply reply(Request original, Reply past) throws IOException {
    if (original.name().isEmpty() || past.code() != 200) {
      return past;
    }
    try (InputStream body = past.body()) {
      JsonNode list = JSON.readTree(body);
      if (list.path("items").path(0) instanceof ObjectNode object) {
        // The items of built-in lists do not say what they are.
        object.put("apiVersion", list.path("apiVersion").asText());
        object.put("kind", list.path("kind").asText().replaceFirst("List$", ""));
        return Reply.madeUp(new Action.Answer(200, Map.of("Content-Type", "application/json"), object.toString()));
      }
      return Reply.madeUp(
          Action.Answer.status(404, "NotFound", original.resource() + " \"" + original.name() + "\" not found"));
    }
  }

  private static String query(Stream<String> some, Stream<String> more) {
    return Stream.concat(some, more).collect(Collectors.joining("&"));
  }
}
