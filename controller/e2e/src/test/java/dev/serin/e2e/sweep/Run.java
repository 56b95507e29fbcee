package dev.serin.e2e.sweep;

import dev.serin.api.v1alpha1.Rollout;
import dev.serin.testkit.Actor;
import dev.serin.testkit.monitor.check.Violation;
import dev.serin.testkit.proxy.Action;
import dev.serin.testkit.proxy.FaultProxy;
import dev.serin.testkit.proxy.PlannedFault;
import dev.serin.testkit.proxy.Request;
import dev.serin.testkit.proxy.Traced;
import dev.serin.testkit.proxy.Trigger;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/// One story, told once.
///
/// @param ending
///          where it ended
/// @param writes
///          the operator's writes, until it was killed if it was
/// @param killed
///          whether the planned kill happened; a run may have fewer writes than the one it was planned by
/// @param violations
///          invariants that were broken on the way
record Run(Ending ending, List<Traced> writes, boolean killed, List<Violation> violations) {

  private static final int LISTS = 2;

  /// How an operator dies at a write, and how the next one begins.
  enum Kill {
    /// The write does not reach the API server.
    BEFORE(new Action.KillBefore(), false),
    /// The write is done, the reply is lost.
    LOSING_REPLY(new Action.KillLosingReply(), false),
    /// The write is done and answered.
    AFTER(new Action.KillAfter(), false),
    /// As AFTER, and the next operator's informers begin with what an API server that is behind has cached: the past.
    AFTER_THEN_STALE(new Action.KillAfter(), true);

    private final Action action;
    private final boolean stale;

    Kill(Action action, boolean stale) {
      this.action = action;
      this.stale = stale;
    }

    /// For names of images.
    String mark() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// The story without any fault.
  static Run undisturbed(SweepCluster cluster, Story story, String number) {
    String app = story.mark() + "-" + number;
    try (var shop = new Shop(cluster, story.minReadySeconds(), app);
        var operator = ProxiedOperator.start(proxy(cluster, shop), shop.namespace())) {
      shop.awaitReason("Stable");
      shop.sell();
      story.play(shop, app);
      Ending ending = shop.ending();
      return new Run(ending, operator.proxy().writes(), false, cluster.violations(shop.namespace()));
    }
  }

  /// The story with the operator killed at its `write`-th write, and another one started.
  static Run killedAt(SweepCluster cluster, Story story, String number, int write, Kill kill) {
    String app = story.mark() + "-" + number;
    try (var shop = new Shop(cluster, story.minReadySeconds(), app)) {
      String before = version(cluster, shop);
      FaultProxy proxy = proxy(cluster, shop);
      PlannedFault fault = proxy.plan(Trigger.write(write), kill.action);
      var first = ProxiedOperator.start(proxy, shop.namespace());
      CompletableFuture<ProxiedOperator> second = CompletableFuture.supplyAsync(() -> {
        fault.await(Shop.PATIENCE);
        FaultProxy next = proxy(cluster, shop);
        if (kill.stale) {
          next.plan(new Trigger.Matching(request -> stale(request, shop), 1, LISTS), new Action.Frozen(before));
        }
        var successor = ProxiedOperator.start(next, shop.namespace());
        first.close();
        return successor;
      });
      try {
        shop.awaitReason("Stable");
        shop.sell();
        story.play(shop, app);
        Ending ending = shop.ending();
        return new Run(ending, proxy.writes(), fault.happened(), cluster.violations(shop.namespace()));
      } finally {
        if (fault.happened()) {
          second.join().close();
        } else {
          first.close();
        }
      }
    }
  }

  private static FaultProxy proxy(SweepCluster cluster, Shop shop) {
    return FaultProxy.start(cluster.kubeconfig(), request -> request.namespace().equals(shop.namespace()));
  }

  /// What an informer begins with. A single object is read from etcd by any API server, however far it is behind.
  private static boolean stale(Request request, Shop shop) {
    return request.method().equals("GET") && !request.watch() && request.namespace().equals(shop.namespace())
        && request.name().isEmpty() && List.of("rollouts", "deployments").contains(request.resource());
  }

  private static String version(SweepCluster cluster, Shop shop) {
    return cluster.plane().client(Actor.OBSERVER).resources(Rollout.class).inNamespace(shop.namespace())
        .withName("shop").get().getMetadata().getResourceVersion();
  }
}
