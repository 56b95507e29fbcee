package dev.serin.operator;

import dev.serin.testkit.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the tests of this module need of a real cluster: the definitions, and Rollouts.
public final class Cluster {
  private Cluster() {}

  /// Applies the definitions of the repository's `crds` folder.
  public static void applyDefinitions(ControlPlane plane) {
    plane.applyYaml(definition("rollouts"));
    plane.applyYaml(definition("analyses"));
  }

  public static String definition(String plural) {
    try {
      return Files.readString(Path.of("../../crds/" + plural + ".serin.dev.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void applyRollout(ControlPlane plane, String namespace, String name) {
    plane.applyYaml(namespace, """
        apiVersion: serin.dev/v1alpha1
        kind: Rollout
        metadata: {name: %s}
        spec:
          workloadRef: {apiVersion: apps/v1, kind: Deployment, name: %s}
        """.formatted(name, name));
  }
}
