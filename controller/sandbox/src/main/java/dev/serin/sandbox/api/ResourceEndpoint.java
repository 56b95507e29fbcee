package dev.serin.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.store.ApiException;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.store.DeleteOptions;
import dev.serin.sandbox.api.store.Edit;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.Scales;
import dev.serin.sandbox.api.table.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/// Reads, creates, changes and deletes objects and their subresources.
final class ResourceEndpoint {

  private final Cluster cluster;
  private final Tables tables;

  ResourceEndpoint(Cluster cluster, Tables tables) {
    this.cluster = cluster;
    this.tables = tables;
  }

  void serve(ApiRequest request, Target target) throws IOException {
    switch (request.method()) {
      case "GET" -> reply(request, 200, target.isCollection() ? list(request, target) : get(request, target));
      case "POST" -> reply(request, 201, create(request, target));
      case "PUT" -> reply(request, 200, shown(request, target, replace(request, target)));
      case "PATCH" -> patch(request, target);
      case "DELETE" ->
        reply(request, 200, target.isCollection() ? deleteAll(request, target) : delete(request, target));
      default -> throw new ApiException(405, "MethodNotAllowed",
          "the server does not allow this method on the requested resource");
    }
  }

  private ObjectNode get(ApiRequest request, Target target) {
    return shown(request, target, cluster.get(target.type(), target.namespace(), target.name()));
  }

  private ObjectNode list(ApiRequest request, Target target) {
    var type = target.type();
    var all = cluster.list(type, target.namespace(), request.selection(type.plural()));
    var after = new String(Base64.getUrlDecoder().decode(request.query("continue")), StandardCharsets.UTF_8);
    var rest = all.objects().stream().filter(object -> after.isEmpty() || position(object).compareTo(after) > 0)
        .toList();
    var limit = (int) Math.min(request.number("limit", 0), Integer.MAX_VALUE);
    var page = limit > 0 && limit < rest.size() ? rest.subList(0, limit) : rest;
    var metadata = JsonNodeFactory.instance.objectNode().put("resourceVersion", Long.toString(all.revision()));
    if (page.size() < rest.size()) {
      metadata.put("continue",
          Base64.getUrlEncoder().encodeToString(position(page.getLast()).getBytes(StandardCharsets.UTF_8)));
      metadata.put("remainingItemCount", rest.size() - page.size());
    }
    if (request.wantsTable()) {
      return tables.of(type, page, metadata, request.query("includeObject"));
    }
    var list = JsonNodeFactory.instance.objectNode().put("kind", type.kind() + "List").put("apiVersion",
        type.apiVersion());
    list.set("metadata", metadata);
    list.putArray("items").addAll(page);
    return list;
  }

  private static String position(JsonNode object) {
    // NUL sorts before every letter, as the end of the namespace does in the storage's order.
    return object.at("/metadata/namespace").asText() + '\0' + object.at("/metadata/name").asText();
  }

  private ObjectNode create(ApiRequest request, Target target) throws IOException {
    var body = Bodies.object(request.body());
    if (target.type().is("selfsubjectaccessreviews.authorization.k8s.io")) {
      body.putObject("status").put("allowed", true);
      return body;
    }
    if (target.subresource().equals("binding")) {
      return bind(request, target, body.at("/target/name").asText());
    }
    if (!target.isCollection()) {
      throw new ApiException(405, "MethodNotAllowed",
          "the server does not allow this method on the requested resource");
    }
    checkKind(target, body);
    var namespace = target.type().namespaced() ? target.namespace() : "";
    return shown(request, target, cluster.create(target.type(), namespace, body, request.writer()));
  }

  private ObjectNode bind(ApiRequest request, Target target, String node) {
    cluster.update(target.type(), target.namespace(), target.name(), new Edit("binding", pod -> {
      if (!pod.at("/spec/nodeName").asText().isEmpty()) {
        throw ApiException.conflict(target.type(), target.name(),
            "pod " + target.name() + " is already assigned to node \"" + pod.at("/spec/nodeName").asText() + "\"");
      }
      pod.withObject("/spec").put("nodeName", node);
      var conditions = pod.withObject("/status").withArray("/conditions");
      conditions.addObject().put("type", "PodScheduled").put("status", "True").put("lastTransitionTime",
          cluster.now().toString());
      return pod;
    }, false), request.writer());
    return JsonNodeFactory.instance.objectNode().put("kind", "Status").put("apiVersion", "v1").put("status", "Success")
        .put("code",
            201);
  }

  private ObjectNode replace(ApiRequest request, Target target) throws IOException {
    var body = Bodies.object(request.body());
    if (target.subresource().equals(ResourceType.SCALE)) {
      return edit(request, target, live -> Scales.apply(target.type(), live, body));
    }
    checkKind(target, body);
    var unversioned = body.at("/metadata/resourceVersion").asText().isEmpty();
    if (unversioned && target.type().definition().isPresent()) {
      throw ApiException.invalid(target.type(), target.name(), List.of(new ApiException.Cause("FieldValueInvalid",
          "metadata.resourceVersion", "Invalid value: 0x0: must be specified for an update")));
    }
    return edit(request, target, _ -> body);
  }

  private void patch(ApiRequest request, Target target) throws IOException {
    var patch = Patch.of(request.header("Content-Type"), request.body());
    var scale = target.subresource().equals(ResourceType.SCALE);
    if (patch instanceof Patch.Apply(var config) && !scale) {
      var applied = apply(request, target, config);
      reply(request, applied.created() ? 201 : 200, shown(request, target, applied.object()));
      return;
    }
    UnaryOperator<ObjectNode> change = live -> scale
        ? Scales.apply(target.type(), live, patch.apply(Scales.of(target.type(), live), target.type()))
        : patch.apply(live, target.type());
    reply(request, 200, shown(request, target, edit(request, target, change)));
  }

  private Cluster.Stored apply(ApiRequest request, Target target, ObjectNode config) {
    if (request.query("fieldManager").isEmpty()) {
      throw ApiException
          .badRequest("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
              + " apply patch");
    }
    checkKind(target, config);
    config.withObject("/metadata").put("name", target.name());
    return cluster.apply(target.type(), target.namespace(), target.name(), target.subresource(), config,
        request.flag("force"), request.writer());
  }

  private ObjectNode edit(ApiRequest request, Target target, UnaryOperator<ObjectNode> change) {
    return cluster.update(target.type(), target.namespace(), target.name(),
        new Edit(target.subresource(), change, false),
        request.writer());
  }

  private ObjectNode delete(ApiRequest request, Target target) throws IOException {
    return deleted(target, cluster.delete(target.type(), target.namespace(), target.name(), deleteOptions(request)));
  }

  private ObjectNode deleteAll(ApiRequest request, Target target) throws IOException {
    var options = deleteOptions(request);
    var matching = cluster.list(target.type(), target.namespace(), request.selection(target.type().plural()));
    for (var object : matching.objects()) {
      cluster.delete(target.type(), object.at("/metadata/namespace").asText(), object.at("/metadata/name").asText(),
          options);
    }
    return JsonNodeFactory.instance.objectNode().put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
  }

  /// Options come in the body or, without one, in the query.
  private static DeleteOptions deleteOptions(ApiRequest request) throws IOException {
    var body = Bodies.object(request.body());
    for (var field : List.of("propagationPolicy", "orphanDependents")) {
      if (!body.has(field) && !request.query(field).isEmpty()) {
        body.put(field, request.query(field));
      }
    }
    if (!request.query("gracePeriodSeconds").isEmpty()) {
      body.put("gracePeriodSeconds", request.number("gracePeriodSeconds", 0));
    }
    if (request.query("dryRun").equals("All")) {
      body.putArray("dryRun").add("All");
    }
    return DeleteOptions.of(body);
  }

  /// Kubernetes answers a finished deletion with a Status, a begun one with the object.
  private static ObjectNode deleted(Target target, ObjectNode last) {
    var gone = last.at("/metadata/finalizers").isEmpty()
        && last.at("/metadata/deletionGracePeriodSeconds").asLong() == 0
        && last.at("/spec/finalizers").isEmpty();
    if (!gone || target.type().is("pods")) {
      return last;
    }
    var status = JsonNodeFactory.instance.objectNode().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success").putObject("details").put("name", target.name()).put("group", target.type().group())
        .put("kind", target.type().plural()).put("uid", last.at("/metadata/uid").asText());
    return status;
  }

  private ObjectNode shown(ApiRequest request, Target target, ObjectNode object) {
    if (target.subresource().equals(ResourceType.SCALE)) {
      return Scales.of(target.type(), object);
    }
    return request.wantsTable() && target.subresource().isEmpty()
        ? tables.of(target.type(), List.of(object), object.path("metadata"), request.query("includeObject"))
        : object;
  }

  private static void checkKind(Target target, ObjectNode body) {
    var kind = body.path("kind").asText(target.type().kind());
    var apiVersion = body.path("apiVersion").asText(target.type().apiVersion());
    if (!kind.equals(target.type().kind()) || !apiVersion.equals(target.type().apiVersion())) {
      throw ApiException.badRequest("the object's kind " + apiVersion + " " + kind + " does not match the resource "
          + target.type().apiVersion() + " " + target.type().kind());
    }
  }

  private static void reply(ApiRequest request, int code, ObjectNode body) throws IOException {
    Replies.json(request.exchange(), code, body);
  }
}
