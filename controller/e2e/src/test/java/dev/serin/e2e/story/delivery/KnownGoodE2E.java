package dev.serin.e2e.story.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class KnownGoodE2E {

  @Test
  @DisplayName("kubectl rollout undo to the version before comes back at once, without a canary")
  void undone(Installation serin) {
    try (var shop = Shop.open(serin, "undone", Shop.Shape.USUAL, Plans.FAST, AppVersion.healthy("shop:undone-1"))) {
      shop.sell(60);
      String first = stable(shop);
      shop.push(AppVersion.healthy("shop:undone-2"));
      awaitStable(shop, "shop:undone-2");
      String second = stable(shop);

      shop.kubectl("rollout", "undo", "deployment/shop");

      awaitStable(shop, "shop:undone-1");
      assertThat(stable(shop)).isEqualTo(first);
      assertThat(shop.told("KnownGood")).containsExactly("Revision " + first + " was stable before: it replaces "
          + second + " at once, without a canary.");
      assertThat(shop.analyses()).as("Analyses, of the second version only").singleElement()
          .satisfies(analysis -> assertThat(analysis.getMetadata().getName()).isEqualTo("shop-" + second));
      assertThat(shop.lastingWrites()).as("canaries are made for the second version only")
          .containsOnlyOnce("create deployments shop-canary");
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  @Test
  @DisplayName("An earlier stable version that is pushed while a canary is tried does not wait: the canary goes, the version comes back")
  void pushedUnderTrial(Installation serin) {
    try (var shop = Shop.open(serin, "regret", Shop.Shape.USUAL, Plans.HOLDING,
        AppVersion.healthy("shop:regret-1"))) {
      shop.sell(60);
      String first = stable(shop);
      release(shop, "shop:regret-2");
      shop.push(AppVersion.healthy("shop:regret-3"));
      shop.awaitState(CandidateState.STEPPING);

      // kubectl undoes no paused Deployment, so people apply the manifest of the version that they want back.
      shop.pushImage("shop:regret-1");

      awaitStable(shop, "shop:regret-1");
      assertThat(stable(shop)).isEqualTo(first);
      assertThat(shop.told("KnownGood")).singleElement().asString().contains(first);
      assertThat(shop.analyses()).extracting(analysis -> analysis.getSpec().revision())
          .as("versions that have an Analysis").isNotEmpty().doesNotContain(first);
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  @Test
  @DisplayName("kubectl rollout undo while another version is promoted goes straight to the earlier version")
  void undoneWhilePromoting(Installation serin) {
    try (var shop = Shop.open(serin, "straight", new Shop.Shape(4, 3, 120), Plans.FAST,
        AppVersion.healthy("shop:straight-1"))) {
      shop.sell(60);
      String first = stable(shop);
      release(shop, "shop:straight-2");
      shop.push(AppVersion.healthy("shop:straight-3"));
      shop.awaitState(CandidateState.PROMOTING);
      await("the third version rolls").atMost(Shop.PATIENCE)
          .until(() -> shop.stableImages().contains("shop:straight-3"));

      shop.kubectl("rollout", "undo", "deployment/shop", "--to-revision=1");

      awaitStable(shop, "shop:straight-1");
      assertThat(stable(shop)).isEqualTo(first);
      assertThat(shop.told("KnownGood")).singleElement().asString().contains(first);
      assertThat(shop.told("TemplateChanged")).as("detours over the second version").isEmpty();
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  /// Makes a version stable without a trial.
  private static void release(Shop shop, String image) {
    shop.push(AppVersion.healthy(image));
    await("the version is held").atMost(Shop.PATIENCE)
        .until(() -> shop.rollout().getStatus().candidate() != null);
    shop.kubectl("rollout", "resume", "deployment/shop");
    awaitStable(shop, image);
  }

  private static void awaitStable(Shop shop, String image) {
    await(image + " on all stable pods").atMost(Shop.PATIENCE)
        .until(() -> shop.stableImages().equals(List.of(image)));
    shop.awaitReason("Stable");
    shop.awaitNoCanary();
  }

  private static String stable(Shop shop) {
    RolloutStatus.Revision stable = shop.rollout().getStatus().stable();
    return Objects.requireNonNull(stable, "no stable revision is recorded").revision();
  }
}
