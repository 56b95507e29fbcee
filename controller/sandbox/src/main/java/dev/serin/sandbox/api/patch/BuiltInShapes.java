package dev.serin.sandbox.api.patch;

import java.util.List;
import java.util.Map;

/// Merge keys of the built-in kinds (patchMergeKey and listMapKey in k8s.io/api v0.36.3).
///
/// The name of a field is enough to know its list, but for `ports` and `addresses`.
final class BuiltInShapes {

  private static final ListShape ATOMIC = new ListShape.Atomic();
  private static final ListShape BY_NAME = keyed("name");
  private static final Map<String, ListShape> BY_FIELD = Map.ofEntries(
      Map.entry("containers", BY_NAME),
      Map.entry("initContainers", BY_NAME),
      Map.entry("ephemeralContainers", BY_NAME),
      Map.entry("env", BY_NAME),
      Map.entry("volumes", BY_NAME),
      Map.entry("imagePullSecrets", BY_NAME),
      Map.entry("secrets", BY_NAME),
      Map.entry("schedulingGates", BY_NAME),
      Map.entry("volumeMounts", keyed("mountPath")),
      Map.entry("volumeDevices", keyed("devicePath")),
      Map.entry("conditions", keyed("type")),
      Map.entry("ownerReferences", keyed("uid")),
      Map.entry("hostAliases", keyed("ip")),
      Map.entry("podIPs", keyed("ip")),
      Map.entry("hostIPs", keyed("ip")),
      Map.entry("topologySpreadConstraints", keyed("topologyKey", "whenUnsatisfiable")),
      Map.entry("finalizers", new ListShape.Unique()));

  private BuiltInShapes() {}

  static ListShape at(List<String> path) {
    var field = path.getLast();
    return switch (field) {
      case "ports" -> ports(path);
      case "addresses" -> path.equals(List.of("status", "addresses")) ? keyed("type") : ATOMIC;
      default -> BY_FIELD.getOrDefault(field, ATOMIC);
    };
  }

  private static ListShape ports(List<String> path) {
    if (path.equals(List.of("spec", "ports"))) {
      return keyed("port", "protocol");
    }
    return path.contains("containers") || path.contains("initContainers") ? keyed("containerPort", "protocol") : ATOMIC;
  }

  private static ListShape keyed(String... keys) {
    return new ListShape.Keyed(List.of(keys));
  }
}
