package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Story
class RevertedE2E {

  @ParameterizedTest(name = "{0}")
  @EnumSource(Moment.class)
  @DisplayName("The stable template pushed again ends the trial without a verdict: no veto, no canary, the same stable pods, a Deployment that is free")
  void back(Moment moment, Installation serin) {
    String image = "shop:back-" + moment.word();
    try (var shop = Shop.open(serin, "back" + moment.word(), Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy(image + "-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();
      String stable = keeper.stable();
      moment.reach(keeper, AppVersion.healthy(image + "-2"));

      shop.pushImage(image + "-1");

      shop.awaitRollout("nothing under way", status -> status.candidate() == null);
      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      assertThat(keeper.awaitEvent("Rollout", "ReturnedToStable")).contains(stable).contains("without a verdict");
      assertThat(keeper.stable()).isEqualTo(stable);
      assertThat(shop.stablePods()).isEqualTo(pods);
      assertThat(keeper.held()).isFalse();
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.sales().failed()).isZero();
    }
  }
}
