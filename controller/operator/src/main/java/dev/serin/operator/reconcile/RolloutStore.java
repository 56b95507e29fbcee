package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
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
    return new StatusSwap(client).write(rollout, status(rollout), status);
  }
}
