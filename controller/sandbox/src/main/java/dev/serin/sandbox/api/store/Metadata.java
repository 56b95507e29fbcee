package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The part of `metadata` that belongs to the server.
final class Metadata {

  private static final List<String> SERVER_OWNED = List.of("name", "namespace", "uid", "generation",
      "creationTimestamp",
      "deletionTimestamp", "deletionGracePeriodSeconds");
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final AtomicLong names = new AtomicLong();

  /// Makes a body the metadata of a new object, in place.
  void create(ResourceType type, String namespace, ObjectNode object, Instant now) {
    var metadata = object.withObject("/metadata");
    if (!metadata.path("resourceVersion").asText().isEmpty()) {
      throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
    }
    var stated = metadata.path("namespace").asText();
    if (!stated.isEmpty() && !stated.equals(namespace)) {
      throw ApiException
          .badRequest("the namespace of the provided object does not match the namespace sent on the request");
    }
    if (metadata.path("name").asText().isEmpty()) {
      metadata.put("name", generated(type, metadata));
    }
    metadata.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink"));
    if (type.namespaced()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", time(now));
    if (type.countsGenerations()) {
      metadata.put("generation", 1);
    } else {
      metadata.remove("generation");
    }
  }

  /// Restores in place what a writer may not change, and counts up the generation.
  static void update(ResourceType type, ObjectNode live, ObjectNode next) {
    var before = live.withObject("/metadata");
    var after = next.withObject("/metadata");
    for (var field : SERVER_OWNED) {
      copy(before, after, field);
    }
    after.set("resourceVersion", before.path("resourceVersion"));
    if (type.countsGenerations() && !intent(live).equals(intent(next))) {
      after.put("generation", before.path("generation").asInt() + 1);
    }
  }

  /// Refuses a write that names another version or another object than the stored one.
  static void checkPreconditions(ResourceType type, ObjectNode live, @Nullable String uid, @Nullable String revision) {
    var metadata = live.path("metadata");
    var name = metadata.path("name").asText();
    var liveUid = metadata.path("uid").asText();
    if (uid != null && !uid.isEmpty() && !uid.equals(liveUid)) {
      throw ApiException.conflict(type, name,
          "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + liveUid);
    }
    var liveRevision = metadata.path("resourceVersion").asText();
    if (revision != null && !revision.isEmpty() && !revision.equals(liveRevision)) {
      throw ApiException.conflict(type, name,
          "the object has been modified; please apply your changes to the latest version and try again");
    }
  }

  /// Marks an object as being deleted, in place.
  static void markDeleted(ObjectNode object, Instant now, long graceSeconds) {
    var metadata = object.withObject("/metadata");
    if (!metadata.has("deletionTimestamp")) {
      metadata.put("deletionTimestamp", time(now.plusSeconds(graceSeconds)));
      if (metadata.has("generation")) {
        metadata.put("generation", metadata.path("generation").asInt() + 1);
      }
    }
    metadata.put("deletionGracePeriodSeconds", graceSeconds);
  }

  static boolean isDeleting(JsonNode object) {
    return object.path("metadata").has("deletionTimestamp");
  }

  /// True when nothing holds back an object that is being deleted.
  static boolean mayGo(JsonNode object) {
    return isDeleting(object) && object.at("/metadata/finalizers").isEmpty() && object.at("/spec/finalizers").isEmpty()
        && object.at("/metadata/deletionGracePeriodSeconds").asLong() == 0;
  }

  static void addFinalizer(ObjectNode object, String finalizer) {
    var metadata = object.withObject("/metadata");
    var list = metadata.get("finalizers") instanceof ArrayNode existing ? existing : metadata.putArray("finalizers");
    list.add(finalizer);
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode intent(ObjectNode object) {
    return object.deepCopy().remove(List.of("metadata", "status"));
  }

  private static void copy(ObjectNode from, ObjectNode to, String field) {
    if (from.has(field)) {
      to.set(field, Objects.requireNonNull(from.get(field)));
    } else {
      to.remove(field);
    }
  }

  private String generated(ResourceType type, ObjectNode metadata) {
    var prefix = metadata.path("generateName").asText();
    if (prefix.isEmpty()) {
      throw ApiException.invalid(type, "", List.of(
          new ApiException.Cause("FieldValueRequired", "metadata.name",
              "Required value: name or generateName is required")));
    }
    // A multiplicative step over 27^5 names visits each once and looks like the random suffixes of Kubernetes.
    var left = names.incrementAndGet() * 8_675_309L % 14_348_907L;
    var suffix = new StringBuilder();
    for (var i = 0; i < 5; i++) {
      suffix.append(SUFFIX_LETTERS.charAt((int) (left % SUFFIX_LETTERS.length())));
      left /= SUFFIX_LETTERS.length();
    }
    return prefix.substring(0, Math.min(prefix.length(), 248)) + suffix;
  }
}
