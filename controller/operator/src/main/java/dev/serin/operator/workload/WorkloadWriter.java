package dev.serin.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.rollout.Revision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;

/// Writes to the user's Deployment and the canary. Every write names the uid or resourceVersion that was read, so a
/// late one fails with a conflict instead of undoing what somebody did meanwhile.
public final class WorkloadWriter {

  /// Field manager of our patches; the hold policy lets only this one and `kubectl rollout resume` unpause.
  public static final String FIELD_MANAGER = "serin-controller";

  private final KubernetesClient client;

  public WorkloadWriter(KubernetesClient client) {
    this.client = client;
  }

  /// Put the Rollout's label on the user's Deployment.
  public void label(Rollout rollout, DeploymentView stable) {
    ObjectNode patch = fenced(stable);
    patch.withObject("/metadata").putObject("labels").put(Keys.ROLLOUT, rollout.getMetadata().getName());
    patch(stable, PatchType.JSON_MERGE, patch);
  }

  /// Keep a template in a ControllerRevision; nothing happens if it is kept already.
  public void keep(Rollout rollout, DeploymentView stable, PodTemplate template, long sequence) {
    Revision revision = template.revision();
    ObjectNode kept = JsonNodeFactory.instance.objectNode().put("apiVersion", "apps/v1")
        .put("kind", "ControllerRevision").put("revision", sequence);
    ObjectNode metadata = kept.putObject("metadata").put("name", rollout.getMetadata().getName() + "-" + revision)
        .put("namespace", stable.namespace());
    metadata.putObject("labels").put(Keys.ROLLOUT, rollout.getMetadata().getName())
        .put(Keys.REVISION, revision.value());
    metadata.putArray("ownerReferences").add(CanaryManifest.owner(rollout));
    kept.putObject("data").set("template", template.json());
    createOnce(client.getKubernetesSerialization().convertValue(kept, ControllerRevision.class));
  }

  /// Create the canary Deployment with no pods.
  public void createCanary(Rollout rollout, DeploymentView stable, PodTemplate candidate) {
    createOnce(client.getKubernetesSerialization().convertValue(CanaryManifest.of(rollout, stable, candidate),
        GenericKubernetesResource.class));
  }

  /// Delete the canary Deployment, its ReplicaSets after it (background propagation, the default of apps/v1). Never
  /// orphans: the user's Deployment would adopt them.
  public void deleteCanary(DeploymentView canary) {
    var resource = client.getKubernetesSerialization().convertValue(canary.json(), GenericKubernetesResource.class);
    client.resource(resource).lockResourceVersion(canary.resourceVersion()).delete();
  }

  /// Resume the user's Deployment and note, in the same write, which order this was.
  public void resume(DeploymentView stable, long order) {
    ObjectNode patch = fenced(stable);
    patch.withObject("/metadata").putObject("annotations").put(Keys.SEQUENCE, Long.toString(order));
    patch.putObject("spec").put("paused", false);
    patch(stable, PatchType.JSON_MERGE, patch);
  }

  /// Write the kept template of `revision` to the user's Deployment, which comes back held.
  ///
  /// @throws IllegalStateException
  ///           when the template is not kept
  public void restore(Rollout rollout, DeploymentView stable, Revision revision) {
    ControllerRevision kept = client.apps().controllerRevisions().inNamespace(stable.namespace())
        .withName(rollout.getMetadata().getName() + "-" + revision).get();
    if (kept == null || !kept.hasOwnerReferenceFor(rollout.getMetadata().getUid())) {
      throw new IllegalStateException("the template of revision " + revision + " is not kept any more");
    }
    JsonNode data = client.getKubernetesSerialization().convertValue(kept.getData(), JsonNode.class);
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    patch.addObject().put("op", "test").put("path", "/metadata/resourceVersion")
        .put("value", stable.resourceVersion());
    patch.addObject().put("op", "replace").put("path", "/spec/template").set("value", data.get("template"));
    patch(stable, PatchType.JSON, patch);
  }

  private void createOnce(HasMetadata object) {
    try {
      client.resource(object).create();
    } catch (KubernetesClientException e) {
      // Names are deterministic: a create whose reply was lost is found again, and the next look checks its owner.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private void patch(DeploymentView deployment, PatchType type, JsonNode patch) {
    client.genericKubernetesResources(WorkloadReader.DEPLOYMENTS).inNamespace(deployment.namespace())
        .withName(deployment.name())
        .patch(new PatchContext.Builder().withPatchType(type).withFieldManager(FIELD_MANAGER).build(),
            patch.toString());
  }

  private static ObjectNode fenced(DeploymentView deployment) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("uid", deployment.uid()).put("resourceVersion", deployment.resourceVersion());
    return patch;
  }
}
