package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/// What the chart's MutatingAdmissionPolicy does on a real API server (architecture.md section 5): a Deployment that a
/// Rollout
/// watches comes back paused when its template changes, or when somebody but `kubectl rollout` or Serin unpauses it.
final class HoldRule {

  private static final String ROLLOUT = "serin.dev/rollout";
  private static final String ARM = "serin.dev/arm";
  private static final Set<String> MAY_RESUME = Set.of("kubectl-rollout", "serin-controller");

  private HoldRule() {}

  /// @param next
  ///          the Deployment as it shall be stored; paused in place
  static void apply(ObjectNode live, ObjectNode next, Writer writer) {
    if (!watched(live) && !watched(next)) {
      return;
    }
    var templateChanged = !next.at("/spec/template").equals(live.at("/spec/template"));
    var unpaused = paused(live) && !paused(next);
    var allowed = writer.fieldManager() != null && MAY_RESUME.contains(writer.fieldManager());
    if (templateChanged || (unpaused && !allowed)) {
      next.withObject("/spec").put("paused", true);
    }
  }

  private static boolean watched(JsonNode deployment) {
    var labels = deployment.path("metadata").path("labels");
    return labels.has(ROLLOUT) && !labels.has(ARM);
  }

  private static boolean paused(JsonNode deployment) {
    return deployment.at("/spec/paused").asBoolean();
  }
}
