package dev.serin.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.operator.workload.WorkloadWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;

/// Reads Rollouts live and writes their status by compare-and-swap.
final class RolloutStore {

  private final KubernetesClient client;

  RolloutStore(KubernetesClient client) {
    this.client = client;
  }

  /// The Rollout as it is now, unless it is gone or going.
  Optional<Rollout> read(String namespace, String name) {
    return Optional.ofNullable(client.resources(Rollout.class).inNamespace(namespace).withName(name).get())
        .filter(rollout -> rollout.getMetadata().getDeletionTimestamp() == null);
  }

  static RolloutStatus status(Rollout rollout) {
    return rollout.getStatus() == null ? RolloutStatus.EMPTY : rollout.getStatus();
  }

  /// Writes what differs; fails with a conflict if the Rollout changed since it was read.
  ///
  /// @return whether anything differed
  boolean write(Rollout rollout, RolloutStatus status) {
    ObjectNode patch = MergePatch.between(json(status(rollout)), (ObjectNode) json(status));
    if (patch.isEmpty()) {
      return false;
    }
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.putObject("metadata").put("uid", rollout.getMetadata().getUid()).put("resourceVersion",
        rollout.getMetadata().getResourceVersion());
    whole.set("status", patch);
    client.resources(Rollout.class).inNamespace(rollout.getMetadata().getNamespace())
        .withName(rollout.getMetadata().getName()).subresource("status")
        .patch(new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(WorkloadWriter.FIELD_MANAGER).build(), whole.toString());
    return true;
  }

  private JsonNode json(RolloutStatus status) {
    return client.getKubernetesSerialization().convertValue(status, JsonNode.class);
  }
}
