package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.Startup;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Story
class RolloutDeletedE2E {

  @ParameterizedTest(name = "{0}")
  @EnumSource(Moment.class)
  @DisplayName("A Rollout deleted during a trial takes its canary along; the Deployment stays on stable, held, and says how to go on")
  void duringTrial(Moment moment, Installation serin) {
    String image = "shop:bye-" + moment.word();
    try (var shop = Shop.open(serin, "bye" + moment.word(), Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy(image + "-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();
      moment.reach(keeper, AppVersion.healthy(image + "-2"));

      keeper.deleteRollout();

      staysHeld(keeper, pods, image);
      keeper.kubectl("rollout", "resume", "deployment/shop");
      await("Kubernetes alone rolls it").atMost(Shop.PATIENCE)
          .until(() -> shop.stableImages().contains(image + "-2"));
    }
  }

  @Test
  @DisplayName("A Rollout deleted after a veto leaves the Deployment on stable, held with the refused template")
  void afterVeto(Installation serin) {
    try (var shop = Shop.open(serin, "byevetoed", Shop.Shape.USUAL, Plans.FAST,
        AppVersion.healthy("shop:bye-vetoed-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();
      shop.push(AppVersion.healthy("shop:bye-vetoed-2").withStartup(Startup.CRASHES));
      shop.awaitReason("CrashLoop");

      keeper.deleteRollout();

      staysHeld(keeper, pods, "shop:bye-vetoed");
    }
  }

  @Test
  @DisplayName("A Rollout deleted without its dependents takes its canary along all the same: it would serve for ever")
  void withoutDependents(Installation serin) {
    try (var shop = Shop.open(serin, "byeorphan", Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy("shop:bye-orphan-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();
      Moment.FIRST_STEP.reach(keeper, AppVersion.healthy("shop:bye-orphan-2"));

      keeper.kubectl("delete", "srn/shop", "--cascade=orphan", "--wait=false");

      staysHeld(keeper, pods, "shop:bye-orphan");
    }
  }

  @Test
  @DisplayName("A Rollout deleted half rolled lets Kubernetes finish, then the canary goes, and the Deployment is free")
  void whilePromoting(Installation serin) {
    try (var shop = Shop.open(serin, "byepromoting", Shop.Shape.SLOW, Plans.FAST,
        AppVersion.healthy("shop:bye-promoting-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      shop.push(AppVersion.healthy("shop:bye-promoting-2"));
      keeper.awaitState(CandidateState.PROMOTING);
      shop.awaitRolling("shop:bye-promoting-2");

      keeper.deleteRollout();
      shop.awaitReason("Leaving");
      assertThat(shop.stableImages()).as("the roll goes on").contains("shop:bye-promoting-1");
      assertThat(shop.canaryPods()).as("the canary serves until it is over").isNotEmpty();

      keeper.awaitRolloutGone();
      shop.awaitNoCanary();
      assertThat(shop.stableImages()).containsExactly("shop:bye-promoting-2");
      assertThat(keeper.held()).isFalse();
      assertThat(keeper.marks()).isEmpty();
      assertThat(shop.told("Deployment", "Released")).isEmpty();
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("A Rollout deleted while stable is restored goes when stable is whole again, and leaves the Deployment free")
  void whileRestoring(Installation serin) {
    try (var shop = Shop.open(serin, "byerestoring", Shop.Shape.SLOW, Plans.FAST,
        AppVersion.healthy("shop:bye-restoring-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      shop.push(AppVersion.healthy("shop:bye-restoring-2"));
      keeper.awaitState(CandidateState.PROMOTING);
      shop.awaitHalfRolled();
      shop.pushImage("shop:bye-restoring-1");
      keeper.awaitState(CandidateState.RESTORING);

      keeper.deleteRollout();

      keeper.awaitRolloutGone();
      shop.awaitNoCanary();
      assertThat(shop.stableImages()).as("what is left when the Rollout is gone")
          .containsExactly("shop:bye-restoring-1");
      assertThat(keeper.wantedImage()).isEqualTo("shop:bye-restoring-1");
      assertThat(keeper.held()).isFalse();
      assertThat(keeper.marks()).isEmpty();
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  @Test
  @DisplayName("A Rollout deleted and created again at once, five times, is looked after like the first: the next version is tried, beside the same stable pods")
  void createdAgain(Installation serin) {
    try (var shop = Shop.open(serin, "recreated", Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy("shop:recreated-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var pods = shop.stablePods();

      for (int i = 0; i < 5; i++) {
        String uid = shop.rollout().getMetadata().getUid();
        replace(shop, "shop");
        assertThat(shop.awaitReason("Stable").getMetadata().getUid()).isNotEqualTo(uid);
      }

      assertThat(shop.told("NameConflict")).as("what a gone Rollout kept is in nobody's way").isEmpty();
      shop.push(AppVersion.healthy("shop:recreated-2"));
      keeper.awaitStep(0);
      assertThat(shop.stablePods()).isEqualTo(pods);
      keeper.approveAll("shop:recreated-2");
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  @Test
  @DisplayName("A Rollout deleted and created again at once for another Deployment frees the first one")
  void createdForAnother(Installation serin) {
    try (var shop = Shop.open(serin, "elsewhere", Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy("shop:elsewhere-1"))) {
      var keeper = new ShopKeeper(serin, shop);
      assertThat(keeper.marks()).isNotEmpty();

      replace(shop, "stall");

      await("the Deployment is nobody's").atMost(Shop.PATIENCE).until(() -> keeper.marks().isEmpty());
      shop.awaitReason("WorkloadNotFound");
      replace(shop, "shop");
      shop.awaitReason("Stable");
      assertThat(shop.told("NameConflict")).as("what a gone Rollout kept is in nobody's way").isEmpty();
    }
  }

  private static void replace(Shop shop, String deployment) {
    shop.kubectlReading(Shop.rolloutManifest("shop", deployment, Plans.GATED), "replace", "--force", "-f", "-");
  }

  private static void staysHeld(ShopKeeper keeper, Set<String> pods, String image) {
    Shop shop = keeper.shop();
    keeper.awaitRolloutGone();
    shop.awaitNoCanary();
    assertThat(shop.awaitTold("Deployment", "Released").getLast()).contains("kubectl rollout resume deployment/shop");
    assertThat(keeper.held()).isTrue();
    assertThat(keeper.wantedImage()).isEqualTo(image + "-2");
    assertThat(keeper.marks()).isEmpty();
    assertThat(shop.stablePods()).isEqualTo(pods);
    assertThat(shop.sales().failed()).isZero();
  }
}
