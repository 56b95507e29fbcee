package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.testkit.Actor;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class WorkloadDeletedE2E {

  @Test
  @DisplayName("A Deployment deleted and created again during a step is adopted anew: the canary goes, what runs becomes stable")
  void createdAgain(Installation serin) {
    try (var shop = Shop.open(serin, "again", Shop.Shape.USUAL, Plans.GATED, AppVersion.healthy("shop:again-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      Deployment original = shop.deployment();
      Moment.FIRST_STEP.reach(keeper, AppVersion.healthy("shop:again-2"));

      serin.nodes().define(AppVersion.healthy("shop:again-3"));
      keeper.kubectl("delete", "deployment", "shop");
      Deployment created = serin.plane().client(Actor.DELIVERY).resource(manifest(original, "shop:again-3")).create();

      assertThat(shop.awaitTold("WorkloadReplaced").getLast()).contains("deleted and created again");
      keeper.awaitPromoted("shop:again-3");
      assertThat(shop.rollout().getStatus().workloadUid()).isEqualTo(created.getMetadata().getUid());
      assertThat(shop.deployment().getMetadata().getLabels()).containsEntry(Keys.ROLLOUT, "shop");
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();

      shop.push(AppVersion.healthy("shop:again-4"));
      keeper.awaitStep(0);
      assertThat(shop.stableImages()).as("the next template is held").containsExactly("shop:again-3");
    }
  }

  @Test
  @DisplayName("A Deployment deleted for good during a step: the canary does not serve alone, the Rollout says what is missing, and can be deleted")
  void goneForGood(Installation serin) {
    try (var shop = Shop.open(serin, "missing", Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy("shop:missing-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      Moment.SECOND_STEP.reach(keeper, AppVersion.healthy("shop:missing-2"));

      keeper.kubectl("delete", "deployment", "shop");

      assertThat(shop.awaitReason("WorkloadNotFound").getStatus().message()).contains("Deployment shop")
          .contains("spec.workloadRef");
      shop.awaitNoCanary();
      keeper.deleteRollout();
      keeper.awaitRolloutGone();
    }
  }

  /// As it stands in a repository: nothing that the cluster or Serin added.
  private static Deployment manifest(Deployment original, String image) {
    return new DeploymentBuilder().withNewMetadata().withName(original.getMetadata().getName())
        .withNamespace(original.getMetadata().getNamespace()).endMetadata().withSpec(original.getSpec()).editSpec()
        .withPaused(null).editTemplate().editSpec().editFirstContainer().withImage(image).endContainer().endSpec()
        .endTemplate().endSpec().build();
  }
}
