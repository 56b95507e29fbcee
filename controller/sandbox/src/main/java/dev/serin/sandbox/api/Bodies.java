package dev.serin.sandbox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.store.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// JSON and YAML in, JSON out. Bodies end at 3 MiB, as with Kubernetes.
final class Bodies {

  static final int LIMIT = 3 * 1024 * 1024;

  private static final JsonMapper JSON = new JsonMapper();

  private Bodies() {}

  /// @throws ApiException
  ///           413 beyond the limit
  static String read(InputStream in) throws IOException {
    var bytes = in.readNBytes(LIMIT + 1);
    if (bytes.length > LIMIT) {
      throw new ApiException(413, "RequestEntityTooLarge", "Request entity too large: limit is " + LIMIT);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// One JSON or YAML document.
  ///
  /// @throws ApiException
  ///           400 when it is neither
  static JsonNode parse(String text) {
    try {
      if (text.isBlank()) {
        return JSON.createObjectNode();
      }
      var first = text.stripLeading().charAt(0);
      return first == '{' || first == '[' ? JSON.readTree(text) : documents(text).getFirst();
    } catch (JsonProcessingException | YamlEngineException _) {
      throw ApiException.badRequest("the body of the request is neither JSON nor YAML");
    }
  }

  static ObjectNode object(String text) {
    if (parse(text) instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("the body of the request must be an object");
  }

  /// Every document of a YAML stream.
  static List<JsonNode> documents(String yaml) {
    var found = new ArrayList<JsonNode>();
    new Load(LoadSettings.builder().setCodePointLimit(LIMIT).build()).loadAllFromString(yaml)
        .forEach(document -> found.add(JSON.valueToTree(document)));
    return found;
  }

  static byte[] write(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }
}
