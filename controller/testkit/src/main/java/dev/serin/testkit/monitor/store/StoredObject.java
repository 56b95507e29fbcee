package dev.serin.testkit.monitor.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// An object as it is stored, read by the names of its fields. Absent texts are empty.
public record StoredObject(JsonNode json) {

  public static final String CONTROLLER_REVISION = "apps/ControllerRevision";
  public static final String EVENT = "Event";
  /// As [#EVENT], where the API server stores the newer group's.
  public static final String NEW_EVENT = "events.k8s.io/Event";
  public static final String NAMESPACE = "Namespace";
  public static final String POD = "Pod";
  public static final String REPLICA_SET = "apps/ReplicaSet";
  public static final String ANALYSIS = "serin.dev/Analysis";

  /// An owner of an object.
  ///
  /// @param type
  ///          as [StoredObject#type()]
  /// @param controller
  ///          whether it is the one owner that manages the object
  public record Owner(String type, String name, String uid, boolean controller) {}

  /// Group and kind such as `apps/Deployment`; of the core group only the kind.
  public String type() {
    return type(json);
  }

  public String namespace() {
    return json.at("/metadata/namespace").asText();
  }

  public String name() {
    return json.at("/metadata/name").asText();
  }

  public String uid() {
    return json.at("/metadata/uid").asText();
  }

  public String label(String key) {
    return json.at("/metadata/labels").path(key).asText();
  }

  public String annotation(String key) {
    return json.at("/metadata/annotations").path(key).asText();
  }

  public boolean terminating() {
    return json.at("/metadata").hasNonNull("deletionTimestamp");
  }

  public List<Owner> owners() {
    List<Owner> owners = new ArrayList<>();
    json.at("/metadata/ownerReferences").forEach(reference -> owners.add(new Owner(type(reference),
        reference.path("name").asText(), reference.path("uid").asText(), reference.path("controller").asBoolean())));
    return owners;
  }

  /// Uid of the owner that manages this object.
  public String controllerUid() {
    return owners().stream().filter(Owner::controller).map(Owner::uid).findFirst().orElse("");
  }

  private static String type(JsonNode typed) {
    String version = typed.path("apiVersion").asText();
    return version.substring(0, version.indexOf('/') + 1) + typed.path("kind").asText();
  }
}
