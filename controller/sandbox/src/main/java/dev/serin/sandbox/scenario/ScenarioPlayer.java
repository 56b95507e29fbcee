package dev.serin.sandbox.scenario;

import dev.serin.sandbox.SandboxNodes;
import dev.serin.sandbox.gateway.Gateway;
import dev.serin.sandbox.load.Load;
import dev.serin.sandbox.load.LoadReport;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Plays one scenario on a cluster where an operator runs. The workload stays when it is over.
public final class ScenarioPlayer {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Scenario scenario;
  private final SandboxNodes nodes;
  private final InstantSource clock;
  private final Consumer<Progress> listener;
  private final Workloads workloads;
  private Progress.@Nullable Changed shown;
  private Instant nextTick = Instant.MIN;

  /// @param client   with the rights of a person who may create namespaces, Deployments, Services and Rollouts
  /// @param nodes    run the pods of the same cluster; they learn the scenario's versions
  /// @param listener called by the playing thread
  public ScenarioPlayer(Scenario scenario, KubernetesClient client, SandboxNodes nodes, InstantSource clock,
      Consumer<Progress> listener) {
    this.scenario = scenario;
    this.nodes = nodes;
    this.clock = clock;
    this.listener = listener;
    this.workloads = new Workloads(client, scenario);
  }

  /// Plays to the end, or to the first push that does not end as expected.
  ///
  /// @throws TimeoutException if the workload does not get ready or nobody looks after the Rollout within a minute
  public Report play() throws IOException, InterruptedException, TimeoutException {
    scenario.versions().forEach(nodes::define);
    workloads.create();
    Gateway gateway = nodes.gateway(scenario.workload().namespace(), scenario.workload().name());
    require(workloads::allReady, "the pods of the workload did not get ready");
    gateway.awaitEndpoints(START);
    try (Load load = Load.start(gateway.address(), scenario.load(), clock)) {
      Instant begin = clock.instant();
      listener.accept(new Progress.Serving(scenario, "http://127.0.0.1:" + gateway.address().getPort()));
      workloads.createRollout();
      require(() -> workloads.look().stable().isPresent(), "no operator recorded the stable version in the Rollout");
      listener.accept(new Progress.Watched(workloads.look().stable().orElseThrow()));
      List<PushResult> results = pushes(load, begin);
      return new Report(scenario, results, load.report());
    }
  }

  private List<PushResult> pushes(Load load, Instant begin) throws InterruptedException {
    List<PushResult> results = new ArrayList<>();
    String stable = scenario.workload().image();
    for (Push push : scenario.pushes()) {
      while (clock.instant().isBefore(begin.plus(push.at()))) {
        look(load);
      }
      PushResult result = new Trial(push, load, scenario.newFaults(push.image(), stable)).run();
      results.add(result);
      listener.accept(new Progress.Ended(result));
      if (!result.asExpected()) {
        break;
      }
      stable = result.outcome() == Outcome.PROMOTED ? push.image() : stable;
    }
    return results;
  }

  /// One look at the Rollout, at most every 100 ms; tells the listener what is new.
  private RolloutView look(Load load) throws InterruptedException {
    Thread.sleep(LOOK);
    RolloutView view = workloads.look();
    Progress.Changed progress = view.progress();
    if (!progress.equals(shown)) {
      shown = progress;
      listener.accept(progress);
    }
    Instant now = clock.instant();
    if (!now.isBefore(nextTick)) {
      nextTick = now.plus(TICK);
      listener.accept(new Progress.Traffic(load.report()));
    }
    return view;
  }

  private void require(BooleanSupplier condition, String otherwise) throws InterruptedException, TimeoutException {
    Instant deadline = clock.instant().plus(START);
    while (!condition.getAsBoolean()) {
      if (clock.instant().isAfter(deadline)) {
        throw new TimeoutException(otherwise + " within " + START.toSeconds() + " s");
      }
      Thread.sleep(LOOK);
    }
  }

  /// One push and the wait for its outcome.
  private final class Trial {

    private final Push push;
    private final Load load;
    private final Set<String> newFaults;
    private final RolloutView before = workloads.look();
    private final Instant pushedAt;
    private @Nullable Instant decidedAt;
    private String sentence = "";

    Trial(Push push, Load load, Set<String> newFaults) {
      this.push = push;
      this.load = load;
      this.newFaults = newFaults;
      workloads.push(push.image());
      this.pushedAt = clock.instant();
      listener.accept(new Progress.Pushed(push));
    }

    PushResult run() throws InterruptedException {
      if (push.expect() == null) {
        return result(null);
      }
      while (clock.instant().isBefore(pushedAt.plus(push.within()))) {
        RolloutView now = look(load);
        if (decidedAt == null && now.decidedSince(before)) {
          decidedAt = clock.instant();
          sentence = now.sentence(before);
        }
        if (now.rolledBackSince(before) && now.rolledBack() && workloads.canaryGone()) {
          return result(Outcome.ROLLED_BACK);
        }
        if (now.promotedSince(before) && workloads.canaryGone()) {
          return result(Outcome.PROMOTED);
        }
      }
      return result(null);
    }

    private PushResult result(@Nullable Outcome outcome) {
      LoadReport seen = load.report();
      Duration faultSeen = since(seen.firstFailure(push.image(), newFaults::contains), decidedAt);
      Duration lastCanary = decidedAt == null
          ? null
          : seen.lastCanaryAnswer(push.image()).map(last -> Duration.between(decidedAt, last)).orElse(null);
      return new PushResult(push, outcome, sentence, since(Optional.of(pushedAt), decidedAt), faultSeen,
          lastCanary, seen.requests(push.image()), seen.failed(push.image(), newFaults::contains));
    }

    private static @Nullable Duration since(Optional<Instant> from, @Nullable Instant to) {
      return to == null ? null : from.map(begin -> Duration.between(begin, to)).orElse(null);
    }
  }
}
