package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Story
class StatusWipedE2E {

  private static final String NO_STATUS = "[{\"op\":\"remove\",\"path\":\"/status\"}]";

  @ParameterizedTest(name = "{0}")
  @EnumSource(value = Moment.class, names = {"FIRST_STEP", "SECOND_STEP"})
  @DisplayName("A status that somebody wipes during a step costs the trial its progress, never stable: it begins again with one pod and an Analysis of its own")
  void wiped(Moment moment, Installation serin) {
    String image = "shop:wiped-" + moment.word();
    try (var shop = Shop.open(serin, "wiped" + moment.word(), Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy(image + "-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();
      String stable = keeper.stable();
      moment.reach(keeper, AppVersion.healthy(image + "-2"));
      var since = Objects.requireNonNull(shop.rollout().getStatus().candidate()).since();
      keeper.withdrawApproval();

      keeper.kubectl("patch", "srn/shop", "--subresource=status", "--type=json", "-p", NO_STATUS);

      shop.awaitRollout("another trial", status -> status.candidate() != null
          && status.candidate().state() == CandidateState.STEPPING
          && !Objects.equals(status.candidate().since(), since));
      assertThat(keeper.stable()).isEqualTo(stable);
      assertThat(Objects.requireNonNull(shop.canary()).getSpec().getReplicas()).isEqualTo(1);
      assertThat(shop.analyses()).hasSize(2);
      assertThat(shop.stablePods()).isEqualTo(pods);
      assertThat(keeper.held()).isTrue();
      keeper.approveAll(image + "-2");
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("A status wiped half rolled does not let the version through unjudged: the kept stable template is restored")
  void wipedWhilePromoting(Installation serin) {
    try (var shop = Shop.open(serin, "wipedroll", Shop.Shape.SLOW, Plans.FAST,
        AppVersion.healthy("shop:wiped-roll-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      String stable = keeper.stable();
      shop.push(AppVersion.healthy("shop:wiped-roll-2"));
      keeper.awaitState(CandidateState.PROMOTING);
      shop.awaitRolling("shop:wiped-roll-2");

      keeper.kubectl("patch", "srn/shop", "--subresource=status", "--type=json", "-p", NO_STATUS);

      assertThat(shop.awaitTold("StatusTampered").getLast()).contains("stable " + stable + " is restored");
      keeper.awaitPromoted("shop:wiped-roll-1");
      assertThat(keeper.stable()).isEqualTo(stable);
      assertThat(keeper.wantedImage()).isEqualTo("shop:wiped-roll-1");
      assertThat(shop.sales().failed()).isZero();
    }
  }
}
