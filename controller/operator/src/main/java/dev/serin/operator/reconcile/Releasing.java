package dev.serin.operator.reconcile;

import dev.serin.operator.notify.EventRecorder;
import dev.serin.operator.notify.EventType;
import dev.serin.operator.workload.DeploymentView;
import dev.serin.operator.workload.WorkloadWriter;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;

/// Lets a Deployment go whose Rollout is gone or goes: our marks come off; what is held stays held, and says how to
/// resume it.
final class Releasing {

  private final WorkloadWriter workloads;
  private final EventRecorder events;

  Releasing(WorkloadWriter workloads, EventRecorder events) {
    this.workloads = workloads;
    this.events = events;
  }

  /// @param stable
  ///          read live
  /// @param resume
  ///          whether its pods run its template, so that resuming it changes nothing
  void release(DeploymentView stable, boolean resume) {
    workloads.release(stable, resume);
    // Whoever paused it knows how to resume it.
    if (stable.paused() && !resume && !stable.pausedByPerson()) {
      var about = new DeploymentBuilder().withNewMetadata().withName(stable.name()).withNamespace(stable.namespace())
          .withUid(stable.uid()).endMetadata().build();
      events.record(about, EventType.WARNING, "Released",
          "Its Rollout is gone. Its pods stay as they are, and its template, which they do not run, stays held. To roll it "
              + "out: kubectl rollout resume deployment/" + stable.name()
              + ". To go back: apply the template that runs, "
              + "then resume.");
    }
  }
}
