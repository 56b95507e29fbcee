package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class ReservedLabelE2E {

  @Test
  @DisplayName("A template with Serin's own label on its pods stays held, and its pods are never taken for a canary's; without the label it is tried")
  void inTemplate(Installation serin) {
    try (var shop = Shop.open(serin, "reserved", Shop.Shape.USUAL, Plans.FAST,
        AppVersion.healthy("shop:reserved-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var stable = shop.stablePods();
      serin.nodes().define(AppVersion.healthy("shop:reserved-2"));

      keeper.kubectl("patch", "deployment", "shop", "--type=strategic", "-p", """
          {"spec":{"template":{"metadata":{"labels":{"serin.dev/arm":"canary"}},
          "spec":{"containers":[{"name":"app","image":"shop:reserved-2"}]}}}}""");

      assertThat(shop.awaitReason("ReservedLabel").getStatus().message()).contains("serin.dev/arm");
      shop.awaitRequests(300);
      assertThat(keeper.held()).isTrue();
      assertThat(shop.canary()).isNull();
      assertThat(shop.stablePods()).isEqualTo(stable);

      keeper.kubectl("patch", "deployment", "shop", "--type=merge", "-p", """
          {"spec":{"template":{"metadata":{"labels":{"serin.dev/arm":null}}}}}""");
      keeper.awaitPromoted("shop:reserved-2");
      assertThat(shop.sales().failed()).isZero();
    }
  }
}
