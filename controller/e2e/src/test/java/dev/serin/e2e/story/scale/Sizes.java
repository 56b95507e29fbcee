package dev.serin.e2e.story.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.e2e.story.Shop;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Every size that a shop's Deployment and its canary had at the same time, in the order in which they were stored.
final class Sizes implements AutoCloseable {

  private final List<Moment> moments = new CopyOnWriteArrayList<>();
  private final Watch watch;
  private volatile @Nullable WatcherException ended;

  /// @param wanted
  ///          pods asked for of the user's Deployment
  /// @param ready
  ///          its ready pods
  /// @param canary
  ///          canary pods asked for
  private record Moment(int wanted, int ready, int canary) {}

  private Sizes(ControlPlane plane, Shop shop) {
    var deployments = plane.client(Actor.OBSERVER).apps().deployments().inNamespace(shop.namespace());
    DeploymentList now = deployments.list();
    Moment first = new Moment(0, 0, 0);
    for (Deployment each : now.getItems()) {
      first = after(first, Watcher.Action.ADDED, each);
    }
    moments.add(first);
    // Of the list: from a version of one object the watch would repeat what happened to others before.
    watch = deployments.withResourceVersion(now.getMetadata().getResourceVersion()).watch(new Watcher<>() {
      @Override
      public void eventReceived(Action action, Deployment changed) {
        moments.add(after(moments.getLast(), action, changed));
      }

      @Override
      public void onClose(WatcherException cause) {
        ended = cause;
      }
    });
  }

  static Sizes watch(ControlPlane plane, Shop shop) {
    return new Sizes(plane, shop);
  }

  private static Moment after(Moment last, Watcher.Action action, Deployment changed) {
    boolean gone = action == Watcher.Action.DELETED;
    if (changed.getMetadata().getLabels() != null && changed.getMetadata().getLabels().containsKey(Keys.ARM)) {
      return new Moment(last.wanted(), last.ready(), gone ? 0 : changed.getSpec().getReplicas());
    }
    return changed.getMetadata().getName().equals("shop")
        ? new Moment(changed.getSpec().getReplicas(), ready(changed), last.canary())
        : last;
  }

  /// Asserts that the canary never got more pods than a weight allows beside the Deployment of that moment, and none
  /// where it had none.
  ///
  /// @param weight
  ///          in percent, below 100
  void assertShare(int weight) {
    assertThat(ended).as("why the watch ended before the test").isNull();
    assertThat(moments).as("moments seen").hasSizeGreaterThan(1);
    for (int i = 1; i < moments.size(); i++) {
      Moment now = moments.get(i);
      if (now.canary() > moments.get(i - 1).canary()) {
        assertThat(now.canary()).as("canary pods at %s of %s", now, moments)
            .isLessThanOrEqualTo(share(weight, Math.max(now.wanted(), now.ready())));
      }
    }
  }

  /// Canary pods beside `stable` pods: `max(1, floor(w*s/(1-w)))`, and none beside none.
  static int share(int weight, int stable) {
    return stable == 0 ? 0 : Math.max(1, weight * stable / (100 - weight));
  }

  private static int ready(Deployment deployment) {
    return deployment.getStatus() == null
        ? 0
        : Objects.requireNonNullElse(deployment.getStatus().getReadyReplicas(), 0);
  }

  @Override
  public void close() {
    watch.close();
  }
}
