package dev.serin.testkit.monitor.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Deployment: the user's, or a canary.
public record DeploymentView(StoredObject object) {

  public static final String TYPE = "apps/Deployment";
  public static final String ROLLOUT_LABEL = "serin.dev/rollout";
  public static final String ARM_LABEL = "serin.dev/arm";
  static final String SEQUENCE_ANNOTATION = "serin.dev/sequence";
  private static final String CANARY = "canary";

  public static Optional<DeploymentView> of(@Nullable StoredObject object) {
    return Optional.ofNullable(object).filter(any -> any.type().equals(TYPE)).map(DeploymentView::new);
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

  /// Whether this is a canary, whoever made it.
  public boolean canary() {
    return object.label(ARM_LABEL).equals(CANARY);
  }

  /// Name of the Rollout that it belongs to, empty if it names none.
  public String rollout() {
    return object.label(ROLLOUT_LABEL);
  }

  public int replicas() {
    return object.json().at("/spec/replicas").asInt(1);
  }

  public boolean paused() {
    return object.json().at("/spec/paused").asBoolean(false);
  }

  public JsonNode template() {
    return object.json().at("/spec/template");
  }

  public String revision() {
    return TemplateRevision.of(template());
  }

  /// Whether its selector matches the labels of a pod, going by `matchLabels` alone.
  public boolean selects(StoredObject pod) {
    JsonNode wanted = object.json().at("/spec/selector/matchLabels");
    return !wanted.isEmpty()
        && wanted.properties().stream().allMatch(label -> pod.label(label.getKey()).equals(label.getValue().asText()));
  }
}
