package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A custom resource definition of `crds/`, as the tests read it.
record Definition(String kind, JsonNode version) {

  static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  /// The root of the repository: tests run in the folder of their module.
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static Definition rollout() {
    return read("rollouts");
  }

  static Definition analysis() {
    return read("analyses");
  }

  private static Definition read(String plural) {
    JsonNode document = yaml(text(ROOT.resolve("crds/" + plural + ".serin.dev.yaml")));
    return new Definition(document.at("/spec/names/kind").asText(), document.at("/spec/versions/0"));
  }

  static JsonNode yaml(String text) {
    return SERIALIZATION.convertValue(SERIALIZATION.unmarshal(text, Object.class), JsonNode.class);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// The schema of the whole object.
  JsonNode schema() {
    return version.at("/schema/openAPIV3Schema");
  }

  JsonNode property(String name) {
    return schema().path("properties").path(name);
  }
}
