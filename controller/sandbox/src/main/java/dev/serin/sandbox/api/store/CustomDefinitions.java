package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// The status of a CustomResourceDefinition: established at once, since there is nothing to wait for.
final class CustomDefinitions {

  private CustomDefinitions() {}

  /// Fills the status in place.
  static void establish(ObjectNode crd, Instant now) {
    if (crd.at("/status/conditions").size() > 0 && crd.at("/status/acceptedNames").equals(crd.at("/spec/names"))) {
      return;
    }
    var status = crd.putObject("status");
    status.set("acceptedNames", crd.at("/spec/names"));
    var stored = status.putArray("storedVersions");
    for (var version : crd.at("/spec/versions")) {
      if (version.path("storage").asBoolean()) {
        stored.add(version.path("name"));
      }
    }
    var conditions = status.putArray("conditions");
    for (var type : new String[]{"NamesAccepted", "Established"}) {
      conditions.addObject().put("type", type).put("status", "True")
          .put("reason", type.equals("Established") ? "InitialNamesAccepted" : "NoConflicts")
          .put("message", type.equals("Established") ? "the initial names have been accepted" : "no conflicts found")
          .put("lastTransitionTime", Metadata.time(now));
    }
  }
}
