package dev.serin.e2e.story.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.e2e.story.Shop;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import java.util.List;
import java.util.Set;

/// A version that was tried and refused, and how things stood then.
///
/// @param image
///          of the refused version
/// @param pods
///          stable ones
/// @param images
///          of stable pods
/// @param served
///          requests that the refused version got from its canary
record Refusal(String image, Set<String> pods, List<String> images, long served) {

  /// Pushes a version that fails every request, and waits until it is vetoed and its canary is gone.
  static Refusal of(Shop shop, String image) {
    shop.push(failing(image));
    return awaited(shop, image);
  }

  /// A version that fails every request.
  static AppVersion failing(String image) {
    return AppVersion.healthy(image).withErrors(ErrorRule.always("Out of order", 500));
  }

  /// The same after somebody else pushed it.
  static Refusal awaited(Shop shop, String image) {
    shop.awaitReason("AllRequestsFail");
    shop.awaitNoCanary();
    return new Refusal(image, shop.stablePods(), shop.stableImages(), shop.sales().requests(image));
  }

  /// Asserts that users get what they got then, after some more requests of theirs.
  void stands(Shop shop) {
    shop.awaitRequests(60);
    await("Serin's label is back").atMost(Shop.PATIENCE).until(() -> shop.deployment().getMetadata().getLabels(),
        labels -> labels != null && "shop".equals(labels.get(Keys.ROLLOUT)));
    assertThat(shop.stablePods()).as("stable pods").isEqualTo(pods);
    assertThat(shop.stableImages()).isEqualTo(images).doesNotContain(image);
    assertThat(shop.sales().requests(image)).as("requests that the refused version got").isEqualTo(served);
    assertThat(shop.canary()).isNull();
    assertThat(shop.deployment().getSpec().getPaused()).as("held").isTrue();
    assertThat(shop.deployment().getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
        .isEqualTo(image);
    assertThat(Shop.reason(shop.rollout())).isEqualTo("AllRequestsFail");
  }
}
