package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Rollout;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/// Asks for a look at a Rollout when one of its windows has closed.
final class WindowEvents extends AbstractEventSource<Void, Rollout> {

  WindowEvents() {
    super(Void.class, "windows");
  }

  @Override
  public Set<Void> getSecondaryResources(Rollout rollout) {
    return Set.of();
  }

  void closed(Rollout rollout) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(ResourceID.fromResource(rollout)));
    }
  }
}
