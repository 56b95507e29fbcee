package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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
      assertThat(shop.awaitTold("ReturnedToStable").getLast()).contains(stable).contains("without a verdict");
      assertThat(keeper.stable()).isEqualTo(stable);
      assertThat(shop.stablePods()).isEqualTo(pods);
      assertThat(keeper.held()).isFalse();
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("The stable template pushed again half rolled turns the roll round: stable is whole again without a verdict, the Deployment is free")
  void whilePromoting(Installation serin) {
    try (var shop = Shop.open(serin, "backpromoting", Shop.Shape.SLOW, Plans.FAST,
        AppVersion.healthy("shop:back-promoting-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      String stable = keeper.stable();
      shop.push(AppVersion.healthy("shop:back-promoting-2"));
      keeper.awaitState(CandidateState.PROMOTING);
      shop.awaitHalfRolled();

      shop.pushImage("shop:back-promoting-1");

      keeper.awaitState(CandidateState.RESTORING);
      assertThat(shop.awaitTold("ReturnedToStable").getLast()).contains(stable).contains("without a verdict");
      keeper.awaitPromoted("shop:back-promoting-1");
      assertThat(keeper.stable()).isEqualTo(stable);
      assertThat(keeper.held()).isFalse();
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.told("Overridden")).isEmpty();
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }
}
