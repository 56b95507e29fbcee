package dev.serin.sandbox.api;

import dev.serin.sandbox.api.store.ApiException;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.ResourceTypes;
import java.util.List;

/// The resource that a path names.
///
/// @param namespace
///          empty for all, or none
/// @param name
///          empty for the collection
/// @param subresource
///          empty for the object itself
record Target(ResourceType type, String namespace, String name, String subresource) {

  /// Reads `/api/v1/…` and `/apis/<group>/<version>/…`.
  ///
  /// @throws ApiException
  ///           404 when no kind is served there
  static Target of(List<String> segments, ResourceTypes types) {
    var core = segments.getFirst().equals("api");
    var group = core ? "" : segments.get(1);
    var version = segments.get(core ? 1 : 2);
    var rest = segments.subList(core ? 2 : 3, segments.size());
    // `/namespaces/x/status` is the namespace's own subresource; `/namespaces/x/pods` are objects in it.
    var inside = rest.size() > 2 && rest.getFirst().equals("namespaces") && !isOfNamespace(rest.get(2));
    var own = inside ? rest.subList(2, rest.size()) : rest;
    if (own.size() > 3) {
      throw ApiException.noSuchPath();
    }
    var type = types.find(group, version, own.getFirst()).orElseThrow(ApiException::noSuchPath);
    var subresource = own.size() > 2 ? own.get(2) : "";
    if ((!subresource.isEmpty() && !type.has(subresource)) || (inside && !type.namespaced())) {
      throw ApiException.noSuchPath();
    }
    return new Target(type, inside ? rest.get(1) : "", own.size() > 1 ? own.get(1) : "", subresource);
  }

  /// As rights name it: `deployments.apps/scale`.
  String resource() {
    return subresource.isEmpty() ? type.resource() : type.resource() + "/" + subresource;
  }

  boolean isCollection() {
    return name.isEmpty();
  }

  private static boolean isOfNamespace(String segment) {
    return segment.equals("status") || segment.equals("finalize");
  }
}
