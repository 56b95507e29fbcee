package dev.serin.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.rollout.Revision;
import dev.serin.signature.digest.Sha256;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/// A pod template as the user wrote it, whether it stands in a Deployment, a ReplicaSet or the canary.
///
/// @param json
///          `spec.template` without the labels that Kubernetes or Serin added
public record PodTemplate(ObjectNode json) {

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 10;
  private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

  /// The template in a Deployment, ReplicaSet or canary.
  public static PodTemplate of(JsonNode workload) {
    JsonNode template = workload.at("/spec/template");
    ObjectNode copy = template.isObject() ? template.deepCopy() : JsonNodeFactory.instance.objectNode();
    if (copy.at("/metadata/labels") instanceof ObjectNode labels) {
      labels.remove("pod-template-hash");
      labels.remove(Keys.ARM);
    }
    return new PodTemplate(copy);
  }

  /// First ten characters of base32 SHA-256 over the canonical JSON: sorted keys, no nulls, no empty members.
  public Revision revision() {
    byte[] hash = Sha256.of(canonical(json).toString());
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = (bits << 8) | (hash[i] & 0xff);
    }
    var text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt((int) (bits >>> (59 - 5 * i)) & 31));
    }
    return new Revision(text.toString());
  }

  /// The image of the container that serves requests: the one that the annotation for kubectl names, else the first.
  public Optional<String> image() {
    String marked = json.at("/metadata/annotations").path(DEFAULT_CONTAINER).asText();
    JsonNode containers = json.at("/spec/containers");
    return StreamSupport.stream(containers.spliterator(), false)
        .filter(container -> container.path("name").asText().equals(marked)).findFirst()
        .or(() -> Optional.ofNullable(containers.get(0))).map(container -> container.path("image").asText())
        .filter(image -> !image.isEmpty());
  }

  /// The same template with the members of every object in the order of their names, nothing left out.
  ObjectNode sorted() {
    return (ObjectNode) sorted(json);
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var members = new TreeMap<String, JsonNode>();
      object.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      members.forEach(result::set);
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> result.add(sorted(element)));
      return result;
    }
    return node;
  }

  private static JsonNode canonical(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var sorted = new TreeMap<String, JsonNode>();
      object.properties().forEach(member -> {
        JsonNode value = canonical(member.getValue());
        if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
          sorted.put(member.getKey(), value);
        }
      });
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      sorted.forEach(result::set);
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> result.add(canonical(element)));
      return result;
    }
    return node;
  }
}
