package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Has a cluster of its own: nobody else must notice.
@RealControlPlane
@Execution(ExecutionMode.CONCURRENT)
class ApiServerRestartE2E {

  @Test
  @DisplayName("An API server that restarts during a step changes nothing: the step goes on with the same canary, and the version is promoted")
  void duringStep() throws IOException {
    try (var serin = Installation.start(ControlPlane.start());
        var shop = Shop.open(serin, "restart", Shop.Shape.USUAL, Plans.GATED, AppVersion.healthy("shop:restart-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var stable = shop.stablePods();
      Moment.FIRST_STEP.reach(keeper, AppVersion.healthy("shop:restart-2"));
      var canary = shop.canaryPods().getFirst().getMetadata().getUid();

      serin.plane().restartApiServer();

      keeper.approve(1);
      keeper.awaitStep(1);
      assertThat(shop.canaryPods()).extracting(pod -> pod.getMetadata().getUid()).contains(canary);
      assertThat(shop.stablePods()).isEqualTo(stable);
      serin.plane().restartApiServer();
      keeper.approve(2);
      keeper.awaitPromoted("shop:restart-2");
      assertThat(shop.analyses()).hasSize(1);
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.sales().failed()).isZero();
    }
  }
}
