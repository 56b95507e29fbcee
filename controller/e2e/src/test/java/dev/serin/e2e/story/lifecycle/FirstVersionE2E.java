package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.Startup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class FirstVersionE2E {

  @Test
  @DisplayName("The mend of a first version that never got ready is held with the command that rolls it, and becomes stable without a canary")
  void mended(Installation serin) {
    try (var shop = Shop.openIn(serin, serin.plane().newNamespace("firstbroken"), Shop.Shape.USUAL, Plans.FAST,
        AppVersion.healthy("shop:first-broken-1").withStartup(Startup.NEVER_READY))) {
      var keeper = new ShopKeeper(serin, shop);
      assertThat(shop.awaitReason("WaitingForStable").getStatus().message()).contains("0 of 4 pods are ready");

      shop.push(AppVersion.healthy("shop:first-broken-2"));

      shop.awaitRollout("how it is rolled", status -> status.message() != null
          && status.message().contains("to roll what is held at once, run kubectl rollout resume"));
      shop.kubectl("rollout", "resume", "deployment/shop");

      keeper.awaitPromoted("shop:first-broken-2");
      assertThat(shop.analyses()).isEmpty();
      assertThat(shop.told("Overridden")).isEmpty();
    }
  }
}
