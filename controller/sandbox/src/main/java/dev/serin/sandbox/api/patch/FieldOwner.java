package dev.serin.sandbox.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One entry of `managedFields`.
record FieldOwner(String manager, String operation, String subresource, String apiVersion, String time,
    Set<FieldPath> fields) {

  static final String APPLY = "Apply";
  static final String UPDATE = "Update";

  /// Fields that the server sets and nobody owns.
  private static final Set<String> UNOWNED = Set.of("f:name", "f:namespace", "f:uid", "f:resourceVersion",
      "f:generation",
      "f:creationTimestamp", "f:managedFields", "f:deletionTimestamp", "f:deletionGracePeriodSeconds", "f:selfLink",
      "f:generateName");

  static FieldOwner of(Author author, String operation, Set<FieldPath> fields) {
    return new FieldOwner(author.manager(), operation, author.subresource(), author.apiVersion(),
        author.time().truncatedTo(ChronoUnit.SECONDS).toString(), fields);
  }

  static List<FieldOwner> read(ObjectNode object) {
    var owners = new ArrayList<FieldOwner>();
    object.path("metadata").path("managedFields")
        .forEach(entry -> owners.add(new FieldOwner(entry.path("manager").asText(), entry.path("operation").asText(),
            entry.path("subresource").asText(), entry.path("apiVersion").asText(), entry.path("time").asText(),
            FieldSet.read(entry.path("fieldsV1")))));
    return owners;
  }

  static void write(ObjectNode object, List<FieldOwner> owners) {
    var entries = JsonNodeFactory.instance.arrayNode();
    owners.stream().filter(owner -> !owner.fields.isEmpty()).forEach(owner -> owner.addTo(entries));
    set(object, entries);
  }

  static void set(ObjectNode object, JsonNode entries) {
    if (entries.isEmpty()) {
      object.withObject("/metadata").remove("managedFields");
    } else {
      object.withObject("/metadata").set("managedFields", entries);
    }
  }

  static boolean ownable(FieldPath path) {
    var elements = path.elements();
    var first = elements.getFirst();
    return switch (first) {
      case "f:apiVersion", "f:kind" -> false;
      case "f:metadata" -> elements.size() > 1 && !UNOWNED.contains(elements.get(1));
      default -> true;
    };
  }

  boolean is(Author author, String byOperation) {
    return manager.equals(author.manager()) && operation.equals(byOperation)
        && subresource.equals(author.subresource());
  }

  FieldOwner less(Set<FieldPath> gone) {
    var rest = new LinkedHashSet<>(fields);
    rest.removeAll(gone);
    return new FieldOwner(manager, operation, subresource, apiVersion, time, rest);
  }

  Set<FieldPath> and(Set<FieldPath> more) {
    var all = new HashSet<>(fields);
    all.addAll(more);
    return all;
  }

  private void addTo(ArrayNode entries) {
    var entry = entries.addObject().put("manager", manager).put("operation", operation).put("apiVersion", apiVersion)
        .put("time", time).put("fieldsType", "FieldsV1");
    entry.set("fieldsV1", FieldSet.write(fields));
    if (!subresource.isEmpty()) {
      entry.put("subresource", subresource);
    }
  }
}
