package dev.serin.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.workload.WorkloadSnapshot.StraySet;
import dev.serin.rollout.Revision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Writes to the user's Deployment and the canary. Every write names the uid or resourceVersion that was read, so a
/// late one fails with a conflict instead of undoing what somebody did meanwhile.
public final class WorkloadWriter {

  private static final int DISOWNING = 5;

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

  /// Keep a template in a ControllerRevision; nothing happens if it is kept already. What a deleted Rollout of this name
  /// kept, and the garbage collector is about to delete, gives way first: the next look keeps ours.
  ///
  /// @param current
  ///          whether this Rollout, asked for now, is still the one of its name: then no other owner of the name lives
  public void keep(Rollout rollout, DeploymentView stable, PodTemplate template, long sequence,
      BooleanSupplier current) {
    Revision revision = template.revision();
    ObjectNode kept = JsonNodeFactory.instance.objectNode().put("apiVersion", "apps/v1")
        .put("kind", "ControllerRevision").put("revision", sequence);
    ObjectNode metadata = kept.putObject("metadata").put("name", rollout.getMetadata().getName() + "-" + revision)
        .put("namespace", stable.namespace());
    metadata.putObject("labels").put(Keys.ROLLOUT, rollout.getMetadata().getName())
        .put(Keys.REVISION, revision.value());
    metadata.putArray("ownerReferences").add(CanaryManifest.owner(rollout));
    // The API server compares the text of this field at every patch, and writes it sorted: in any other order even a new
    // label would be refused as a change of it, and a Rollout deleted with --cascade=orphan would stay for ever.
    kept.putObject("data").set("template", template.sorted());
    var ours = client.getKubernetesSerialization().convertValue(kept, ControllerRevision.class);
    ControllerRevision there = client.resource(ours).get();
    // Asked in this order: it was there before this Rollout was seen to be the one of its name.
    if (there != null && isLeftover(there, rollout) && current.getAsBoolean()) {
      deleteAsRead(there);
    } else {
      createOnce(rollout, ours, there);
    }
  }

  /// Create the canary Deployment with no pods.
  public void createCanary(Rollout rollout, DeploymentView stable, PodTemplate candidate) {
    var ours = client.getKubernetesSerialization().convertValue(CanaryManifest.of(rollout, stable, candidate),
        GenericKubernetesResource.class);
    createOnce(rollout, ours, client.resource(ours).get());
  }

  /// Delete the canary Deployment, its ReplicaSets after it (background propagation, the default of apps/v1). Never
  /// orphans: the user's Deployment would adopt them.
  public void deleteCanary(DeploymentView canary) {
    var resource = client.getKubernetesSerialization().convertValue(canary.json(), GenericKubernetesResource.class);
    deleteAsRead(resource);
  }

  /// Resume the user's Deployment and note, in the same write, which order this was.
  public void resume(DeploymentView stable, long order) {
    ObjectNode patch = fenced(stable);
    ObjectNode annotations = patch.withObject("/metadata").putObject("annotations")
        .put(Keys.SEQUENCE, Long.toString(order)).putNull(Keys.RELEASED_BY);
    if (!stable.annotation(Keys.HOLD).isEmpty()) {
      annotations.put(Keys.HOLD, Keys.ROLLING);
    }
    patch.putObject("spec").put("paused", false);
    patch(stable, PatchType.JSON_MERGE, patch);
  }

  /// Pause the user's Deployment and mark it as one that we keep paused.
  public void keepPaused(DeploymentView stable) {
    ObjectNode patch = fenced(stable);
    patch.withObject("/metadata").putObject("annotations").put(Keys.HOLD, Keys.ALWAYS).putNull(Keys.RELEASED_BY);
    patch.putObject("spec").put("paused", true);
    patch(stable, PatchType.JSON_MERGE, patch);
  }

  /// Take that mark away and resume.
  public void endKeepingPaused(DeploymentView stable) {
    ObjectNode patch = fenced(stable);
    patch.withObject("/metadata").putObject("annotations").putNull(Keys.HOLD);
    patch.putObject("spec").put("paused", false);
    patch(stable, PatchType.JSON_MERGE, patch);
  }

  /// Take every mark of ours off the user's Deployment.
  ///
  /// @param resume
  ///          whether it is resumed too
  public void release(DeploymentView stable, boolean resume) {
    ObjectNode patch = fenced(stable);
    ObjectNode metadata = patch.withObject("/metadata");
    metadata.putObject("labels").putNull(Keys.ROLLOUT);
    metadata.putObject("annotations").putNull(Keys.HOLD).putNull(Keys.SEQUENCE).putNull(Keys.RELEASED_BY);
    if (resume) {
      patch.putObject("spec").put("paused", false);
    }
    patch(stable, PatchType.JSON_MERGE, patch);
  }

  /// Write the kept template of `revision` to the user's Deployment, held.
  ///
  /// @throws NameTaken
  ///           when the template is not kept any more, or another one is kept under its name
  /// @throws TemplateAltered
  ///           when it came back as another one
  public void restore(Rollout rollout, DeploymentView stable, Revision revision) {
    String name = rollout.getMetadata().getName() + "-" + revision;
    ControllerRevision kept = client.apps().controllerRevisions().inNamespace(stable.namespace()).withName(name).get();
    if (kept == null || !kept.hasOwnerReferenceFor(rollout.getMetadata().getUid())) {
      throw new NameTaken("ControllerRevision " + name + " with the template to restore is gone or not Serin's: apply "
          + "the template of revision " + revision + " yourself.");
    }
    JsonNode template = client.getKubernetesSerialization().convertValue(kept.getData(), JsonNode.class)
        .path("template");
    if (!(template instanceof ObjectNode content) || !new PodTemplate(content).revision().equals(revision)) {
      throw new NameTaken("ControllerRevision " + name + " does not hold the template of revision " + revision
          + " any more, so somebody changed it: apply that template yourself, or delete the ControllerRevision to keep "
          + "what runs.");
    }
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    // Replaced by what was read, these two make the API server answer a conflict if the Deployment changed meanwhile.
    patch.addObject().put("op", "replace").put("path", "/metadata/uid").put("value", stable.uid());
    patch.addObject().put("op", "replace").put("path", "/metadata/resourceVersion")
        .put("value", stable.resourceVersion());
    patch.addObject().put("op", "replace").put("path", "/spec/template").set("value", content);
    // The policy would do it too, if it is still there.
    patch.addObject().put("op", "add").put("path", "/spec/paused").put("value", true);
    DeploymentView written = patch(stable, PatchType.JSON, patch);
    disown(written);
    if (!PodTemplate.of(written.json()).revision().equals(revision)) {
      throw new TemplateAltered(written.name(), revision);
    }
  }

  /// Give up the fields that our write made ours, the template and the pause: who applies the mend with server-side apply, in the middle of
  /// an incident, must not be told of a conflict with us. Kubernetes writes at the same time, so it may take some attempts;
  /// if none succeeds, that apply has to be forced.
  private void disown(DeploymentView written) {
    DeploymentView deployment = written;
    for (int attempt = 0; attempt < DISOWNING; attempt++) {
      Optional<ArrayNode> owners = deployment.ownersButOf(Keys.FIELD_MANAGER);
      if (owners.isEmpty()) {
        return;
      }
      ObjectNode patch = fenced(deployment);
      patch.withObject("/metadata").set("managedFields", owners.get());
      try {
        patch(deployment, PatchType.JSON_MERGE, patch);
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
        deployment = new WorkloadReader(client).deployment(written.namespace(), written.name()).orElse(written);
      }
    }
  }

  /// Drop a kept template. Nothing happens if it is gone, or is not ours.
  public void drop(Rollout rollout, Revision revision) {
    var named = client.apps().controllerRevisions().inNamespace(rollout.getMetadata().getNamespace())
        .withName(rollout.getMetadata().getName() + "-" + revision);
    ControllerRevision kept = named.get();
    if (kept != null && kept.hasOwnerReferenceFor(rollout.getMetadata().getUid())) {
      deleteAsRead(kept);
    }
  }

  /// Scale a ReplicaSet of an orphaned canary to zero.
  public void empty(StraySet stray) {
    client.apps().replicaSets().inNamespace(stray.namespace()).withName(stray.name()).patch(
        new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).withFieldManager(Keys.FIELD_MANAGER).build(),
        "{\"metadata\":{\"uid\":\"" + stray.uid() + "\"},\"spec\":{\"replicas\":0}}");
  }

  /// Delete a ReplicaSet of an orphaned canary. Nothing happens if it is another one by now, or has pods again.
  public void delete(StraySet stray) {
    var set = client.apps().replicaSets().inNamespace(stray.namespace()).withName(stray.name()).get();
    if (set != null && stray.uid().equals(set.getMetadata().getUid()) && set.getSpec().getReplicas() == 0) {
      deleteAsRead(set);
    }
  }

  /// Names are deterministic: a create whose reply was lost is found again. What has the name and is not ours stays, and
  /// is asked for with reads only.
  private void createOnce(Rollout rollout, HasMetadata object, @Nullable HasMetadata there) {
    String named = object.getKind() + " " + object.getMetadata().getName();
    if (there == null) {
      client.resource(object).create();
    } else if (!there.hasOwnerReferenceFor(rollout.getMetadata().getUid())) {
      throw new NameTaken(named + " exists and was not made for this Rollout: rename or delete it, Serin needs this "
          + "name.");
    } else if (!labels(there).entrySet().containsAll(labels(object).entrySet())) {
      // By its labels it is found: made again and again, it would never be.
      throw new NameTaken(named + " has lost labels that Serin finds it by: give it " + labels(object)
          + " again, or delete it.");
    }
  }

  /// Fails with a conflict if the object changed since it was read.
  private void deleteAsRead(HasMetadata object) {
    client.resource(object).lockResourceVersion(object.getMetadata().getResourceVersion()).delete();
  }

  /// Whether it belongs to another Rollout of this name alone.
  private static boolean isLeftover(HasMetadata there, Rollout rollout) {
    var owners = there.getMetadata().getOwnerReferences();
    return there.getMetadata().getDeletionTimestamp() == null && !owners.isEmpty()
        && owners.stream().allMatch(owner -> owner.getApiVersion().startsWith(Keys.GROUP + "/")
            && owner.getKind().equals(rollout.getKind()) && owner.getName().equals(rollout.getMetadata().getName())
            && !owner.getUid().equals(rollout.getMetadata().getUid()));
  }

  private static Map<String, String> labels(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
  }

  private DeploymentView patch(DeploymentView deployment, PatchType type, JsonNode patch) {
    var written = client.genericKubernetesResources(WorkloadReader.DEPLOYMENTS).inNamespace(deployment.namespace())
        .withName(deployment.name())
        .patch(new PatchContext.Builder().withPatchType(type).withFieldManager(Keys.FIELD_MANAGER).build(),
            patch.toString());
    return new DeploymentView(client.getKubernetesSerialization().convertValue(written, JsonNode.class));
  }

  private static ObjectNode fenced(DeploymentView deployment) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("uid", deployment.uid()).put("resourceVersion", deployment.resourceVersion());
    return patch;
  }
}
