package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.operator.OperatorSettings;
import dev.serin.operator.record.RolloutStore;
import dev.serin.operator.workload.DeploymentView;
import dev.serin.operator.workload.WorkloadReader;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Frees Deployments that carry the label of a Rollout which does not exist, such as one that was deleted while no
/// operator ran. Without it they would be held for ever.
public final class Sweep implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private final WorkloadReader workloads;
  private final RolloutStore rollouts;
  private final Releasing releasing;
  private final OperatorSettings settings;

  Sweep(WorkloadReader workloads, RolloutStore rollouts, Releasing releasing, OperatorSettings settings) {
    this.workloads = workloads;
    this.rollouts = rollouts;
    this.releasing = releasing;
    this.settings = settings;
  }

  /// Looks at every labelled Deployment. Never throws: what could not be freed now is freed next time.
  @Override
  public void run() {
    try {
      workloads.watched(settings.namespaces()).forEach(this::freeIfAbandoned);
    } catch (RuntimeException e) {
      log.atWarn().addKeyValue("cause", e.getMessage()).log("Looking for abandoned Deployments failed");
    }
  }

  /// Frees what a Rollout that was just deleted looked after; one of its name may be there again and keep it.
  void deleted(String namespace, String rollout) {
    workloads.watchedBy(namespace, rollout).forEach(this::freeIfAbandoned);
  }

  private void freeIfAbandoned(DeploymentView stable) {
    try {
      // The list may be old: whether the Rollout is gone is asked live, and the write fails if the Deployment changed.
      boolean wanted = rollouts.read(stable.namespace(), stable.label(Keys.ROLLOUT))
          .filter(rollout -> rollout.getSpec().workloadRef().name().equals(stable.name())).isPresent();
      if (wanted) {
        return;
      }
      releasing.release(stable, stable.paused() && !stable.pausedByPerson() && workloads.runs(stable));
      log.atInfo().addKeyValue("namespace", stable.namespace()).addKeyValue("deployment", stable.name())
          .addKeyValue("rollout", stable.label(Keys.ROLLOUT)).log("Freed a Deployment whose Rollout is gone");
    } catch (KubernetesClientException e) {
      log.atWarn().addKeyValue("namespace", stable.namespace()).addKeyValue("deployment", stable.name())
          .addKeyValue("code", e.getCode()).log("An abandoned Deployment was not freed");
    }
  }
}
