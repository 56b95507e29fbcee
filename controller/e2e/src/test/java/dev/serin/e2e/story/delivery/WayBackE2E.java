package dev.serin.e2e.story.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.testkit.AuditEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others do to the Deployment while stable is brought back, and after.
@Story
class WayBackE2E {

  @Test
  @DisplayName("After a way back the mend is applied with server-side apply and without force: the template is nobody's of ours")
  void mendWithoutForce(Installation serin) {
    try (var shop = Shop.open(serin, "mend", Shop.Shape.SLOW, Plans.FAST, AppVersion.healthy("shop:mend-1"))) {
      shop.sell(100);
      // At first the fields are those of whoever made the Deployment.
      apply(serin, shop, "shop:mend-2", "--force-conflicts=true");
      breakHalfRolled(serin, shop, "shop:mend-2");
      shop.awaitReason("Stable");
      shop.awaitNoCanary();

      apply(serin, shop, "shop:mend-3", "--force-conflicts=false");

      await("the mend alone").atMost(Shop.PATIENCE)
          .until(() -> shop.stableImages().equals(List.of("shop:mend-3")));
      assertThat(shop.rollout().getStatus().vetoes()).hasSize(1);
    }
  }

  @Test
  @DisplayName("A webhook that changes stable's template when it is written back stalls the way back with what to do, with few writes; without the webhook stable comes back")
  void changedOnTheWay(Installation serin, @TempDir Path folder) throws Exception {
    try (var shop = Shop.open(serin, "mutated", Shop.Shape.SLOW, Plans.FAST, AppVersion.healthy("shop:mutated-1"))) {
      shop.sell(100);
      shop.push(AppVersion.healthy("shop:mutated-2"));
      shop.awaitState(CandidateState.PROMOTING);
      shop.awaitRolling("shop:mutated-2");
      try (var _ = RegisteredWebhook.of(serin, shop, folder,
          deployment -> deployment.at("/metadata/name").asText().equals("shop"))) {
        // What the webhook makes of Serin's write is no template that Serin keeps.
        serin.tolerate("I14", shop.namespace());
        breakHalfRolled(serin, shop, "shop:mutated-2");

        assertThat(shop.awaitReason("TemplateAltered").getStatus().message()).contains("comes back changed",
            "admission webhook", "kubectl rollout resume deployment/shop");
        long before = shop.operatorWrites();
        var begin = Instant.now();
        shop.awaitRequests(1500);
        long written = shop.operatorWrites() - before;
        // Serin tries again every 15 s.
        long tries = begin.until(Instant.now(), ChronoUnit.SECONDS) / 15 + 1;
        assertThat(written).as("writes of %d tries at most", tries).isLessThan(6 * tries);
      }

      await("stable alone").atMost(Shop.PATIENCE)
          .until(() -> shop.stableImages().equals(List.of("shop:mutated-1")));
      assertThat(shop.rollout().getStatus().vetoes()).hasSize(1);
      assertThat(serin.plane().audit()).filteredOn(event -> event.user().equals(Installation.ACCOUNT)
          && event.namespace().equals(shop.namespace()) && event.code() == 403).map(AuditEvent::uri).isEmpty();
    }
  }

  private static void apply(Installation serin, Shop shop, String image, String force) {
    serin.nodes().define(AppVersion.healthy(image));
    shop.kubectlReading(Shop.manifest(Shop.Shape.SLOW, image), "apply", "--server-side", "--field-manager=pipeline",
        force, "-f",
        "-");
  }

  private static void breakHalfRolled(Installation serin, Shop shop, String image) {
    shop.awaitState(CandidateState.PROMOTING);
    shop.awaitRolling(image);
    serin.nodes().define(
        AppVersion.healthy(image).withErrors(ErrorRule.always("Invoice <id> has no owner", 500)));
    shop.awaitRollout("the veto", status -> !status.vetoes().isEmpty());
  }
}
