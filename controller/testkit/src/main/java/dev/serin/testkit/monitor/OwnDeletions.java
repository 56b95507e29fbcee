package dev.serin.testkit.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.testkit.AuditEvent;
import dev.serin.testkit.monitor.check.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// I11 for deletions, which no object tells of: Serin deletes only what was created as its own, that is with a Rollout as
/// owner and Serin's label, or as the ReplicaSet of a canary.
///
/// Read from the audit log, so the violations have no revision of etcd. Names that the API server made up are not known
/// there; nobody but Kubernetes' controllers leaves that to it.
public final class OwnDeletions {

  private static final String OWNER = "Rollout";
  private static final String ROLLOUT_LABEL = "serin.dev/rollout";
  private static final String ARM_LABEL = "serin.dev/arm";

  private OwnDeletions() {}

  private record Target(String group, String resource, String namespace, String name) {

    static Target of(AuditEvent event) {
      return new Target(event.group(), event.resource(), event.namespace(), event.name());
    }

    String key() {
      return "/registry/" + resource + "/" + namespace + "/" + name;
    }
  }

  /// @param events
  ///          of the whole life of a control plane, in any order of their ends
  /// @param serin
  ///          user name of the operator
  public static List<Violation> broken(List<AuditEvent> events, String serin) {
    Map<Target, JsonNode> created = new HashMap<>();
    // What is marked may stay for a while, so that it can be deleted twice.
    Set<Target> deleted = new HashSet<>();
    List<Violation> broken = new ArrayList<>();
    for (AuditEvent event : events) {
      if (!event.succeeded() || !event.subresource().isEmpty() || event.uri().contains("dryRun=")) {
        continue;
      }
      Target target = Target.of(event);
      boolean applied = event.verb().equals("patch") && applies(event)
          && (deleted.contains(target) || !created.containsKey(target));
      if (event.verb().equals("create") || applied) {
        created.put(target, event.request());
        deleted.remove(target);
      } else if (event.verb().startsWith("delete")) {
        deleted.add(target);
        if (event.user().equals(serin) && !own(created.get(target))) {
          broken.add(new Violation("I11", 0, target.key(), event.namespace(), "Serin deleted " + event.resource() + " "
              + event.name() + ", which was not created as its own."));
        }
      }
    }
    return List.copyOf(broken);
  }

  /// Whether a patch has a whole object, as server-side apply has, which creates what is not there.
  private static boolean applies(AuditEvent event) {
    return event.request().has("apiVersion") && event.request().has("kind") && event.request().has("metadata");
  }

  private static boolean own(@Nullable JsonNode created) {
    if (created == null) {
      return false;
    }
    JsonNode labels = created.at("/metadata/labels");
    boolean canarySet = created.path("kind").asText().equals("ReplicaSet") && labels.has(ARM_LABEL);
    boolean owned = StreamSupport.stream(created.at("/metadata/ownerReferences").spliterator(), false)
        .anyMatch(owner -> owner.path("kind").asText().equals(OWNER));
    return canarySet || (owned && labels.has(ROLLOUT_LABEL));
  }
}
