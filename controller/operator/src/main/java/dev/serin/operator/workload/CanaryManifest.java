package dev.serin.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;

/// The canary Deployment: the candidate's template with one more label, no pods yet, owned by the Rollout.
final class CanaryManifest {

  // A canary deleted without its pods is adopted by the user's Deployment, which then takes away what is too much, in
  // proportion to the size that Kubernetes noted on each ReplicaSet: replicas + maxSurge of its former Deployment. A size
  // this large makes it take the canary's pods and none of stable's. Nothing ever rolls in a canary.
  private static final int ORPHAN_YIELDS = 1_000_000;

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
    spec.putObject("strategy").put("type", "RollingUpdate").putObject("rollingUpdate").put("maxSurge", ORPHAN_YIELDS)
        .put("maxUnavailable", 0);
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
