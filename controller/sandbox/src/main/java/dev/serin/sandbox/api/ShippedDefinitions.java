package dev.serin.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/// Serin's own CustomResourceDefinitions, from the files in `crds/`.
final class ShippedDefinitions {

  private static final List<String> FILES = List.of("rollouts.serin.dev.yaml", "analyses.serin.dev.yaml");

  private ShippedDefinitions() {}

  static List<ObjectNode> read() {
    return FILES.stream().flatMap(ShippedDefinitions::read).toList();
  }

  private static Stream<ObjectNode> read(String file) {
    try (var in = ShippedDefinitions.class.getResourceAsStream("/dev/serin/crds/" + file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return Stream.of(Bodies.object(Bodies.read(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
