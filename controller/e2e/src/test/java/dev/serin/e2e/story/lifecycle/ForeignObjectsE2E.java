package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.testkit.Actor;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class ForeignObjectsE2E {

  @Test
  @DisplayName("A Deployment of somebody else with the canary's name is never touched; once it is gone the trial goes on")
  void canaryName(Installation serin) {
    try (var shop = Shop.open(serin, "squatter", Shop.Shape.USUAL, Plans.FAST,
        AppVersion.healthy("shop:squatter-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      var stable = shop.stablePods();
      keeper.occupyCanaryName(1);
      shop.push(AppVersion.healthy("shop:squatter-2"));

      assertThat(shop.awaitReason("NameConflict").getStatus().message()).contains("Deployment shop-canary")
          .contains("was not made by Serin");
      shop.awaitRequests(300);
      var squatter = Objects.requireNonNull(shop.canary());
      assertThat(squatter.getMetadata().getGeneration()).isEqualTo(1);
      assertThat(squatter.getMetadata().getLabels()).isNullOrEmpty();
      assertThat(keeper.operatorWrites()).filteredOn(write -> write.name().equals("shop-canary")).isEmpty();
      assertThat(keeper.held()).isTrue();
      assertThat(shop.stablePods()).isEqualTo(stable);

      keeper.freeCanaryName();
      keeper.awaitPromoted("shop:squatter-2");
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("A ControllerRevision of somebody else with a name that Serin needs stalls with what to do, without writing in a loop; once it is gone the promotion completes")
  void controllerRevisionName(Installation serin) {
    try (var shop = Shop.open(serin, "keptname", Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy("shop:kept-name-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      Moment.SECOND_STEP.reach(keeper, AppVersion.healthy("shop:kept-name-2"));
      String name = "shop-" + keeper.candidate();
      serin.plane().applyYaml(shop.namespace(), """
          apiVersion: apps/v1
          kind: ControllerRevision
          metadata: {name: %s}
          revision: 1
          data: {note: "not Serin's"}
          """.formatted(name));
      keeper.approve(2);

      assertThat(shop.awaitReason("NameConflict").getStatus().message()).contains("ControllerRevision " + name)
          .contains("rename or delete it");
      int writes = keeper.operatorWrites().size();
      shop.awaitRequests(600);
      assertThat(keeper.operatorWrites().size() - writes).as("writes in about ten seconds").isLessThan(8);
      assertThat(keeper.kubectl("get", "controllerrevision", name, "-o", "jsonpath={.data.note}"))
          .isEqualTo("not Serin's");

      keeper.kubectl("delete", "controllerrevision", name);
      keeper.awaitPromoted("shop:kept-name-2");
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("An Analysis of somebody else with the name of the next one is left alone: the trial's Analysis gets another name")
  void analysisName(Installation serin) {
    try (var shop = Shop.open(serin, "otheranalysis", Shop.Shape.USUAL, Plans.GATED,
        AppVersion.healthy("shop:other-analysis-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      Moment.FIRST_STEP.reach(keeper, AppVersion.healthy("shop:other-analysis-2"));
      Analysis own = shop.analyses().getFirst();
      String name = own.getMetadata().getName();
      shop.pushImage("shop:other-analysis-1");
      shop.awaitRollout("nothing under way", status -> status.candidate() == null);
      keeper.kubectl("delete", "analysis.serin.dev", name);
      own.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(shop.namespace()).build());
      own.setStatus(null);
      Analysis foreign = serin.plane().client(Actor.PERSON).resource(own).create();

      shop.pushImage("shop:other-analysis-2");
      await("an Analysis beside it").atMost(Shop.PATIENCE).until(() -> shop.analyses().size() == 2);
      keeper.approveAll("shop:other-analysis-2");

      assertThat(shop.analyses()).extracting(analysis -> analysis.getMetadata().getName())
          .containsExactlyInAnyOrder(name, name + "-2");
      assertThat(shop.analyses()).filteredOn(analysis -> analysis.getMetadata().getName().equals(name))
          .singleElement().satisfies(left -> assertThat(left.getMetadata().getResourceVersion())
              .isEqualTo(foreign.getMetadata().getResourceVersion()));
    }
  }
}
