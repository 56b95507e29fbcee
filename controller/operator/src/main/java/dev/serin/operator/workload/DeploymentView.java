package dev.serin.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.rollout.Workload.Fleet.Roll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Deployment as generic JSON, read by the names of its fields.
///
/// @param json
///          the whole object
public record DeploymentView(JsonNode json) {

  private static final int DEFAULT_PROGRESS_DEADLINE = 600;

  public String namespace() {
    return json.at("/metadata/namespace").asText();
  }

  public String name() {
    return json.at("/metadata/name").asText();
  }

  public String uid() {
    return json.at("/metadata/uid").asText();
  }

  public String resourceVersion() {
    return json.at("/metadata/resourceVersion").asText();
  }

  public String label(String key) {
    return json.at("/metadata/labels").path(key).asText("");
  }

  public String annotation(String key) {
    return json.at("/metadata/annotations").path(key).asText("");
  }

  /// Whether this uid is among the owners.
  public boolean ownedBy(String uid) {
    for (JsonNode reference : json.at("/metadata/ownerReferences")) {
      if (reference.path("uid").asText().equals(uid)) {
        return true;
      }
    }
    return false;
  }

  /// Whether nobody owns it.
  public boolean ownerless() {
    return json.at("/metadata/ownerReferences").isEmpty();
  }

  /// Number of the last resume that was ours, 0 before the first.
  public long resumed() {
    return json.at("/metadata/annotations").path(Keys.SEQUENCE).asLong(0);
  }

  public boolean paused() {
    return json.at("/spec/paused").asBoolean(false);
  }

  /// Whether somebody paused it by hand. What a policy pauses nobody owns; what an apply says about it may have been
  /// `paused: false`, which the policy turned; so only an owner by another kind of write is a person, as `kubectl rollout
  /// pause` is.
  public boolean pausedByPerson() {
    for (JsonNode entry : json.at("/metadata/managedFields")) {
      if (entry.path("operation").asText().equals("Update") && entry.at("/fieldsV1/f:spec").has("f:paused")
          && !entry.path("manager").asText().equals(Keys.FIELD_MANAGER)) {
        return paused();
      }
    }
    return false;
  }

  /// Who owns which fields, without what a manager's writes made its own of template and pause; empty if that is nothing.
  Optional<ArrayNode> ownersButOf(String manager) {
    if (!(json.at("/metadata/managedFields") instanceof ArrayNode fields)) {
      return Optional.empty();
    }
    ArrayNode owners = fields.deepCopy();
    boolean owned = false;
    for (JsonNode entry : owners) {
      if (entry.path("manager").asText().equals(manager)
          && entry.at("/fieldsV1/f:spec") instanceof ObjectNode spec) {
        boolean template = spec.remove("f:template") != null;
        owned |= spec.remove("f:paused") != null || template;
      }
    }
    return owned ? Optional.of(owners) : Optional.empty();
  }

  public boolean terminating() {
    return json.at("/metadata").hasNonNull("deletionTimestamp");
  }

  public int replicas() {
    return json.at("/spec/replicas").asInt(1);
  }

  public Duration progressDeadline() {
    return Duration.ofSeconds(json.at("/spec/progressDeadlineSeconds").asInt(DEFAULT_PROGRESS_DEADLINE));
  }

  /// How far the live template is rolled out, and nothing else runs.
  public Roll roll() {
    JsonNode status = json.path("status");
    boolean placed = observed() && status.path("updatedReplicas").asInt(0) == replicas()
        && status.path("replicas").asInt(0) == replicas();
    boolean available = status.path("availableReplicas").asInt(0) == replicas();
    return placed ? available ? Roll.COMPLETE : Roll.PLACED : Roll.UNDER_WAY;
  }

  /// Whether Kubernetes gave the current roll up.
  public boolean overdue() {
    // A roll that was just resumed still carries the condition of the one before.
    return observed() && condition("Progressing").map(condition -> condition.path("reason").asText()
        .equals("ProgressDeadlineExceeded")).orElse(false);
  }

  /// Why its labels cannot be used, as a sentence that says what to change.
  public @Nullable String reservedLabel() {
    boolean reserved = Stream.of("/metadata/labels", "/spec/selector/matchLabels", "/spec/template/metadata/labels")
        .anyMatch(place -> json.at(place).has(Keys.ARM));
    return reserved
        ? "Deployment " + name() + " has the label " + Keys.ARM
            + " on itself, in its selector or on its pods, by which "
            + "Serin tells canaries: take it away, then nothing else has to change."
        : null;
  }

  /// Why the logs cannot be read, as a sentence that says what to change.
  ///
  /// @param asked
  ///          name of the container whose log is evidence
  public @Nullable String unknownContainer(String asked) {
    List<String> names = new ArrayList<>();
    json.at("/spec/template/spec/containers").forEach(container -> names.add(container.path("name").asText()));
    return names.contains(asked)
        ? null
        : "The pods of Deployment " + name() + " have no container " + asked
            + ", whose log the analysis is asked to read: set spec.analysis.sources.podLogs.container to one of "
            + String.join(", ", names) + ", or leave it out.";
  }

  /// Why the strategy cannot be used, as a sentence that says what to change.
  public @Nullable String unsafeStrategy() {
    JsonNode strategy = json.at("/spec/strategy");
    if (strategy.path("type").asText("").equals("Recreate")) {
      return "Deployment " + name() + " has the strategy Recreate, which ends all stable pods before new ones serve: "
          + "set spec.strategy.type to RollingUpdate.";
    }
    JsonNode unavailable = strategy.at("/rollingUpdate/maxUnavailable");
    boolean everything = unavailable.isTextual()
        ? unavailable.asText().matches("[0-9]{3,}%")
        : unavailable.asInt(0) >= Math.max(2, replicas());
    return everything
        ? "Deployment " + name() + " may lose all pods at once (maxUnavailable " + unavailable.asText()
            + "): set spec.strategy.rollingUpdate.maxUnavailable to less than its replicas, such as 25%."
        : null;
  }

  private boolean observed() {
    return json.at("/status/observedGeneration").asLong(-1) >= json.at("/metadata/generation").asLong();
  }

  private Optional<JsonNode> condition(String type) {
    for (JsonNode condition : json.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }
}
