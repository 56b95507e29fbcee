package dev.serin.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows the loop a Rollout that was created while the deletion of one of its name was looked at, as `kubectl replace
/// --force` does.
///
/// When such a look ends, the framework (5.3.2, `triggerReconcilerOnAllEvents`) forgets the name with all that came for
/// it meanwhile, also where the look was given the new one already. From then on it drops every event but a change of the
/// Rollout itself, and no timer runs: nobody would look after the new one. It tells of that moment by a metric alone,
/// under the lock that events wait for, so nothing comes in between.
final class NamesakeEvents implements Metrics {

  private volatile @Nullable Controller<? extends HasMetadata> controller;

  @Override
  public void controllerRegistered(Controller<? extends HasMetadata> registered) {
    this.controller = registered;
  }

  @Override
  public void cleanupDone(ResourceID name, Map<String, Object> metadata) {
    var registered = controller;
    if (registered != null) {
      registered.getEventSourceManager().getControllerEventSource().get(name).ifPresent(namesake -> registered
          .getEventProcessor().handleEvent(new ResourceEvent(ResourceAction.ADDED, name, namesake)));
    }
  }
}
