package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Has a cluster of its own: other stories count writes of one operator.
@RealControlPlane
@Execution(ExecutionMode.CONCURRENT)
class TwoOperatorsE2E {

  @Test
  @DisplayName("Two operators at once, which the chart prevents, promote a good version and refuse a bad one as one does: each by one canary, no stable pod is lost, no invariant broken")
  void bothWork() throws IOException {
    try (var serin = Installation.start(ControlPlane.start());
        var _ = serin.another();
        var shop = Shop.open(serin, "twins", Shop.Shape.USUAL, Plans.ONE_STEP, AppVersion.healthy("shop:twins-1"))) {
      shop.sell(300);
      var keeper = new ShopKeeper(serin, shop);
      shop.push(AppVersion.healthy("shop:twins-2"));
      keeper.awaitPromoted("shop:twins-2");
      var pods = shop.stablePods();

      shop.push(AppVersion.healthy("shop:twins-3").withErrors(ErrorRule.always("Community <id> not found", 404)
          .withTenants(0.5)));

      shop.awaitRollout("the veto", status -> !status.vetoes().isEmpty());
      shop.awaitNoCanary();
      assertThat(shop.stablePods()).isEqualTo(pods);
      assertThat(keeper.held()).isTrue();
      assertThat(shop.rollout().getStatus().vetoes()).hasSize(1);
      assertThat(shop.analyses()).hasSize(2);
      assertThat(shop.sales().failed("shop:twins-2")).isZero();
    }
  }
}
