package dev.serin.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.store.ApiException;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.ResourceTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells clients which kinds there are, in the plain and in the aggregated form, and which version of Kubernetes
/// they meet.
final class Discovery {

  private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static final List<String> VERBS = List.of("create", "delete", "deletecollection", "get", "list", "patch",
      "update",
      "watch");

  private final ResourceTypes types;

  Discovery(ResourceTypes types) {
    this.types = types;
  }

  void serve(ApiRequest request) throws IOException {
    var path = request.path();
    switch (path) {
      case "/healthz", "/livez", "/readyz" -> Replies.bytes(request.exchange(), 200, "text/plain",
          "ok".getBytes(StandardCharsets.UTF_8));
      case "/api", "/apis" -> root(request, path.equals("/api"));
      default -> Replies.json(request.exchange(), 200, document(request));
    }
  }

  private ObjectNode document(ApiRequest request) {
    var segments = request.segments();
    return switch (segments.isEmpty() ? "" : segments.getFirst()) {
      case "version" -> version();
      case "api" -> resources(segments.get(1));
      case "apis" -> segments.size() == 2 ? group(segments.get(1)) : resources(segments.get(1) + "/" + segments.get(2));
      case "" -> paths();
      default -> throw ApiException.noSuchPath();
    };
  }

  private static ObjectNode version() {
    return object().put("major", "1").put("minor", "36").put("gitVersion", "v1.36.3+serin-sandbox").put("gitCommit", "")
        .put("gitTreeState", "clean").put("buildDate", "1970-01-01T00:00:00Z").put("goVersion", "").put("compiler", "")
        .put("platform", "linux/amd64");
  }

  private ObjectNode paths() {
    var root = object();
    var list = root.putArray("paths").add("/api").add("/apis");
    types.byGroupVersion().keySet()
        .forEach(version -> list.add((version.contains("/") ? "/apis/" : "/api/") + version));
    list.add("/openapi/v3").add("/version");
    return root;
  }

  private void root(ApiRequest request, boolean core) throws IOException {
    if (request.header("Accept").contains("as=APIGroupDiscoveryList")) {
      Replies.bytes(request.exchange(), 200, AGGREGATED, Bodies.write(aggregated(core)));
      return;
    }
    var root = object();
    if (core) {
      root.put("kind", "APIVersions").putArray("versions").add("v1");
    } else {
      var groups = root.put("kind", "APIGroupList").put("apiVersion", "v1").putArray("groups");
      versions(false).keySet().forEach(name -> groups.add(group(name)));
    }
    Replies.json(request.exchange(), 200, root);
  }

  /// Kinds of each version of each group.
  private Map<String, Map<String, List<ResourceType>>> versions(boolean core) {
    var groups = new LinkedHashMap<String, Map<String, List<ResourceType>>>();
    types.byGroupVersion().values().forEach(kinds -> {
      var first = kinds.getFirst();
      if (first.group().isEmpty() == core) {
        groups.computeIfAbsent(first.group(), _ -> new LinkedHashMap<>()).put(first.version(), kinds);
      }
    });
    return groups;
  }

  private ObjectNode group(String name) {
    var versions = versions(false).get(name);
    if (versions == null) {
      throw ApiException.noSuchPath();
    }
    var group = object().put("kind", "APIGroup").put("apiVersion", "v1").put("name", name);
    var list = group.putArray("versions");
    versions.keySet()
        .forEach(version -> list.addObject().put("groupVersion", name + "/" + version).put("version", version));
    group.set("preferredVersion", list.get(0));
    return group;
  }

  private ObjectNode resources(String groupVersion) {
    var kinds = types.byGroupVersion().get(groupVersion);
    if (kinds == null) {
      throw ApiException.noSuchPath();
    }
    var list = object().put("kind", "APIResourceList").put("apiVersion", "v1").put("groupVersion", groupVersion);
    var resources = list.putArray("resources");
    for (var type : kinds) {
      var resource = entry(resources.addObject().put("name", type.plural()), type);
      resource.put("kind", type.kind()).put("namespaced", type.namespaced());
      VERBS.forEach(resource.putArray("verbs")::add);
      for (var subresource : type.subresources()) {
        var scale = subresource.equals(ResourceType.SCALE);
        var sub = resources.addObject().put("name", type.plural() + "/" + subresource).put("singularName", "")
            .put("namespaced", type.namespaced()).put("kind", scale ? "Scale" : type.kind());
        if (scale) {
          sub.put("group", "autoscaling").put("version", "v1");
        }
        sub.putArray("verbs").add("get").add("patch").add("update");
      }
    }
    return list;
  }

  private static ObjectNode entry(ObjectNode resource, ResourceType type) {
    addAll(resource.putArray("shortNames"), type.names().shortNames());
    addAll(resource.putArray("categories"), type.names().categories());
    return resource.put("singularName", type.names().singular());
  }

  private ObjectNode aggregated(boolean core) {
    var list = object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
    list.putObject("metadata");
    var items = list.putArray("items");
    versions(core).forEach((name, versions) -> {
      var item = items.addObject();
      item.putObject("metadata").put("name", name);
      var published = item.putArray("versions");
      versions.forEach((version, kinds) -> {
        var resources = published.addObject().put("version", version).put("freshness", "Current").putArray("resources");
        kinds.forEach(type -> aggregated(resources.addObject(), type));
      });
    });
    return list;
  }

  private static void aggregated(ObjectNode resource, ResourceType type) {
    resource.put("resource", type.plural()).put("scope", type.namespaced() ? "Namespaced" : "Cluster").put(
        "singularResource",
        type.names().singular());
    kind(resource, type.group(), type.version(), type.kind());
    addAll(resource.putArray("shortNames"), type.names().shortNames());
    addAll(resource.putArray("categories"), type.names().categories());
    addAll(resource.putArray("verbs"), VERBS);
    var subresources = resource.putArray("subresources");
    for (var name : type.subresources()) {
      var subresource = subresources.addObject().put("subresource", name);
      if (name.equals(ResourceType.SCALE)) {
        kind(subresource, "autoscaling", "v1", "Scale");
      } else {
        kind(subresource, type.group(), type.version(), type.kind());
      }
      addAll(subresource.putArray("verbs"), List.of("get", "patch", "update"));
    }
  }

  private static void kind(ObjectNode resource, String group, String version, String kind) {
    resource.putObject("responseKind").put("group", group).put("version", version).put("kind", kind);
  }

  private static void addAll(ArrayNode list, List<String> texts) {
    texts.forEach(list::add);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
