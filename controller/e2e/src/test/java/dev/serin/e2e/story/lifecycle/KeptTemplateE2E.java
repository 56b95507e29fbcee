package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The ControllerRevision that holds stable's template is what a way back depends on.
@Story
class KeptTemplateE2E {

  /// Ten seconds a pod leave time to judge while the roll is under way.
  private static final Shop.Shape SLOW = new Shop.Shape(4, 10, 180);

  @Test
  @DisplayName("A kept template that was deleted at rest is kept again; one whose labels were taken is asked for, and kept again once it is deleted")
  void atRest(Installation serin) {
    try (
        var shop = Shop.open(serin, "keptrest", Shop.Shape.USUAL, Plans.FAST, AppVersion.healthy("shop:kept-rest-1"))) {
      var keeper = new ShopKeeper(serin, shop);
      String kept = "shop-" + keeper.stable();
      keeper.kubectl("delete", "controllerrevision", kept);
      look(keeper);
      await("the template is kept again").atMost(Shop.PATIENCE)
          .until(() -> keeper.kubectl("get", "controllerrevisions", "-o", "name").contains(kept));

      keeper.kubectl("label", "controllerrevision", kept, "serin.dev/rollout-");
      look(keeper);
      assertThat(shop.awaitReason("NameConflict").getStatus().message())
          .contains("ControllerRevision " + kept + " has lost labels", "or delete it");
      keeper.kubectl("delete", "controllerrevision", kept);
      shop.awaitReason("Stable");
      assertThat(
          keeper.kubectl("get", "controllerrevision", kept, "-o", "jsonpath={.data.template.spec.containers[0].image}"))
          .isEqualTo("shop:kept-rest-1");
    }
  }

  @Test
  @DisplayName("A way back whose template was deleted stops with what to apply; when a person applies it, stable alone serves again")
  void goneOnTheWayBack(Installation serin) {
    try (var shop = Shop.open(serin, "keptgone", SLOW, Plans.FAST, AppVersion.healthy("shop:kept-gone-1"))) {
      shop.sell(100);
      var keeper = new ShopKeeper(serin, shop);
      String stable = keeper.stable();
      breakHalfRolled(keeper, "shop:kept-gone-2",
          () -> keeper.kubectl("delete", "controllerrevision", "shop-" + stable));

      assertThat(shop.awaitReason("NameConflict").getStatus().message()).contains(
          "ControllerRevision shop-" + stable, "is gone or not Serin's", "apply the template of revision " + stable);
      shop.applyUnpaused("shop:kept-gone-1");

      keeper.awaitPromoted("shop:kept-gone-1");
      assertThat(keeper.stable()).isEqualTo(stable);
      assertThat(shop.rollout().getStatus().vetoes()).hasSize(1);
      assertThat(shop.sales().requests("shop:kept-gone-2")).isPositive();
    }
  }

  @Test
  @DisplayName("A kept template that was replaced by another one is not written: the way back stops and says so, and goes on from the right template")
  void otherOnTheWayBack(Installation serin) {
    try (var shop = Shop.open(serin, "keptother", SLOW, Plans.FAST, AppVersion.healthy("shop:kept-other-1"))) {
      shop.sell(100);
      var keeper = new ShopKeeper(serin, shop);
      String stable = keeper.stable();
      String name = "shop-" + stable;
      breakHalfRolled(keeper, "shop:kept-other-2", () -> {
        String object = keeper.kubectl("get", "controllerrevision", name, "-o", "json");
        keeper.kubectl("delete", "controllerrevision", name);
        shop.kubectlReading(object.replace("shop:kept-other-1", "shop:planted"), "create", "-f", "-");
      });

      assertThat(shop.awaitReason("NameConflict").getStatus().message()).contains("ControllerRevision " + name,
          "does not hold the template of revision " + stable + " any more", "somebody changed it");
      assertThat(keeper.wantedImage()).isEqualTo("shop:kept-other-2");
      shop.applyUnpaused("shop:kept-other-1");

      keeper.awaitPromoted("shop:kept-other-1");
      assertThat(shop.stableImages()).doesNotContain("shop:planted");
      assertThat(shop.rollout().getStatus().vetoes()).hasSize(1);
    }
  }

  /// A version that begins to fail when half of its roll is over, after the kept template met its fate.
  private static void breakHalfRolled(ShopKeeper keeper, String image, Runnable fate) {
    Shop shop = keeper.shop();
    AppVersion good = AppVersion.healthy(image);
    shop.push(good);
    keeper.awaitState(CandidateState.PROMOTING);
    shop.awaitRolling(image);
    fate.run();
    keeper.serin().nodes().define(good.withErrors(ErrorRule.always("Invoice <id> has no owner", 500)));
    shop.awaitRollout("the veto", status -> !status.vetoes().isEmpty());
  }

  /// Serin looks again at a change of the Rollout.
  private static void look(ShopKeeper keeper) {
    keeper.kubectl("annotate", "--overwrite", "srn/shop", "example.com/look=" + System.nanoTime());
  }
}
