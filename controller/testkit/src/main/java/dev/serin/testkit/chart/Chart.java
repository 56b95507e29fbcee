package dev.serin.testkit.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The chart of this repository. The release is always named [#RELEASE].
public final class Chart {

  /// Name of the release, and so of everything that the chart makes.
  public static final String RELEASE = "serin";

  // Without an API server Helm takes its library's own, which is older than the chart allows.
  private static final String KUBERNETES = "v1.36.3";

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private Chart() {}

  /// `helm/serin`, found from the working folder upwards.
  ///
  /// @throws IllegalStateException
  ///           when the tests do not run inside the repository
  public static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path chart = at.resolve("helm/serin");
      if (Files.isRegularFile(chart.resolve("Chart.yaml"))) {
        return chart;
      }
    }
    throw new IllegalStateException("no helm/serin above " + Path.of("").toAbsolutePath());
  }

  /// What `helm template` says, with defaults overridden by `values`, a YAML text that may be empty. No API server is asked,
  /// so the hold policy is only there with `hold: {policy: Always}`, and the namespace must be created first.
  ///
  /// @throws IllegalStateException
  ///           with Helm's message, when the values or the templates are wrong
  public static RenderedChart render(String namespace, String values) {
    return inTemporaryFolder(temporary -> {
      Path file = Files.writeString(temporary.resolve("values.yaml"), values);
      return RenderedChart.parse(
          new Helm(folder()).template().withName(RELEASE).withNamespace(namespace)
              .withKubeVersion(KUBERNETES).withValuesFile(file).call());
    });
  }

  /// What `helm lint --strict` complains about; empty when all is well.
  public static List<String> lint(String values) {
    return inTemporaryFolder(temporary -> {
      // Lint knows no values but those of the chart.
      Path copy = temporary.resolve(folder().getFileName());
      copy(folder(), copy);
      Path file = copy.resolve("values.yaml");
      Files.writeString(file, merge(Files.readString(file), values));
      LintResult result = new Helm(copy).lint().strict().call();
      return result.isFailed() ? result.getMessages() : List.of();
    });
  }

  private static String merge(String base, String values) throws IOException {
    JsonNode merged = json(base);
    JsonNode overrides = json(values);
    return SERIALIZATION.asYaml(new ObjectMapper().readerForUpdating(merged).readValue(overrides));
  }

  private static JsonNode json(String yaml) {
    Object parsed = SERIALIZATION.unmarshal(yaml, Object.class);
    return SERIALIZATION.convertValue(parsed == null ? Map.of() : parsed, JsonNode.class);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private interface Work<T> {
    T in(Path folder) throws IOException;
  }

  private static <T> T inTemporaryFolder(Work<T> work) {
    try {
      Path folder = Files.createTempDirectory("serin-chart-");
      try {
        return work.in(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot work on a copy of the chart", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }
}
