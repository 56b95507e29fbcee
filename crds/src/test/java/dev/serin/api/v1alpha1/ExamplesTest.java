package dev.serin.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether the API server accepts them is shown in the end-to-end tests.
class ExamplesTest {

  private static final Path FOLDER = Definition.ROOT.resolve("docs/examples");

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @Test
  @DisplayName("There are examples, all of them YAML")
  void thereAreExamples() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(file -> assertThat(file.toString()).endsWith(".yaml"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  @DisplayName("An example has no field that the schema does not know, and is read as a Rollout")
  void hasOnlyKnownFields(Path file) {
    JsonNode example = Definition.yaml(Definition.text(file));

    assertThat(example.path("kind").asText()).isEqualTo("Rollout");
    checkKnown("", example, Definition.rollout().schema());
    assertThat(Definition.SERIALIZATION.convertValue(example, Rollout.class).getSpec().workloadRef().name())
        .isNotEmpty();
  }

  @Test
  @DisplayName("The smallest example fits on eight lines")
  void smallestIsSmall() {
    assertThat(Definition.text(FOLDER.resolve("minimal.yaml")).lines()).hasSizeLessThanOrEqualTo(8);
  }

  private static void checkKnown(String path, JsonNode value, JsonNode schema) {
    if (path.equals(".metadata")) {
      return;
    }
    value.properties().forEach(entry -> {
      JsonNode property = schema.path("properties").path(entry.getKey());
      assertThat(property.isMissingNode()).as("%s.%s is not in the schema", path, entry.getKey()).isFalse();
      checkKnown(path + "." + entry.getKey(), entry.getValue(), property);
    });
    if (value.isArray()) {
      value.forEach(item -> checkKnown(path + "[]", item, schema.path("items")));
    }
  }
}
