package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.select.Selection;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.store.DeleteOptions;
import dev.serin.sandbox.api.store.Edit;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.Writer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Deletes what lost its owners, in the foreground or background as asked, leaves orphans, and empties deleted namespaces.
final class GarbageCollector {

  private static final String FOREGROUND = "foregroundDeletion";
  private static final String ORPHAN = "orphan";

  private final Cluster cluster;

  GarbageCollector(Cluster cluster) {
    this.cluster = cluster;
  }

  /// An object and the kind by which it is reached.
  private record Item(ResourceType type, ObjectNode object) {

    String namespace() {
      return object.at("/metadata/namespace").asText();
    }

    String name() {
      return object.at("/metadata/name").asText();
    }

    boolean isDeleting() {
      return object.path("metadata").has("deletionTimestamp");
    }

    boolean has(String finalizer) {
      return StreamSupport.stream(object.at("/metadata/finalizers").spliterator(), false)
          .anyMatch(entry -> entry.asText().equals(finalizer));
    }

    JsonNode owners() {
      return object.at("/metadata/ownerReferences");
    }

    boolean isOwnedBy(Item owner) {
      return StreamSupport.stream(owners().spliterator(), false)
          .anyMatch(reference -> reference.path("uid").equals(owner.object.at("/metadata/uid")));
    }
  }

  void collect() {
    var items = cluster.types().all().stream().filter(type -> type.storage().equals(type.resource()))
        .flatMap(type -> cluster.list(type, "", Selection.ALL).objects().stream().map(object -> new Item(type, object)))
        .toList();
    items.forEach(listed -> current(listed).ifPresent(item -> collect(item, items)));
  }

  private void collect(Item item, List<Item> items) {
    if (item.isDeleting() && item.has(FOREGROUND)) {
      deleteDependents(item, items);
    } else if (item.isDeleting() && item.has(ORPHAN)) {
      orphan(item, items);
    } else if (item.isDeleting() && item.type().is("namespaces")) {
      empty(item, items);
    } else if (!item.isDeleting()) {
      leaveAbsentOwners(item);
    }
  }

  /// The listed object as it is now: one turn of the round may have changed or deleted it.
  private Optional<Item> current(Item listed) {
    return cluster.find(listed.type(), listed.namespace(), listed.name())
        .filter(object -> object.at("/metadata/uid").equals(listed.object().at("/metadata/uid")))
        .map(object -> new Item(listed.type(), object));
  }

  /// Deletes what has lost all owners; what has lost some loses only these references.
  private void leaveAbsentOwners(Item item) {
    var absent = StreamSupport.stream(item.owners().spliterator(), false).filter(owner -> isAbsent(item, owner))
        .map(owner -> owner.path("uid").asText()).collect(Collectors.toSet());
    if (!absent.isEmpty() && absent.size() == item.owners().size()) {
      delete(item, DeleteOptions.Propagation.BACKGROUND);
    } else if (!absent.isEmpty()) {
      edit(item, live -> removeOwners(live, absent));
    }
  }

  /// Looks at the owner as it is now: one made since the list was read counts.
  private boolean isAbsent(Item item, JsonNode reference) {
    var type = cluster.types().ofKind(reference.path("apiVersion").asText(), reference.path("kind").asText());
    // An owner of a kind that is not served may live; nobody can tell.
    return type.isPresent() && cluster.find(type.get(), item.namespace(), reference.path("name").asText())
        .filter(owner -> owner.at("/metadata/uid").equals(reference.path("uid"))).isEmpty();
  }

  private void deleteDependents(Item owner, List<Item> items) {
    var dependents = items.stream().filter(item -> item.isOwnedBy(owner)).toList();
    dependents.stream().filter(item -> !item.isDeleting())
        .forEach(item -> delete(item, DeleteOptions.Propagation.FOREGROUND));
    if (dependents.isEmpty()) {
      removeFinalizer(owner, FOREGROUND);
    }
  }

  private void orphan(Item owner, List<Item> items) {
    items.stream().filter(item -> item.isOwnedBy(owner)).filter(item -> current(item).isPresent())
        .forEach(item -> edit(item, live -> removeOwners(live, Set.of(owner.object().at("/metadata/uid").asText()))));
    removeFinalizer(owner, ORPHAN);
  }

  private void empty(Item namespace, List<Item> items) {
    var inside = items.stream().filter(item -> item.namespace().equals(namespace.name())).toList();
    inside.stream().filter(item -> !item.isDeleting())
        .forEach(item -> delete(item, DeleteOptions.Propagation.BACKGROUND));
    if (inside.isEmpty()) {
      cluster.update(namespace.type(), "", namespace.name(), new Edit("finalize", live -> {
        live.withObject("/spec").remove("finalizers");
        return live;
      }, false), Writer.CONTROLLER);
    }
  }

  private void removeFinalizer(Item item, String finalizer) {
    edit(item, live -> removeIf(live, "finalizers", entry -> entry.asText().equals(finalizer)));
  }

  private static void removeOwners(ObjectNode object, Set<String> uids) {
    removeIf(object, "ownerReferences", reference -> uids.contains(reference.path("uid").asText()));
  }

  private void edit(Item item, Consumer<ObjectNode> change) {
    cluster.update(item.type(), item.namespace(), item.name(), Edit.of(live -> {
      change.accept(live);
      return live;
    }), Writer.CONTROLLER);
  }

  private void delete(Item item, DeleteOptions.Propagation propagation) {
    current(item).ifPresent(_ -> cluster.delete(item.type(), item.namespace(), item.name(),
        new DeleteOptions(propagation, null, item.object().at("/metadata/uid").asText(), null, false)));
  }

  private static void removeIf(ObjectNode object, String field, Predicate<JsonNode> condition) {
    var metadata = object.withObject("/metadata");
    var list = metadata.withArray("/" + field);
    for (var i = list.size() - 1; i >= 0; i--) {
      if (condition.test(list.get(i))) {
        list.remove(i);
      }
    }
    // The real API server stores no empty list.
    if (list.isEmpty()) {
      metadata.remove(field);
    }
  }
}
