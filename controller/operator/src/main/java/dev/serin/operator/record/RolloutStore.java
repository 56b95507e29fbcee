package dev.serin.operator.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;

/// Reads Rollouts live and writes their status by compare-and-swap.
public final class RolloutStore {

  private final KubernetesClient client;

  public RolloutStore(KubernetesClient client) {
    this.client = client;
  }

  /// The Rollout as it is now, one that is being deleted included.
  public Optional<Rollout> read(String namespace, String name) {
    return Optional.ofNullable(client.resources(Rollout.class).inNamespace(namespace).withName(name).get());
  }

  /// The same Rollout as it is now; empty where it is gone, also if another one has its name.
  public Optional<Rollout> reread(Rollout seen) {
    var metadata = seen.getMetadata();
    return read(metadata.getNamespace(), metadata.getName())
        .filter(now -> now.getMetadata().getUid().equals(metadata.getUid()));
  }

  /// Whether nothing happened to the Rollout, read live, that may take back what was decided from `read`: it is the same
  /// one, it stays, and remembers the same.
  public boolean stands(Rollout read) {
    return reread(read)
        .filter(now -> now.getMetadata().getDeletionTimestamp() == null)
        // The sequence alone would come again after the status was wiped.
        .filter(now -> StatusReading.record(status(now)).equals(StatusReading.record(status(read)))).isPresent();
  }

  /// Whether our finalizer keeps the Rollout.
  public static boolean guarded(Rollout rollout) {
    return rollout.getMetadata().getFinalizers().contains(Keys.ROUTE_RESTORE);
  }

  /// Puts our finalizer on the Rollout, or takes it off; fails with a conflict if the Rollout changed since it was read.
  public void guard(Rollout rollout, boolean guarded) {
    var metadata = rollout.getMetadata();
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ArrayNode finalizers = patch.putObject("metadata").put("uid", metadata.getUid())
        .put("resourceVersion", metadata.getResourceVersion()).putArray("finalizers");
    metadata.getFinalizers().stream().filter(name -> !name.equals(Keys.ROUTE_RESTORE)).forEach(finalizers::add);
    if (guarded) {
      finalizers.add(Keys.ROUTE_RESTORE);
    }
    client.resources(Rollout.class).inNamespace(metadata.getNamespace()).withName(metadata.getName())
        .patch(new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).withFieldManager(Keys.FIELD_MANAGER)
            .build(), patch.toString());
  }

  /// The status, empty before the first visit.
  public static RolloutStatus status(Rollout rollout) {
    return rollout.getStatus() == null ? RolloutStatus.EMPTY : rollout.getStatus();
  }

  /// Writes what differs; fails with a conflict if the Rollout changed since it was read.
  ///
  /// @return whether anything differed
  public boolean write(Rollout rollout, RolloutStatus status) {
    return new StatusSwap(client).write(rollout, status(rollout), status);
  }
}
