package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/// Ends the operator that all stories share, and starts it again.
@Story
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class OperatorDownE2E {

  @Test
  @DisplayName("A template pushed while no operator runs is held, a pipeline that waits for it sees it; the operator that comes back tries it")
  void pushed(Installation serin) {
    try (var shop = Shop.open(serin, "downpush", Shop.Shape.USUAL, Plans.FAST,
        AppVersion.healthy("shop:down-push-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();
      serin.kill();
      try {
        shop.push(AppVersion.healthy("shop:down-push-2"));
        shop.awaitRequests(300);
        assertThat(keeper.held()).isTrue();
        assertThat(shop.stablePods()).isEqualTo(pods);
        assertThat(shop.canary()).isNull();
        assertThat(shop.tryKubectl("wait", "--for=condition=Ready", "srn/shop", "--timeout=30s").exit())
            .as("nobody has said otherwise yet").isZero();
        assertThat(shop.tryKubectl("wait", "--for=jsonpath={.status.stableImage}=shop:down-push-2", "srn/shop",
            "--timeout=1s").stderr())
            .contains("timed out waiting for the condition");
      } finally {
        serin.restart();
      }
      shop.kubectl("wait", "--for=jsonpath={.status.stableImage}=shop:down-push-2", "srn/shop", "--timeout=3m");
      assertThat(shop.stableImages()).containsExactly("shop:down-push-2");
      keeper.awaitPromoted("shop:down-push-2");
      assertThat(shop.analyses()).hasSize(1);
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("Rollouts deleted while no operator runs: their Deployments are freed when it is back, and stay held only where the template does not run")
  void deleted(Installation serin) {
    try (var idle = Shop.open(serin, "downidle", Shop.Shape.USUAL, Plans.FAST, AppVersion.healthy("shop:down-idle-1"));
        var always = Shop.open(serin, "downalways", Shop.Shape.USUAL, "hold: Always\n" + Plans.FAST,
            AppVersion.healthy("shop:down-always-1"));
        var held = Shop.open(serin, "downheld", Shop.Shape.USUAL, Plans.FAST,
            AppVersion.healthy("shop:down-held-1"))) {
      var idleKeeper = new ShopKeeper(serin, idle);
      var alwaysKeeper = new ShopKeeper(serin, always);
      var heldKeeper = new ShopKeeper(serin, held);
      await().atMost(Shop.PATIENCE).until(() -> alwaysKeeper.held() && alwaysKeeper.marks().contains(Keys.HOLD));
      var pods = Map.of(idle, idle.stablePods(), always, always.stablePods(), held, held.stablePods());
      serin.kill();
      try {
        idleKeeper.deleteRollout();
        alwaysKeeper.deleteRollout();
        held.push(AppVersion.healthy("shop:down-held-2"));
        heldKeeper.deleteRollout();
        assertThat(heldKeeper.marks()).as("nobody is there to take the label off").contains(Keys.ROLLOUT);
      } finally {
        serin.restart();
      }

      assertThat(held.awaitTold("Deployment", "Released").getLast()).contains("kubectl rollout resume deployment/shop");
      await("our marks are gone").atMost(Shop.PATIENCE).until(() -> idleKeeper.marks().isEmpty()
          && alwaysKeeper.marks().isEmpty() && heldKeeper.marks().isEmpty());
      assertThat(idleKeeper.held()).isFalse();
      assertThat(alwaysKeeper.held()).isFalse();
      assertThat(heldKeeper.held()).isTrue();
      assertThat(idle.told("Deployment", "Released")).isEmpty();
      pods.forEach((shop, before) -> assertThat(shop.stablePods()).isEqualTo(before));
    }
  }
}
