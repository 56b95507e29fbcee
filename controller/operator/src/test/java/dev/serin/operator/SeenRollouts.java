package dev.serin.operator;

import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.Rollout;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A loop that only notes what it is asked to look at. A Rollout named `failing` makes it fail; the look at the deletion
/// of one named `slow` lasts until one named `after-slow` was looked at.
@Singleton
@Primary
final class SeenRollouts implements Reconciler<Rollout> {
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @Override
  public UpdateControl<Rollout> reconcile(Rollout rollout, Context<Rollout> context) {
    String namespace = rollout.getMetadata().getNamespace();
    seen.add(namespace + "/" + rollout.getMetadata().getName());
    if (rollout.getMetadata().getName().equals("slow") && context.isPrimaryResourceDeleted()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> seen.contains(namespace + "/after-slow"));
    }
    if (rollout.getMetadata().getName().equals("failing") && !context.isPrimaryResourceDeleted()) {
      throw new IllegalStateException("this Rollout always fails");
    }
    return UpdateControl.noUpdate();
  }

  List<String> seen() {
    return List.copyOf(seen);
  }
}
