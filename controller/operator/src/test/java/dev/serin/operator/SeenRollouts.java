package dev.serin.operator;

import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.Rollout;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A loop that only notes what it is asked to look at. A Rollout named `failing` makes it fail. The first look at one named
/// `busy` and the look at the deletion of one named `slow` last until `after-busy` and `after-slow` were looked at; both
/// ask for further looks.
@Singleton
@Primary
final class SeenRollouts implements Reconciler<Rollout> {
  private static final Set<String> LASTING = Set.of("busy", "slow");

  private final BlockingQueue<Look> looks = new LinkedBlockingQueue<>();

  /// @param rollout
  ///          `<namespace>/<name>`
  /// @param deletion
  ///          whether it was gone, or one of its name was
  record Look(String rollout, boolean deletion) {}

  @Override
  public UpdateControl<Rollout> reconcile(Rollout rollout, Context<Rollout> context) {
    String name = rollout.getMetadata().getName();
    String namespace = rollout.getMetadata().getNamespace();
    var look = new Look(namespace + "/" + name, context.isPrimaryResourceDeleted());
    boolean first = !looks.contains(look);
    looks.add(look);
    if (first && name.equals(look.deletion() ? "slow" : "busy")) {
      await().atMost(Duration.ofSeconds(60))
          .until(() -> looks.contains(new Look(namespace + "/after-" + name, false)));
    }
    if (name.equals("failing") && !look.deletion()) {
      throw new IllegalStateException("this Rollout always fails");
    }
    return LASTING.contains(name) && !look.deletion()
        ? UpdateControl.<Rollout>noUpdate().rescheduleAfter(Duration.ofMillis(100))
        : UpdateControl.noUpdate();
  }

  long count(Look look) {
    return looks.stream().filter(look::equals).count();
  }
}
