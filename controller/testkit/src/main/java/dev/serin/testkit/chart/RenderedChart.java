package dev.serin.testkit.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What Helm would install.
///
/// @param yaml
///          all documents, as `ControlPlane.applyYaml` takes them
/// @param objects
///          the same, parsed, in the order of the templates
public record RenderedChart(String yaml, List<GenericKubernetesResource> objects) {

  public RenderedChart {
    objects = List.copyOf(objects);
  }

  static RenderedChart parse(String yaml) {
    KubernetesSerialization serialization = new KubernetesSerialization();
    List<GenericKubernetesResource> objects = Arrays.stream(yaml.split("(?m)^---$", -1))
        .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
        .map(document -> serialization.unmarshal(document, GenericKubernetesResource.class)).toList();
    return new RenderedChart(yaml, objects);
  }

  /// What is left without the objects of some kinds, such as for an API server that does not serve them.
  public RenderedChart without(Set<String> kinds) {
    KubernetesSerialization serialization = new KubernetesSerialization();
    List<GenericKubernetesResource> left = objects.stream().filter(object -> !kinds.contains(object.getKind()))
        .toList();
    return new RenderedChart(left.stream().map(serialization::asYaml).collect(Collectors.joining("\n---\n")), left);
  }

  /// All objects of a kind.
  public List<GenericKubernetesResource> all(String kind) {
    return objects.stream().filter(object -> object.getKind().equals(kind)).toList();
  }

  /// The one object of a kind.
  ///
  /// @throws IllegalStateException
  ///           when there is none, or more than one
  public GenericKubernetesResource only(String kind) {
    List<GenericKubernetesResource> found = all(kind);
    if (found.size() != 1) {
      throw new IllegalStateException("the chart has " + found.size() + " objects of kind " + kind);
    }
    return found.getFirst();
  }

  /// The object of a kind and name.
  ///
  /// @throws IllegalStateException
  ///           when the chart has none
  public GenericKubernetesResource named(String kind, String name) {
    return all(kind).stream().filter(object -> object.getMetadata().getName().equals(name)).findAny()
        .orElseThrow(() -> new IllegalStateException("the chart has no " + kind + " named " + name));
  }
}
