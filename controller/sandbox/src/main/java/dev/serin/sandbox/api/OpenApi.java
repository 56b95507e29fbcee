package dev.serin.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.store.ApiException;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.ResourceTypes;
import java.io.IOException;
import java.util.List;

/// `/openapi/v3`: enough for `kubectl apply`, which looks for the parameter `fieldValidation`, and for `kubectl
/// explain` of
/// custom kinds. Built-in kinds are named without their fields; so `kubectl` computes strategic merge patches from its
/// own types.
final class OpenApi {

  private final ResourceTypes types;

  OpenApi(ResourceTypes types) {
    this.types = types;
  }

  void serve(ApiRequest request) throws IOException {
    var segments = request.segments();
    if (segments.size() < 2 || !segments.get(1).equals("v3")) {
      throw ApiException.noSuchPath();
    }
    var body = segments.size() == 2 ? index() : document(String.join("/", segments.subList(2, segments.size())));
    Replies.json(request.exchange(), 200, body);
  }

  private ObjectNode index() {
    var index = object();
    var paths = index.putObject("paths");
    types.byGroupVersion().forEach((version, kinds) -> {
      var path = root(kinds.getFirst());
      // The hash lets kubectl keep a document until a CustomResourceDefinition changes it.
      paths.putObject(path).put("serverRelativeURL",
          "/openapi/v3/" + path + "?hash=" + Integer.toHexString(document(kinds).hashCode()) + version.length());
    });
    return index;
  }

  private ObjectNode document(String path) {
    return types.byGroupVersion().values().stream().filter(kinds -> root(kinds.getFirst()).equals(path)).findFirst()
        .map(OpenApi::document).orElseThrow(ApiException::noSuchPath);
  }

  private static ObjectNode document(List<ResourceType> kinds) {
    var document = object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Serin sandbox").put("version", "v1.36.3");
    var paths = document.putObject("paths");
    var schemas = document.putObject("components").putObject("schemas");
    for (var type : kinds) {
      var name = schemaName(type);
      schemas.set(name, schema(type));
      var path = paths
          .putObject("/" + root(type) + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural()
              + "/{name}");
      operation(path.putObject("get"), type, name, "get");
      var patch = operation(path.putObject("patch"), type, name, "patch");
      for (var parameter : List.of("dryRun", "fieldManager", "fieldValidation", "force")) {
        patch.withArray("parameters").addObject().put("name", parameter).put("in", "query").putObject("schema").put(
            "type",
            "string");
      }
      var content = patch.putObject("requestBody").putObject("content");
      content.putObject("application/apply-patch+yaml").putObject("schema").put("type", "object");
      content.putObject("application/merge-patch+json").putObject("schema").put("type", "object");
    }
    return document;
  }

  private static ObjectNode operation(ObjectNode operation, ResourceType type, String schema, String action) {
    operation.putObject("responses").putObject("200").put("description", "OK").putObject("content")
        .putObject("application/json").putObject("schema").put("$ref", "#/components/schemas/" + schema);
    operation.put("x-kubernetes-action", action);
    kind(operation.putObject("x-kubernetes-group-version-kind"), type);
    return operation;
  }

  private static ObjectNode schema(ResourceType type) {
    var schema = type.schema() instanceof ObjectNode custom ? custom.deepCopy() : object().put("type", "object");
    kind(schema.putArray("x-kubernetes-group-version-kind").addObject(), type);
    return schema;
  }

  private static void kind(ObjectNode object, ResourceType type) {
    object.put("group", type.group()).put("version", type.version()).put("kind", type.kind());
  }

  private static String schemaName(ResourceType type) {
    return (type.group().isEmpty() ? "core" : type.group()) + "." + type.version() + "." + type.kind();
  }

  private static String root(ResourceType type) {
    return (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
