package dev.serin.e2e.story.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.testkit.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Story
class ReappliedE2E {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  @DisplayName("kubectl replace, twice, takes our label away and does not release the vetoed version")
  void replaced(Installation serin) {
    try (var shop = Shop.open(serin, "replaced", Shop.Shape.USUAL, Plans.ONE_STEP,
        AppVersion.healthy("shop:replaced-1"))) {
      shop.sell(60);
      var refusal = Refusal.of(shop, "shop:replaced-2");
      for (int i = 0; i < 2; i++) {
        shop.kubectlReading(Shop.manifest(Shop.Shape.USUAL, refusal.image()), "replace", "-f", "-");
        refusal.stands(shop);
      }
    }
  }

  @Test
  @DisplayName("A GitOps tool that applies a version with paused: false thirty times in a minute releases nothing, vetoed or under trial, nor every second, and Serin answers with two writes a minute at most")
  void applied(Installation serin) {
    try (var shop = Shop.open(serin, "applied", Shop.Shape.USUAL, Plans.ONE_STEP,
        AppVersion.healthy("shop:applied-1"));
        var trial = Shop.open(serin, "appliedtrial", Shop.Shape.USUAL, Plans.HOLDING,
            AppVersion.healthy("shop:applied-trial-1"))) {
      shop.sell(60);
      trial.sell(60);
      var pods = trial.stablePods();
      trial.push(AppVersion.healthy("shop:applied-trial-2"));
      var refusal = Refusal.of(shop, "shop:applied-2");
      trial.awaitState(CandidateState.STEPPING);
      settle(shop, trial);
      int before = decisions(shop).size();
      int beforeTrial = decisions(trial).size();
      var begin = Instant.now();

      every(Duration.ofSeconds(2), 30, () -> {
        shop.applyUnpaused(refusal.image());
        trial.applyUnpaused("shop:applied-trial-2");
      });

      refusal.stands(shop);
      assertThat(trial.stablePods()).as("stable pods beside the canary").isEqualTo(pods);
      assertThat(trial.canaryPods()).hasSize(1);
      assertThat(trial.deployment().getSpec().getPaused()).as("held").isTrue();
      trial.awaitState(CandidateState.STEPPING);
      int seconds = (int) begin.until(Instant.now(), ChronoUnit.SECONDS);
      assertThat(since(before, decisions(shop))).as("writes while it is vetoed")
          .hasSizeLessThanOrEqualTo((seconds + 29) / 30);
      // Evidence is told every 30 s, the first time at once.
      assertThat(since(beforeTrial, decisions(trial))).as("writes while it is tried")
          .hasSizeLessThanOrEqualTo(1 + seconds / 30);

      everySecond(10, () -> shop.applyUnpaused(refusal.image()));
      refusal.stands(shop);
    }
  }

  @Test
  @DisplayName("helm upgrade brings the vetoed version back, with --force too, and releases nothing")
  void upgraded(Installation serin, @TempDir Path folder) throws IOException {
    try (var shop = Shop.open(serin, "helmed", Shop.Shape.USUAL, Plans.ONE_STEP,
        AppVersion.healthy("shop:helmed-1"))) {
      shop.sell(60);
      var chart = ShopChart.write(folder, serin.plane().kubeconfig(Actor.DELIVERY), shop.namespace());
      chart.adopt(shop, "shop:helmed-1");
      serin.nodes().define(Refusal.failing("shop:helmed-2"));
      chart.upgrade("shop:helmed-2");
      var refusal = Refusal.awaited(shop, "shop:helmed-2");

      chart.upgrade(refusal.image());
      refusal.stands(shop);
      chart.upgradeWithForce(refusal.image());
      refusal.stands(shop);
      chart.upgrade(refusal.image());
      refusal.stands(shop);
    }
  }

  @Test
  @DisplayName("A GitOps tool that puts the stable template back ends each trial without a verdict; once people stop, Serin writes nothing more")
  void reverted(Installation serin) {
    try (var shop = Shop.open(serin, "flapping", Shop.Shape.USUAL, Plans.HOLDING,
        AppVersion.healthy("shop:flapping-1"))) {
      shop.sell(60);
      var stable = shop.stablePods();
      serin.nodes().define(AppVersion.healthy("shop:flapping-2"));
      int before = shop.lastingWrites().size();
      var turn = new AtomicInteger();

      everySecond(15, () -> {
        if (turn.getAndIncrement() % 3 == 0) {
          shop.pushImage("shop:flapping-2");
        } else {
          shop.applyUnpaused("shop:flapping-1");
        }
      });

      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      await("the Rollout may go").atMost(Shop.PATIENCE)
          .until(() -> shop.rollout().getMetadata().getFinalizers().isEmpty());
      // Entries of the audit log come a moment after the writes.
      shop.awaitRequests(60);
      int settled = shop.lastingWrites().size();
      System.out.printf("figure: API writes of 5 pushes and 10 reverts, one a second: %d%n", settled - before);
      everySecond(10, () -> shop.applyUnpaused("shop:flapping-1"));
      var writes = shop.lastingWrites();
      assertThat(writes.subList(settled, writes.size())).hasSizeLessThanOrEqualTo(2);
      assertThat(shop.stablePods()).isEqualTo(stable);
      assertThat(shop.deployment().getSpec().getPaused()).isNotEqualTo(true);
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
    }
  }

  @Test
  @DisplayName("A GitOps tool that applies the refused version every two seconds while stable is restored keeps nothing from coming back: stable alone serves, and the version waits, vetoed")
  void whileRestoring(Installation serin) {
    try (var shop = Shop.open(serin, "stubborn", Shop.Shape.SLOW, Plans.FAST,
        AppVersion.healthy("shop:stubborn-1"))) {
      shop.sell(60);
      var good = AppVersion.healthy("shop:stubborn-2");
      shop.push(good);
      shop.awaitState(CandidateState.PROMOTING);
      shop.awaitHalfRolled();
      serin.nodes().define(good.withErrors(ErrorRule.always("Out of order", 500)));
      shop.awaitState(CandidateState.RESTORING);
      int before = shop.lastingWrites().size();

      every(Duration.ofSeconds(2), 15, () -> shop.applyUnpaused("shop:stubborn-2"));

      await("stable alone").atMost(Shop.PATIENCE)
          .until(() -> shop.stableImages().equals(List.of("shop:stubborn-1")));
      shop.awaitRollout("the veto, at rest", status -> status.candidate() != null
          && status.candidate().state() == CandidateState.ROLLED_BACK);
      shop.awaitNoCanary();
      settle(shop);
      System.out.printf("figure: API writes of a way back under 15 applies: %d%n",
          shop.lastingWrites().size() - before);
      assertThat(shop.stableImages()).containsExactly("shop:stubborn-1");
      assertThat(shop.rollout().getStatus().vetoes()).hasSize(1);
      assertThat(shop.deployment().getSpec().getPaused()).as("held").isTrue();
      assertThat(shop.told("Overridden")).as("no person released it").isEmpty();
    }
  }

  /// Waits until what was written before is in the audit log: its entries come a moment after the writes.
  private static void settle(Shop... shops) {
    for (Shop shop : shops) {
      shop.awaitRequests(60);
    }
  }

  /// Writes of the operator but evidence, which is gathered on while a version is tried.
  private static List<String> decisions(Shop shop) {
    return shop.lastingWrites().stream().filter(write -> !write.contains(" analyses/")).toList();
  }

  private static List<String> since(int before, List<String> writes) {
    return writes.subList(before, writes.size());
  }

  private static void everySecond(int times, Runnable work) {
    every(SECOND, times, work);
  }

  private static void every(Duration pause, int times, Runnable work) {
    var done = new AtomicInteger();
    await().atMost(Shop.PATIENCE).pollDelay(Duration.ZERO).pollInterval(pause).until(() -> {
      work.run();
      return done.incrementAndGet() == times;
    });
  }
}
