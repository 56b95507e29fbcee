package dev.serin.testkit.monitor.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

  /// Ready pods by the last word of the Deployment controller.
  public int readyReplicas() {
    return object.json().at("/status/readyReplicas").asInt(0);
  }

  /// How many pods its strategy may take away at once: all with `Recreate`, else `maxUnavailable`, by default 25 %. A
  /// share is rounded down, and is one where nothing could be added instead.
  public int maxUnavailable() {
    if (object.json().at("/spec/strategy/type").asText().equals("Recreate")) {
      return replicas();
    }
    int unavailable = share("/spec/strategy/rollingUpdate/maxUnavailable", RoundingMode.FLOOR);
    return unavailable == 0 && share("/spec/strategy/rollingUpdate/maxSurge", RoundingMode.CEILING) == 0
        ? 1
        : Math.min(unavailable, replicas());
  }

  private int share(String pointer, RoundingMode rounding) {
    String text = object.json().at(pointer).asText();
    String asked = text.matches("[0-9]{1,9}%?") ? text : "25%";
    return asked.endsWith("%")
        ? new BigDecimal(asked.substring(0, asked.length() - 1)).multiply(BigDecimal.valueOf(replicas()))
            .divide(BigDecimal.valueOf(100), 0, rounding).intValueExact()
        : Integer.parseInt(asked);
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
