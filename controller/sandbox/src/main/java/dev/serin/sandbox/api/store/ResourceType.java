package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serin.sandbox.api.patch.ListShapes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One kind in one version.
///
/// @param group
///          empty for the core group
/// @param subresources
///          such as `status`, `scale`, `log`
/// @param definition
///          the version's entry in its CustomResourceDefinition; empty for a built-in kind
public record ResourceType(String group, String version, Names names, boolean namespaced, Set<String> subresources,
    Optional<JsonNode> definition) {

  /// What a kind is called.
  public record Names(String kind, String plural, String singular, List<String> shortNames, List<String> categories) {}

  public static final String STATUS = "status";
  public static final String SCALE = "scale";

  private static final Set<String> WITHOUT_GENERATION = Set.of("configmaps", "secrets", "events", "leases",
      "namespaces",
      "nodes", "serviceaccounts", "services", "controllerrevisions", "endpoints", "clusterroles", "clusterrolebindings",
      "roles",
      "rolebindings");

  public String kind() {
    return names.kind();
  }

  public String plural() {
    return names.plural();
  }

  /// `v1`, `apps/v1`.
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// As messages name it: `pods`, `deployments.apps`.
  public String resource() {
    return group.isEmpty() ? plural() : plural() + "." + group;
  }

  /// Where objects of all versions are stored; an Event is one object under two groups.
  public String storage() {
    return resource().equals("events.events.k8s.io") ? "events" : resource();
  }

  public boolean is(String aResource) {
    return resource().equals(aResource);
  }

  public boolean has(String subresource) {
    return subresources.contains(subresource);
  }

  /// True when a change of anything but metadata and status counts up `metadata.generation`.
  public boolean countsGenerations() {
    return definition.isPresent() || !WITHOUT_GENERATION.contains(plural());
  }

  /// True when strategic merge patches are accepted: the built-in kinds.
  public boolean mergesStrategically() {
    return definition.isEmpty();
  }

  public JsonNode schema() {
    return definition.map(version -> version.path("schema").path("openAPIV3Schema"))
        .orElseGet(MissingNode::getInstance);
  }

  public ListShapes shapes() {
    return definition.isPresent() ? ListShapes.ofSchema(schema()) : ListShapes.builtIn();
  }
}
