package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.testkit.Actor;
import dev.serin.testkit.AuditEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class NamespaceDeletedE2E {

  @Test
  @DisplayName("A namespace deleted during a step goes: our finalizer does not keep it, nothing is created in it, other namespaces are looked after")
  void duringStep(Installation serin) {
    try (var shop = Shop.open(serin, "doomed", Shop.Shape.USUAL, Plans.GATED, AppVersion.healthy("shop:doomed-1"));
        var other = Shop.open(serin, "survivor", Shop.Shape.USUAL, Plans.FAST,
            AppVersion.healthy("shop:survivor-1"))) {
      shop.sell(60);
      other.sell(60);
      var keeper = new ShopKeeper(serin, shop);
      Moment.FIRST_STEP.reach(keeper, AppVersion.healthy("shop:doomed-2"));
      assertThat(shop.rollout().getMetadata().getFinalizers()).isNotEmpty();

      keeper.kubectl("delete", "namespace", shop.namespace(), "--wait=false");

      await("the namespace is gone").atMost(Shop.PATIENCE)
          .until(() -> keeper.eyes().namespaces().withName(shop.namespace()).get() == null);
      other.push(AppVersion.healthy("shop:survivor-2"));
      new ShopKeeper(serin, other).awaitPromoted("shop:survivor-2");
      Instant ended = serin.plane().audit().stream()
          .filter(event -> event.user().equals(Actor.PERSON.user()) && event.verb().equals("delete")
              && event.resource().equals("namespaces") && event.name().equals(shop.namespace()))
          .map(AuditEvent::time).findFirst().orElseThrow();
      List<AuditEvent> creates = keeper.operatorWrites().stream()
          .filter(event -> event.verb().equals("create") && !event.resource().equals("events"))
          .filter(event -> event.time().isAfter(ended)).toList();
      assertThat(creates).filteredOn(AuditEvent::succeeded).isEmpty();
      assertThat(creates).as("what the API server refuses is not asked for again and again").hasSizeLessThan(10);
    }
  }
}
