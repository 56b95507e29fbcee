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
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class SurplusE2E {

  @Test
  @DisplayName("What nothing needs any more is dropped: Analyses beyond the newest ten, and templates that are neither stable nor in the history")
  void dropped(Installation serin) {
    try (var shop = Shop.open(serin, "surplus", Shop.Shape.USUAL, Plans.FAST, AppVersion.healthy("shop:surplus-1"))) {
      shop.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      String first = keeper.stable();
      shop.push(AppVersion.healthy("shop:surplus-2"));
      keeper.awaitPromoted("shop:surplus-2");
      String second = keeper.stable();
      Analysis oldest = shop.analyses().getFirst();
      String old = oldest.getMetadata().getName();

      var person = serin.plane().client(Actor.PERSON);
      IntStream.rangeClosed(1, 11).forEach(number -> {
        oldest.getMetadata().setName(old + "-copy-" + number);
        oldest.getMetadata().setResourceVersion(null);
        person.resource(oldest).create();
      });
      var template = person.apps().controllerRevisions().inNamespace(shop.namespace()).withName("shop-" + first).get();
      template.getMetadata().setName("shop-aaaaaaaaaa");
      template.getMetadata().getLabels().put("serin.dev/revision", "aaaaaaaaaa");
      template.getMetadata().setResourceVersion(null);
      person.resource(template).create();
      keeper.kubectl("annotate", "srn/shop", "example.com/look=please");

      await("the surplus is gone").atMost(Shop.PATIENCE)
          .until(() -> shop.analyses().size() == 10 && templates(keeper).size() == 2);
      assertThat(shop.analyses()).extracting(analysis -> analysis.getMetadata().getName()).doesNotContain(old);
      assertThat(templates(keeper)).as("stable and the one before it")
          .containsExactlyInAnyOrder("shop-" + first, "shop-" + second);
    }
  }

  private static List<String> templates(ShopKeeper keeper) {
    return keeper.eyes().apps().controllerRevisions().inNamespace(keeper.shop().namespace()).list().getItems().stream()
        .map((ControllerRevision kept) -> kept.getMetadata().getName()).toList();
  }
}
