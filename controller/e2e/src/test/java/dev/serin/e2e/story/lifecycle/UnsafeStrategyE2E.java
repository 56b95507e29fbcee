package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Story
class UnsafeStrategyE2E {

  private static final String RECREATE = """
      {"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}""";
  private static final String ALL_UNAVAILABLE = """
      {"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":"100%"}}}}""";
  private static final String SAFE = """
      {"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}}}""";

  @ParameterizedTest(name = "{0}")
  @CsvSource({"recreate, strategy.type to RollingUpdate", "unavailable, maxUnavailable to less than its replicas"})
  @DisplayName("A strategy that would take all stable pods at once stalls before a template comes; one that comes stays held, and is tried when the strategy is mended")
  void beforeTrial(String which, String advice, Installation serin) {
    String image = "shop:unsafe-" + which;
    try (var shop = Shop.open(serin, "unsafe" + which, Shop.Shape.USUAL, Plans.FAST,
        AppVersion.healthy(image + "-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var stable = shop.stablePods();
      patch(keeper, which.equals("recreate") ? RECREATE : ALL_UNAVAILABLE);
      assertThat(shop.awaitReason("UnsafeStrategy").getStatus().message()).contains(advice);

      shop.push(AppVersion.healthy(image + "-2"));
      shop.awaitRequests(300);
      assertThat(Shop.reason(shop.rollout())).isEqualTo("UnsafeStrategy");
      assertThat(keeper.held()).isTrue();
      assertThat(shop.canary()).isNull();
      assertThat(shop.stablePods()).isEqualTo(stable);

      patch(keeper, SAFE);
      keeper.awaitPromoted(image + "-2");
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("A strategy that becomes unsafe during a trial keeps the version from being promoted until it is mended")
  void duringTrial(Installation serin) {
    try (var shop = Shop.open(serin, "unsafelate", Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy("shop:unsafe-late-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var stable = shop.stablePods();
      Moment.SECOND_STEP.reach(keeper, AppVersion.healthy("shop:unsafe-late-2"));
      patch(keeper, RECREATE);
      keeper.approve(2);

      assertThat(shop.awaitReason("UnsafeStrategy").getStatus().message()).contains("Recreate");
      assertThat(keeper.held()).isTrue();
      assertThat(shop.stablePods()).isEqualTo(stable);

      patch(keeper, SAFE);
      keeper.awaitPromoted("shop:unsafe-late-2");
      assertThat(shop.sales().failed()).isZero();
    }
  }

  private static void patch(ShopKeeper keeper, String patch) {
    keeper.kubectl("patch", "deployment", "shop", "--type=merge", "-p", patch);
  }
}
