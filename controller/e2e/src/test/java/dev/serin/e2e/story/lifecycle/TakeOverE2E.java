package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Two Rollouts name one Deployment: the older one has it, until it goes.
@Story
class TakeOverE2E {

  private static final String HEIR = "heir";

  @Test
  @DisplayName("The younger Rollout goes and nobody notices; when the older one goes, a younger one takes the Deployment over and tries what comes next")
  void bothOrders(Installation serin) {
    try (var shop = Shop.open(serin, "takeover", Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy("shop:takeover-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();
      var version = shop.rollout().getMetadata().getGeneration();
      inherit(keeper);
      keeper.kubectl("delete", "srn/" + HEIR);
      assertThat(keeper.marks()).contains(Keys.ROLLOUT);
      assertThat(shop.deployment().getMetadata().getLabels()).containsEntry(Keys.ROLLOUT, "shop");
      assertThat(Shop.reason(shop.rollout())).isEqualTo("Stable");
      assertThat(shop.rollout().getMetadata().getGeneration()).isEqualTo(version);

      inherit(keeper);
      keeper.deleteRollout();

      keeper.awaitRolloutGone();
      awaitOwner(shop);
      shop.awaitReasonOf(HEIR, "Stable");
      assertThat(keeper.held()).isFalse();
      shop.push(AppVersion.healthy("shop:takeover-2"));
      shop.awaitReasonOf(HEIR, "PausedUntilApproved");
      assertThat(keeper.kubectl("get", "deployments", "-l", Keys.ARM, "-o", "name").lines())
          .containsExactly("deployment.apps/" + HEIR + "-canary");
      assertThat(shop.stablePods()).isEqualTo(pods);
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  @Test
  @DisplayName("The older Rollout deleted during its trial takes its canary along; the younger one finds the version held and tries it itself, beside the same stable pods")
  void duringTrial(Installation serin) {
    try (var shop = Shop.open(serin, "takeoverstep", Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy("shop:takeover-step-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();
      inherit(keeper);
      try (var history = PodHistory.of(keeper)) {
        Moment.SECOND_STEP.reach(keeper, AppVersion.healthy("shop:takeover-step-2"));

        keeper.deleteRollout();

        keeper.awaitRolloutGone();
        awaitOwner(shop);
        shop.awaitReasonOf(HEIR, "PausedUntilApproved");
        assertThat(shop.canary()).as("the older one's canary").isNull();
        assertThat(shop.canaryPods()).as("from the first step").hasSize(1);
        assertThat(shop.stablePods()).isEqualTo(pods);
        assertThat(shop.stableImages()).containsExactly("shop:takeover-step-1");
        assertThat(keeper.held()).isTrue();
        assertThat(history.fewestStable(4)).isEqualTo(4);
      }
      shop.pushImage("shop:takeover-step-1");
      shop.awaitReasonOf(HEIR, "Stable");
      assertThat(shop.stablePods()).isEqualTo(pods);
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  private static void inherit(ShopKeeper keeper) {
    keeper.serin().plane().applyYaml(keeper.shop().namespace(), Shop.rolloutManifest(HEIR, "shop", Plans.GATED));
    keeper.shop().awaitReasonOf(HEIR, "TargetConflict");
  }

  private static void awaitOwner(Shop shop) {
    await("the Deployment is the younger Rollout's").atMost(Shop.PATIENCE)
        .until(() -> shop.deployment().getMetadata().getLabels() != null
            && HEIR.equals(shop.deployment().getMetadata().getLabels().get(Keys.ROLLOUT)));
  }
}
