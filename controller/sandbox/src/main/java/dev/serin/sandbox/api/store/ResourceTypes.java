package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.StreamSupport;

/// Every kind that is served: the built-in ones and those of applied CustomResourceDefinitions.
public final class ResourceTypes {

  private final Map<String, ResourceType> types = new ConcurrentSkipListMap<>();

  ResourceTypes() {
    BuiltInTypes.ALL.forEach(this::put);
  }

  /// @param group
  ///          empty for the core group
  public Optional<ResourceType> find(String group, String version, String plural) {
    return Optional.ofNullable(types.get(key(group, version, plural)));
  }

  /// The kind that an owner reference or a manifest names.
  public Optional<ResourceType> ofKind(String apiVersion, String kind) {
    return types.values().stream().filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
        .findFirst();
  }

  /// A built-in kind, such as `pods` or `deployments.apps`.
  ///
  /// @throws IllegalArgumentException
  ///           when there is none
  public ResourceType builtIn(String resource) {
    return types.values().stream().filter(type -> type.is(resource)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such kind: " + resource));
  }

  public Collection<ResourceType> all() {
    return types.values();
  }

  /// Kinds by `group/version` (`v1` for the core group), ordered.
  public Map<String, List<ResourceType>> byGroupVersion() {
    var groups = new TreeMap<String, List<ResourceType>>();
    types.values().forEach(type -> groups.computeIfAbsent(type.apiVersion(), _ -> new ArrayList<>()).add(type));
    return groups;
  }

  /// Serves the kinds of a CustomResourceDefinition, in place of those it had before.
  void define(JsonNode crd) {
    withdraw(crd);
    var spec = crd.path("spec");
    for (var version : spec.path("versions")) {
      if (version.path("served").asBoolean()) {
        put(custom(spec, version));
      }
    }
  }

  void withdraw(JsonNode crd) {
    var spec = crd.path("spec");
    types.values().removeIf(type -> type.definition().isPresent() && type.group().equals(spec.path("group").asText())
        && type.plural().equals(spec.path("names").path("plural").asText()));
  }

  private static ResourceType custom(JsonNode spec, JsonNode version) {
    var names = spec.path("names");
    var kind = names.path("kind").asText();
    var subresources = new ArrayList<String>();
    version.path("subresources").fieldNames().forEachRemaining(subresources::add);
    return new ResourceType(spec.path("group").asText(), version.path("name").asText(),
        new ResourceType.Names(kind, names.path("plural").asText(),
            names.path("singular").asText(kind.toLowerCase(Locale.ROOT)),
            texts(names.path("shortNames")), texts(names.path("categories"))),
        spec.path("scope").asText().equals("Namespaced"), Set.copyOf(subresources), Optional.of(version));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private void put(ResourceType type) {
    types.put(key(type.group(), type.version(), type.plural()), type);
  }

  private static String key(String group, String version, String plural) {
    return group + "/" + version + "/" + plural;
  }
}
