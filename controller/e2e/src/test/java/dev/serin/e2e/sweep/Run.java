package dev.serin.e2e.sweep;

import dev.serin.testkit.Actor;
import dev.serin.testkit.monitor.check.Violation;
import dev.serin.testkit.proxy.Action;
import dev.serin.testkit.proxy.FaultProxy;
import dev.serin.testkit.proxy.PlannedFault;
import dev.serin.testkit.proxy.Request;
import dev.serin.testkit.proxy.Traced;
import dev.serin.testkit.proxy.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// One story, told once.
///
/// @param ending
///          where it ended
/// @param children
///          what its operators created and deleted
/// @param writes
///          the first operator's writes, until it was killed if it was
/// @param killed
///          whether the planned kill happened; a run may have fewer writes than the one it was planned by
/// @param wrong
///          invariants that were broken on the way, and what happened to stable pods that should not have
record Run(Ending ending, Children children, List<Traced> writes, boolean killed, List<String> wrong) {

  private static final int LISTS = 2;

  /// How an operator dies at a write, and how the next one begins.
  enum Kill {
    /// The write does not reach the API server.
    BEFORE(new Action.KillBefore(), false),
    /// The write is done, the reply is lost.
    LOSING_REPLY(new Action.KillLosingReply(), false),
    /// The write is done and answered.
    AFTER(new Action.KillAfter(), false),
    /// As AFTER, and the next operator's informers begin with what an API server that is behind has cached: Rollout and
    /// Deployment as they were just before the write.
    AFTER_THEN_STALE(new Action.KillAfter(), true),
    /// As AFTER_THEN_STALE, but as they were before any operator ran.
    AFTER_THEN_FIRST(new Action.KillAfter(), true);

    private final Action action;
    private final boolean stale;

    Kill(Action action, boolean stale) {
      this.action = action;
      this.stale = stale;
    }

    /// The ways that are tried at a write of this place: all but one of the two pasts, in turn.
    static List<Kill> at(int write) {
      return List.of(BEFORE, LOSING_REPLY, AFTER, write % 2 == 0 ? AFTER_THEN_STALE : AFTER_THEN_FIRST);
    }

    /// For names of images.
    String mark() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// The story without any fault.
  static Run undisturbed(SweepCluster cluster, Story story, String number) {
    String app = story.mark() + "-" + number;
    try (var shop = new Shop(cluster, story, app);
        var operator = ProxiedOperator.start(proxy(cluster, shop), shop.namespace())) {
      Ended ended = Ended.of(cluster, shop, story, app);
      List<Traced> writes = operator.proxy().writes();
      return new Run(ended.ending(), Children.of(writes), writes, false, ended.wrong());
    }
  }

  /// The story with the operator killed at its `write`-th write, and another one started.
  static Run killedAt(SweepCluster cluster, Story story, String number, int write, Kill kill) {
    String app = story.mark() + "-" + number;
    try (var shop = new Shop(cluster, story, app)) {
      var past = new CompletableFuture<String>();
      FaultProxy proxy = proxy(cluster, shop);
      if (kill == Kill.AFTER_THEN_FIRST) {
        past.complete(cluster.revision());
      } else {
        proxy.beforeWrite(write, () -> past.complete(cluster.revision()));
      }
      PlannedFault fault = proxy.plan(Trigger.write(write), kill.action);
      var first = ProxiedOperator.start(proxy, shop.namespace());
      CompletableFuture<ProxiedOperator> second = CompletableFuture.supplyAsync(() -> {
        fault.await(Shop.PATIENCE);
        FaultProxy next = proxy(cluster, shop);
        if (kill.stale) {
          next.plan(new Trigger.Matching(request -> stale(request, shop), 1, LISTS), new Action.Frozen(past.join()));
        }
        var successor = ProxiedOperator.start(next, shop.namespace());
        first.close();
        return successor;
      });
      try {
        Ended ended = Ended.of(cluster, shop, story, app);
        boolean killed = fault.happened();
        List<Traced> all = new ArrayList<>(proxy.writes());
        if (killed) {
          all.addAll(second.join().proxy().writes());
        }
        return new Run(ended.ending(), Children.of(all), proxy.writes(), killed, ended.wrong());
      } finally {
        if (fault.happened()) {
          second.join().close();
        } else {
          first.close();
        }
      }
    }
  }

  /// How a story ended.
  private record Ended(Ending ending, List<String> wrong) {

    static Ended of(SweepCluster cluster, Shop shop, Story story, String app) {
      try (var advances = new Advances(cluster.plane().client(Actor.OBSERVER), shop.namespace())) {
        shop.awaitReason("Stable");
        shop.sell();
        Set<String> before = shop.pods(app + ":v1");
        story.play(shop, app);
        Ending ending = shop.ending(advances);
        List<String> wrong = new ArrayList<>(
            cluster.violations(shop.namespace()).stream().map(Violation::toString).toList());
        story.wrong(before, shop.pods(app + ":v1")).ifPresent(wrong::add);
        return new Ended(ending, List.copyOf(wrong));
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
}
