package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Story
class SupersededE2E {

  @ParameterizedTest(name = "{0}")
  @EnumSource(Moment.class)
  @DisplayName("A newer template ends the older one's trial: the older canary has no pods before the newer one's has any, and the newer version is tried on its own")
  void newerTemplate(Moment moment, Installation serin) {
    String image = "shop:newer-" + moment.word();
    try (var shop = Shop.open(serin, "newer" + moment.word(), Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy(image + "-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var stable = shop.stablePods();
      try (var pods = PodHistory.of(keeper)) {
        moment.reach(keeper, AppVersion.healthy(image + "-2"));
        String older = keeper.candidate();

        shop.push(AppVersion.healthy(image + "-3"));

        shop.awaitRollout("the newer version's canary", status -> status.candidate() != null
            && status.candidate().state() == CandidateState.STEPPING && !status.candidate().revision().equals(older));
        String newer = keeper.candidate();
        assertThat(shop.stablePods()).isEqualTo(stable);
        assertThat(shop.awaitTold("Superseded").getLast()).contains(newer + " supersedes " + older);
        keeper.approveAll(image + "-3");

        assertThat(pods.canariesAtOnce()).contains(Set.of(image + "-3")).doesNotContain(
            Set.of(image + "-2", image + "-3"));
        assertThat(shop.analyses()).extracting(analysis -> analysis.getSpec().revision())
            .containsExactlyInAnyOrder(older, newer);
        assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
        assertThat(shop.sales().failed()).isZero();
      }
    }
  }

  @Test
  @DisplayName("A third template pushed half rolled is kept; stable is restored first, then the third is tried and promoted, and the second has no veto")
  void thirdWhilePromoting(Installation serin) {
    try (var shop = Shop.open(serin, "third", Shop.Shape.SLOW, Plans.FAST,
        AppVersion.healthy("shop:third-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      String first = keeper.stable();
      shop.push(AppVersion.healthy("shop:third-2"));
      keeper.awaitState(CandidateState.PROMOTING);
      String second = keeper.candidate();
      keeper.plan(Plans.GATED);
      shop.awaitHalfRolled();

      shop.push(AppVersion.healthy("shop:third-3"));

      shop.awaitRollout("stable going back", status -> status.candidate() != null
          && status.candidate().state() == CandidateState.RESTORING && status.promotion() != null
          && status.promotion().next() != null);
      String said = shop.awaitTold("TemplateChanged").getLast();
      keeper.awaitStep(0);
      String third = keeper.candidate();
      assertThat(said).contains("Template " + third + " was pushed while " + second + " was rolling");
      assertThat(keeper.kubectl("get", "controllerrevisions", "-o", "name")).contains("shop-" + first, "shop-" + third);
      assertThat(keeper.stable()).isEqualTo(first);
      assertThat(shop.stableImages()).as("the third is tried beside a whole stable").containsExactly("shop:third-1");
      keeper.approveAll("shop:third-3");
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.sales().failed()).isZero();
    }
  }
}
