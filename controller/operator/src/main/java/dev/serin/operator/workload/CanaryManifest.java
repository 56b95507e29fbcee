package dev.serin.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;

/// The canary Deployment: the candidate's template with one more label, no pods yet, owned by the Rollout.
final class CanaryManifest {

  private CanaryManifest() {}

  static ObjectNode of(Rollout rollout, DeploymentView stable, PodTemplate candidate) {
    ObjectNode canary = JsonNodeFactory.instance.objectNode().put("apiVersion", "apps/v1").put("kind", "Deployment");
    ObjectNode metadata = canary.putObject("metadata").put("name", WorkloadReader.canaryName(rollout))
        .put("namespace", stable.namespace());
    metadata.putObject("labels").put(Keys.ROLLOUT, rollout.getMetadata().getName())
        .put(Keys.REVISION, candidate.revision().value()).put(Keys.ARM, Keys.CANARY);
    metadata.putArray("ownerReferences").add(owner(rollout));

    ObjectNode spec = canary.putObject("spec").put("replicas", 0);
    // Without the deadline and the readiness time of stable, the canary would look healthy earlier than stable does.
    copy(stable.json().path("spec"), spec, "minReadySeconds");
    copy(stable.json().path("spec"), spec, "progressDeadlineSeconds");
    ObjectNode selector = stable.json().at("/spec/selector").deepCopy();
    selector.withObject("/matchLabels").put(Keys.ARM, Keys.CANARY);
    spec.set("selector", selector);
    ObjectNode template = candidate.json().deepCopy();
    template.withObject("/metadata").withObject("/labels").put(Keys.ARM, Keys.CANARY);
    spec.set("template", template);
    return canary;
  }

  static ObjectNode owner(Rollout rollout) {
    return JsonNodeFactory.instance.objectNode().put("apiVersion", rollout.getApiVersion())
        .put("kind", rollout.getKind()).put("name", rollout.getMetadata().getName())
        .put("uid", rollout.getMetadata().getUid()).put("controller", true);
  }

  private static void copy(JsonNode from, ObjectNode to, String field) {
    if (from.hasNonNull(field)) {
      to.set(field, from.get(field));
    }
  }
}
