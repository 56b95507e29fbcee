package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Story
class CanaryDeletedE2E {

  @ParameterizedTest(name = "{0}")
  @EnumSource(value = Moment.class, names = {"FIRST_STEP", "SECOND_STEP"})
  @DisplayName("A canary deleted without its pods costs stable no pod: its ReplicaSet is emptied and deleted, and the trial starts again")
  void orphaned(Moment moment, Installation serin) {
    String image = "shop:orphan-" + moment.word();
    try (var shop = Shop.open(serin, "orphan" + moment.word(), Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy(image + "-1"))) {
      serin.tolerate("I6", shop.namespace());
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var stable = shop.stablePods();
      try (var pods = PodHistory.of(keeper)) {
        moment.reach(keeper, AppVersion.healthy(image + "-2"));
        ReplicaSet stray = canarySets(keeper).getFirst();
        String canary = uid(shop);
        keeper.withdrawApproval();

        keeper.kubectl("delete", "deployment", "shop-canary", "--cascade=orphan");

        await("the stray ReplicaSet is gone").atMost(Shop.PATIENCE).until(() -> canarySets(keeper).stream()
            .noneMatch(set -> set.getMetadata().getUid().equals(stray.getMetadata().getUid())));
        await("another canary").atMost(Shop.PATIENCE).until(() -> shop.canary() != null && !uid(shop).equals(canary));
        keeper.awaitStep(0);
        assertThat(shop.stablePods()).isEqualTo(stable);
        assertThat(pods.fewestStable(4)).isEqualTo(4);
      }
      keeper.approveAll(image + "-2");
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("A canary deleted with its pods during a step is created again; the step begins anew on the same Analysis")
  void deletedDuringStep(Installation serin) {
    try (var shop = Shop.open(serin, "gone", Shop.Shape.USUAL, Plans.GATED, AppVersion.healthy("shop:gone-1"))) {
      serin.tolerate("I6", shop.namespace());
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var stable = shop.stablePods();
      Moment.SECOND_STEP.reach(keeper, AppVersion.healthy("shop:gone-2"));
      String canary = uid(shop);
      keeper.withdrawApproval();

      keeper.kubectl("delete", "deployment", "shop-canary");

      await("another canary").atMost(Shop.PATIENCE).until(() -> shop.canary() != null && !uid(shop).equals(canary));
      keeper.awaitStep(0);
      assertThat(Objects.requireNonNull(shop.canary()).getSpec().getReplicas()).isEqualTo(1);
      assertThat(shop.stablePods()).isEqualTo(stable);
      keeper.approveAll("shop:gone-2");
      assertThat(shop.analyses()).hasSize(1);
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("A canary deleted half rolled ends the promotion: stable is restored and the version is vetoed")
  void deletedWhilePromoting(Installation serin) {
    try (var shop = Shop.open(serin, "vanished", Shop.Shape.SLOW, Plans.FAST,
        AppVersion.healthy("shop:vanished-1"))) {
      serin.tolerate("I6", shop.namespace());
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      shop.push(AppVersion.healthy("shop:vanished-2"));
      keeper.awaitState(CandidateState.PROMOTING);
      shop.awaitRolling("shop:vanished-2");

      keeper.kubectl("delete", "deployment", "shop-canary");

      shop.awaitRollout("the veto", status -> !status.vetoes().isEmpty());
      shop.awaitReason("Stable");
      assertThat(shop.rollout().getStatus().vetoes()).singleElement().satisfies(veto -> {
        assertThat(veto.reason()).isEqualTo("CanaryVanished");
        assertThat(veto.message()).contains("was deleted while it was promoting");
      });
      assertThat(shop.stableImages()).containsExactly("shop:vanished-1");
      assertThat(keeper.wantedImage()).isEqualTo("shop:vanished-1");
      assertThat(shop.canary()).isNull();
      assertThat(shop.sales().failed()).isZero();
    }
  }

  private static String uid(Shop shop) {
    return Objects.requireNonNull(shop.canary(), "no canary").getMetadata().getUid();
  }

  private static List<ReplicaSet> canarySets(ShopKeeper keeper) {
    return keeper.eyes().apps().replicaSets().inNamespace(keeper.shop().namespace()).withLabel(Keys.ARM, Keys.CANARY)
        .list().getItems();
  }
}
