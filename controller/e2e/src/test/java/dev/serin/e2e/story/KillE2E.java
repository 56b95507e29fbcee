package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills the operator that all stories share.
@Story
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class KillE2E {

  private static final long LATEST_KILL_MILLIS = 15_000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @DisplayName("Killed at any moment and started again, the operator comes to the same end")
  void sameOutcome(long seed, Installation serin) {
    String image = "shop:kill-" + seed;
    try (var shop = Shop.open(serin, "kill", new Shop.Shape(3, 0, 60), Plans.ONE_STEP, AppVersion.healthy(image))) {
      shop.sell(80);
      var stable = shop.stablePods();
      shop.push(AppVersion.healthy(image + "-bad")
          .withErrors(ErrorRule.always("Community <id> not found", 404).withTenants(0.3)));
      long millis = new Random(seed).nextLong(LATEST_KILL_MILLIS);
      // The moment is the point: whatever the operator does then is interrupted.
      LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
      Duration start = serin.killAndRestart();
      System.out.printf("figure: seed %d: killed after %d ms, looking again after %d ms, resident %d MiB%n", seed,
          millis, start.toMillis(), serin.operator().memory().resident() >> 20);

      shop.awaitReason("SignatureRegressed");
      shop.awaitNoCanary();
      assertThat(shop.stablePods()).isEqualTo(stable);
      assertThat(shop.deployment().getSpec().getPaused()).isTrue();
      assertThat(shop.rollout().getStatus().vetoes()).singleElement()
          .satisfies(veto -> assertThat(veto.message()).contains("Community <*> not found"));
      assertThat(shop.analyses()).hasSize(1);
      assertThat(shop.sales().failed(image)).isZero();
    }
  }
}
