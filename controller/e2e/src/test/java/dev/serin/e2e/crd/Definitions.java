package dev.serin.e2e.crd;

import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.chart.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files of this repository that users apply.
final class Definitions {

  private static final Path ROOT = Chart.folder().resolve("../..").normalize();

  private Definitions() {}

  /// Applies `crds/` and waits until it is served.
  static void apply(ControlPlane plane) throws IOException {
    for (Path file : yaml(ROOT.resolve("crds"))) {
      plane.applyYaml(Files.readString(file));
    }
  }

  static List<Path> examples() throws IOException {
    return yaml(ROOT.resolve("docs/examples"));
  }

  private static List<Path> yaml(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
