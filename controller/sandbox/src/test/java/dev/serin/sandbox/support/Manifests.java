package dev.serin.sandbox.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Objects as JSON trees.
public final class Manifests {

  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
      .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES).build();

  private Manifests() {}

  /// Reads JSON that may leave out quotes around names and use single ones around texts.
  public static ObjectNode object(String json) {
    return (ObjectNode) node(json);
  }

  public static JsonNode node(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  public static ObjectNode deployment(String name, String image, int replicas) {
    return object(
        """
            {metadata: {name: '%1$s'}, spec: {replicas: %3$d, selector: {matchLabels: {app: '%1$s'}}, template: {
              metadata: {labels: {app: '%1$s'}}, spec: {containers: [{name: 'app', image: '%2$s', ports: [{containerPort: 80}]}]}}}}
            """
            .formatted(name, image, replicas));
  }
}
