package dev.serin.operator.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.api.v1alpha1.Keys;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/// Compare-and-swap of an object's status: what differs is written, on the resourceVersion that was read.
record StatusSwap(KubernetesClient client) {

  /// Fails with a conflict if the object changed since it was read.
  ///
  /// @param object
  ///          as it was read
  /// @return whether anything differed
  <S> boolean write(HasMetadata object, S before, S after) {
    ObjectNode patch = MergePatch.between(json(before), (ObjectNode) json(after));
    if (patch.isEmpty()) {
      return false;
    }
    var metadata = object.getMetadata();
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.putObject("metadata").put("uid", metadata.getUid()).put("resourceVersion", metadata.getResourceVersion());
    whole.set("status", patch);
    client.resources(object.getClass()).inNamespace(metadata.getNamespace()).withName(metadata.getName())
        .subresource("status").patch(new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(Keys.FIELD_MANAGER).build(), whole.toString());
    return true;
  }

  private JsonNode json(Object status) {
    return client.getKubernetesSerialization().convertValue(status, JsonNode.class);
  }
}
