package dev.serin.testkit.monitor.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Rollout. Absent texts are empty; states that this monitor does not know expose nothing and are under way.
public record RolloutView(StoredObject object) {

  public static final String TYPE = "serin.dev/Rollout";

  private static final Set<String> EXPOSING = Set.of("Raising", "Stepping", "Promoting");
  private static final Set<String> DECIDED = Set.of("RolledBack", "Overridden");

  public static Optional<RolloutView> of(@Nullable StoredObject object) {
    return Optional.ofNullable(object).filter(any -> any.type().equals(TYPE)).map(RolloutView::new);
  }

  public String namespace() {
    return object.namespace();
  }

  public String name() {
    return object.name();
  }

  public String uid() {
    return object.uid();
  }

  /// Name of the user's Deployment.
  public String workload() {
    return object.json().at("/spec/workloadRef/name").asText();
  }

  public String stable() {
    return object.json().at("/status/stable/revision").asText();
  }

  public String candidate() {
    return object.json().at("/status/candidate/revision").asText();
  }

  public String state() {
    return object.json().at("/status/candidate/state").asText();
  }

  /// Approved share of the canary, such as `25%`.
  public String weight() {
    return object.json().at("/status/steps/weight").asText();
  }

  /// Whether the approved share can be read.
  public boolean approves() {
    return weight().matches("[0-9]{1,3}([.][0-9]{1,4})?%");
  }

  /// Whether canary pods may take traffic.
  public boolean exposing() {
    return EXPOSING.contains(state());
  }

  /// Whether a candidate is tried or rolled, and nobody else has the workload.
  public boolean underway() {
    return !candidate().isEmpty() && !DECIDED.contains(state()) && !object.terminating()
        && !stalledBy("TargetConflict");
  }

  /// Refused revisions, newest first.
  public List<String> vetoes() {
    List<String> vetoes = new ArrayList<>();
    object.json().at("/status/vetoes").forEach(veto -> vetoes.add(veto.path("revision").asText()));
    return vetoes;
  }

  /// Whether a person asked to try this revision again.
  public boolean retries(String revision) {
    return object.json().at("/status/requests/retry").asText().contains(revision);
  }

  private boolean stalledBy(String reason) {
    for (JsonNode condition : object.json().at("/status/conditions")) {
      if (condition.path("type").asText().equals("Stalled") && condition.path("status").asText().equals("True")
          && condition.path("reason").asText().equals(reason)) {
        return true;
      }
    }
    return false;
  }
}
