package dev.serin.e2e.story.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Story
class WebhookE2E {

  @Test
  @DisplayName("A webhook that changes the template when somebody writes a label is held and tried like any other change, once")
  void changesBesides(Installation serin, @TempDir Path folder) throws Exception {
    try (
        var shop = Shop.open(serin, "hooked", Shop.Shape.USUAL, Plans.TEN_SECONDS, AppVersion.healthy("shop:hooked-1"));
        var _ = RegisteredWebhook.of(serin, shop, folder, JsonNode::isObject)) {
      shop.sell(60);
      var stable = shop.stablePods();
      String before = stable(shop);

      shop.kubectl("label", "deployment/shop", "team=checkout");

      shop.awaitState(CandidateState.STEPPING);
      assertThat(shop.stablePods()).as("while the change is tried").isEqualTo(stable);
      assertThat(shop.canaryPods()).allSatisfy(pod -> assertThat(pod.getMetadata().getAnnotations())
          .containsEntry("example.com/injected", "by a webhook"));
      awaitStableOtherThan(shop, before);
      staysAsItIs(shop, 1);
    }
  }

  @Test
  @DisplayName("What a webhook adds to a person's push belongs to it: one candidate, one trial")
  void changesPush(Installation serin, @TempDir Path folder) throws Exception {
    try (var shop = Shop.open(serin, "added", Shop.Shape.USUAL, Plans.FAST, AppVersion.healthy("shop:added-1"));
        var _ = RegisteredWebhook.of(serin, shop, folder, JsonNode::isObject)) {
      shop.sell(60);
      String before = stable(shop);

      shop.push(AppVersion.healthy("shop:added-2"));

      awaitStableOtherThan(shop, before);
      assertThat(shop.stableImages()).containsExactly("shop:added-2");
      assertThat(shop.template().toString()).contains("shop:added-2", "example.com/injected");
      staysAsItIs(shop, 1);
    }
  }

  @Test
  @DisplayName("A webhook that changes the canary ends the trial with a veto that says what to do; canaries are not made for ever")
  void changesCanary(Installation serin, @TempDir Path folder) throws Exception {
    try (var shop = Shop.open(serin, "altered", Shop.Shape.USUAL, Plans.FAST, AppVersion.healthy("shop:altered-1"))) {
      shop.sell(60);
      var stable = shop.stablePods();
      try (var _ = RegisteredWebhook.of(serin, shop, folder, WebhookE2E::canary)) {
        shop.push(AppVersion.healthy("shop:altered-2"));

        var refused = shop.awaitReason("CanaryAltered").getStatus();
        shop.awaitNoCanary();
        String retry = "serin.dev/retry=" + refused.vetoes().getFirst().revision();
        assertThat(refused.message()).contains("admission webhook", "serin.dev/arm", retry);
        assertThat(shop.lastingWrites()).containsOnlyOnce("create deployments shop-canary");
        assertThat(shop.stablePods()).isEqualTo(stable);
        assertThat(shop.deployment().getSpec().getPaused()).isTrue();
      }
      String before = stable(shop);

      // The webhook is gone: now the version can be tried.
      shop.kubectl("annotate", "srn/shop", "serin.dev/retry=" + shop.rollout().getStatus().vetoes().getFirst()
          .revision());

      awaitStableOtherThan(shop, before);
      assertThat(shop.stableImages()).containsExactly("shop:altered-2");
    }
  }

  private static boolean canary(JsonNode deployment) {
    return deployment.at("/metadata/labels").path("serin.dev/arm").asText().equals("canary");
  }

  /// No further candidate, and nothing left to write.
  private static void staysAsItIs(Shop shop, int trials) {
    await("the Rollout may go").atMost(Shop.PATIENCE)
        .until(() -> shop.rollout().getMetadata().getFinalizers().isEmpty());
    String stable = stable(shop);
    // Entries of the audit log come a moment after the writes.
    shop.awaitRequests(60);
    var writes = shop.lastingWrites();
    shop.kubectl("scale", "deployment/shop", "--replicas=5");
    shop.kubectl("annotate", "deployment/shop", "example.com/touched=again");
    await("five pods").atMost(Shop.PATIENCE).pollInterval(Duration.ofMillis(100))
        .until(() -> shop.stablePods().size() == 5);
    shop.awaitRequests(120);
    assertThat(Shop.reason(shop.rollout())).isEqualTo("Stable");
    assertThat(stable(shop)).isEqualTo(stable);
    assertThat(shop.analyses()).hasSize(trials);
    assertThat(shop.canary()).isNull();
    assertThat(shop.lastingWrites()).isEqualTo(writes);
  }

  private static void awaitStableOtherThan(Shop shop, String before) {
    shop.awaitRollout("another stable version",
        status -> status.stable() != null && !status.stable().revision().equals(before));
    shop.awaitReason("Stable");
    shop.awaitNoCanary();
  }

  private static String stable(Shop shop) {
    return Objects.requireNonNull(shop.rollout().getStatus().stable(), "stable").revision();
  }
}
