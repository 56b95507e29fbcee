package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.patch.Author;
import dev.serin.sandbox.api.patch.FieldOwners;
import dev.serin.sandbox.api.patch.ServerSideApply;
import dev.serin.sandbox.api.select.Selection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the API can do, without HTTP: every write is atomic, checked, counted and recorded in the history.
///
/// Returned trees are shared: callers copy before they change one. Refusals are [ApiException]s.
public final class Cluster {

  private final Store store = new Store();
  private final ResourceTypes types = new ResourceTypes();
  private final Metadata metadata = new Metadata();
  private final InstantSource clock;

  /// A cluster with the namespaces `default` and `kube-system`.
  public Cluster(InstantSource clock) {
    this.clock = clock;
    for (var name : new String[]{"default", "kube-system"}) {
      var namespace = JsonNodeFactory.instance.objectNode();
      namespace.putObject("metadata").put("name", name);
      create(types.builtIn("namespaces"), "", namespace, Writer.CONTROLLER);
    }
  }

  public ResourceTypes types() {
    return types;
  }

  /// History, for watchers.
  public Store store() {
    return store;
  }

  public Instant now() {
    return clock.instant();
  }

  /// @param namespace
  ///          empty for cluster-scoped kinds
  public ObjectNode get(ResourceType type, String namespace, String name) {
    return find(type, namespace, name).orElseThrow(() -> ApiException.notFound(type, name));
  }

  public Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
    return store.get(key(type, namespace, name)).map(object -> Versions.show(type, object));
  }

  /// @param namespace
  ///          empty for all
  public Store.Snapshot list(ResourceType type, String namespace, Selection selection) {
    var all = store.list(type.storage(), namespace);
    return new Store.Snapshot(all.revision(), all.objects().stream().filter(selection::matches)
        .map(object -> Versions.show(type, object)).toList());
  }

  /// The object as a version of its kind shows it.
  public ObjectNode show(ResourceType type, ObjectNode stored) {
    return Versions.show(type, stored);
  }

  public ObjectNode create(ResourceType type, String namespace, ObjectNode body, Writer writer) {
    var object = body.deepCopy();
    Nulls.drop(object);
    return store.atomically(() -> {
      prepare(type, namespace, object);
      FieldOwners.update(JsonNodeFactory.instance.objectNode(), object, author(type, "", writer), type.shapes());
      return insert(type, namespace, object, writer);
    });
  }

  /// Changes an object or a subresource; a change that changes nothing writes nothing.
  public ObjectNode update(ResourceType type, String namespace, String name, Edit edit, Writer writer) {
    return store.atomically(() -> {
      var live = get(type, namespace, name);
      var proposed = edit.change().apply(live.deepCopy());
      Nulls.drop(proposed);
      var stated = proposed.path("metadata");
      Metadata.checkPreconditions(type, live, stated.path("uid").asText(), stated.path("resourceVersion").asText());
      if (!stated.path("name").asText(name).equals(name)) {
        throw ApiException.badRequest("the name of the object (" + stated.path("name").asText()
            + ") does not match the name on the URL (" + name + ")");
      }
      var next = part(type, edit.subresource(), live, proposed);
      if (!edit.applied()) {
        FieldOwners.update(live, next, author(type, edit.subresource(), writer), type.shapes());
      }
      return replace(type, live, next, edit, writer);
    });
  }

  /// What server-side apply left.
  ///
  /// @param created
  ///          whether the object was not there before
  public record Stored(ObjectNode object, boolean created) {}

  /// Server-side apply: creates or changes.
  public Stored apply(ResourceType type, String namespace, String name, String subresource, ObjectNode config,
      boolean force, Writer writer) {
    var apply = new ServerSideApply(type.shapes());
    var author = author(type, subresource, writer);
    return store.atomically(() -> {
      var wanted = part(type, subresource, JsonNodeFactory.instance.objectNode(), config.deepCopy());
      if (find(type, namespace, name).isEmpty() && subresource.isEmpty()) {
        prepare(type, namespace, wanted);
        var created = apply.apply(JsonNodeFactory.instance.objectNode(), wanted, author, force).object();
        return new Stored(insert(type, namespace, created, writer), true);
      }
      return new Stored(update(type, namespace, name, new Edit(subresource, live -> {
        var applied = apply.apply(live, wanted, author, force);
        refuseConflicts(applied);
        return applied.object();
      }, true), writer), false);
    });
  }

  /// Deletes, or marks as being deleted where a finalizer, a running pod or dependents come first.
  ///
  /// @return the object's last state
  public ObjectNode delete(ResourceType type, String namespace, String name, DeleteOptions options) {
    return store.atomically(() -> {
      var live = get(type, namespace, name);
      Metadata.checkPreconditions(type, live, options.uid(), options.resourceVersion());
      var next = Deletion.begin(type, live, options, clock.instant());
      if (options.dryRun()) {
        return next;
      }
      var key = key(type, namespace, name);
      if (Metadata.mayGo(next)) {
        return remove(type, key, next);
      }
      return next.equals(live) ? live : store.put(key, Versions.store(type, next));
    });
  }

  private void prepare(ResourceType type, String namespace, ObjectNode object) {
    if (type.namespaced()) {
      checkNamespace(type, namespace, object.at("/metadata/name").asText());
    }
    if (type.has(ResourceType.STATUS) && !type.is("nodes")) {
      object.remove("status");
    }
    metadata.create(type, namespace, object, clock.instant());
  }

  private void checkNamespace(ResourceType type, String namespace, String name) {
    var phase = get(types.builtIn("namespaces"), "", namespace).at("/status/phase").asText();
    if (phase.equals("Terminating")) {
      throw ApiException.forbidden(type, name,
          "unable to create new content in namespace " + namespace + " because it is being terminated");
    }
  }

  private ObjectNode insert(ResourceType type, String namespace, ObjectNode object, Writer writer) {
    object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    Defaults.apply(type, object);
    Validation.create(type, object);
    var key = key(type, namespace, object.at("/metadata/name").asText());
    if (store.get(key).isPresent()) {
      throw ApiException.alreadyExists(type, key.name());
    }
    start(type, object);
    if (writer.dryRun()) {
      return object;
    }
    var stored = store.put(key, Versions.store(type, object));
    if (isDefinition(type)) {
      types.define(stored);
    }
    return Versions.show(type, stored);
  }

  /// The status with which an object begins.
  private void start(ResourceType type, ObjectNode object) {
    switch (type.resource()) {
      case "namespaces" -> {
        object.withObject("/spec").putArray("finalizers").add("kubernetes");
        object.withObject("/status").put("phase", "Active");
      }
      case "pods" -> object.withObject("/status").put("phase", "Pending");
      case "customresourcedefinitions.apiextensions.k8s.io" -> CustomDefinitions.establish(object, clock.instant());
      default -> {
        // None.
      }
    }
  }

  /// The object with that part of the proposal that the endpoint may change.
  private static ObjectNode part(ResourceType type, String subresource, ObjectNode live, ObjectNode proposed) {
    if (subresource.isEmpty()) {
      if (type.has(ResourceType.STATUS)) {
        move(live, proposed, "status");
      }
      return proposed;
    }
    var next = live.isEmpty() ? proposed.deepCopy().retain("apiVersion", "kind", "metadata") : live.deepCopy();
    next.withObject("/metadata").set("managedFields", proposed.at("/metadata/managedFields"));
    for (var field : subresource.equals(ResourceType.STATUS)
        ? new String[]{"status"}
        : new String[]{"spec", "status"}) {
      move(proposed, next, field);
    }
    return next;
  }

  private static void move(ObjectNode from, ObjectNode to, String field) {
    var value = from.get(field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value);
    }
  }

  private ObjectNode replace(ResourceType type, ObjectNode live, ObjectNode next, Edit edit, Writer writer) {
    next.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    Defaults.apply(type, next);
    if (edit.subresource().isEmpty()) {
      if (type.is("deployments.apps")) {
        HoldRule.apply(live, next, writer);
      }
      Metadata.update(type, live, next);
      Validation.update(type, live, next);
    } else {
      Metadata.update(type, live, next);
    }
    if (isDefinition(type)) {
      CustomDefinitions.establish(next, clock.instant());
    }
    if (writer.dryRun() || next.equals(live)) {
      return next;
    }
    var key = key(type, live.at("/metadata/namespace").asText(), live.at("/metadata/name").asText());
    if (Metadata.mayGo(next)) {
      return remove(type, key, next);
    }
    var stored = store.put(key, Versions.store(type, next));
    if (isDefinition(type)) {
      types.define(stored);
    }
    return Versions.show(type, stored);
  }

  private ObjectNode remove(ResourceType type, ResourceKey key, ObjectNode last) {
    var removed = store.remove(key, Versions.store(type, last));
    if (isDefinition(type)) {
      var resource = removed.at("/metadata/name").asText();
      store.list(resource, "").objects().forEach(object -> store.remove(new ResourceKey(resource,
          object.at("/metadata/namespace").asText(), object.at("/metadata/name").asText()), object));
      types.withdraw(removed);
    }
    return Versions.show(type, removed);
  }

  private static void refuseConflicts(ServerSideApply.Applied applied) {
    if (applied.conflicts().isEmpty()) {
      return;
    }
    var causes = applied.conflicts().stream().map(conflict -> new ApiException.Cause("FieldManagerConflict",
        conflict.field(), "conflict with \"" + conflict.manager() + "\"")).toList();
    var texts = causes.stream().map(cause -> cause.message() + ": " + cause.field()).collect(Collectors.joining(", "));
    throw new ApiException(409, "Conflict",
        "Apply failed with " + causes.size() + (causes.size() == 1 ? " conflict: " : " conflicts: ") + texts)
        .because(causes);
  }

  private Author author(ResourceType type, String subresource, Writer writer) {
    return new Author(writer.manager(), subresource, type.apiVersion(), clock.instant());
  }

  private static boolean isDefinition(ResourceType type) {
    return type.is("customresourcedefinitions.apiextensions.k8s.io");
  }

  private static ResourceKey key(ResourceType type, String namespace, String name) {
    return new ResourceKey(type.storage(), type.namespaced() ? namespace : "", name);
  }
}
