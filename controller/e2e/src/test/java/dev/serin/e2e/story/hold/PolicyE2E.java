package dev.serin.e2e.story.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class PolicyE2E {

  @Test
  @DisplayName("The admission policy is proven; hold: Always and back to Auto ends unpaused, and the next template is held")
  void autoAlwaysAuto(Installation serin) {
    try (var shop = Shop.open(serin, "hold", Shop.Shape.USUAL, Plans.HOLDING, AppVersion.healthy("shop:hold-1"))) {
      assertThat(shop.awaitHeld("True", "AdmissionPolicy").getMessage()).contains("a dry run proved it");
      assertThat(shop.deployment().getSpec().getPaused()).isNotEqualTo(true);

      shop.change("{\"hold\":\"Always\"}");
      shop.awaitHeld("True", "KeptPaused");
      await().atMost(Shop.PATIENCE).until(() -> Objects.equals(shop.deployment().getSpec().getPaused(), true));

      shop.change("{\"hold\":\"Auto\"}");
      shop.awaitHeld("True", "AdmissionPolicy");
      await().atMost(Shop.PATIENCE).until(() -> !Objects.equals(shop.deployment().getSpec().getPaused(), true));
      assertThat(shop.deployment().getMetadata().getAnnotations()).doesNotContainKey("serin.dev/hold");
      shop.awaitReason("Stable");
      assertThat(shop.told("Overridden")).isEmpty();

      shop.push(AppVersion.healthy("shop:hold-2"));
      shop.awaitState(CandidateState.STEPPING);
      assertThat(shop.deployment().getSpec().getPaused()).isTrue();
      assertThat(shop.stableImages()).containsExactly("shop:hold-1");
    }
  }
}
