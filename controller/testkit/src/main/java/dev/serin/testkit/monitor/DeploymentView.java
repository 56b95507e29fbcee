package dev.serin.testkit.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Deployment: the user's, or a canary.
record DeploymentView(StoredObject object) {

  static final String TYPE = "apps/Deployment";
  static final String ROLLOUT_LABEL = "serin.dev/rollout";
  static final String ARM_LABEL = "serin.dev/arm";
  static final String SEQUENCE_ANNOTATION = "serin.dev/sequence";
  static final String CANARY = "canary";

  static Optional<DeploymentView> of(@Nullable StoredObject object) {
    return Optional.ofNullable(object).filter(any -> any.type().equals(TYPE)).map(DeploymentView::new);
  }

  String namespace() {
    return object.namespace();
  }

  String name() {
    return object.name();
  }

  String uid() {
    return object.uid();
  }

  /// Whether this is a canary, whoever made it.
  boolean canary() {
    return object.label(ARM_LABEL).equals(CANARY);
  }

  /// Name of the Rollout that it belongs to, empty if it names none.
  String rollout() {
    return object.label(ROLLOUT_LABEL);
  }

  int replicas() {
    return object.json().at("/spec/replicas").asInt(1);
  }

  boolean paused() {
    return object.json().at("/spec/paused").asBoolean(false);
  }

  JsonNode template() {
    return object.json().at("/spec/template");
  }

  String revision() {
    return TemplateRevision.of(template());
  }

  /// Whether its selector matches the labels of a pod, going by `matchLabels` alone.
  boolean selects(StoredObject pod) {
    JsonNode wanted = object.json().at("/spec/selector/matchLabels");
    return !wanted.isEmpty()
        && wanted.properties().stream().allMatch(label -> pod.label(label.getKey()).equals(label.getValue().asText()));
  }
}
