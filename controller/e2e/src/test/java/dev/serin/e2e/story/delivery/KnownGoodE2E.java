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
import dev.serin.testkit.Actor;
import dev.serin.testkit.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class KnownGoodE2E {

  private static final String SLOW = "example.com/slow-end";

  @Test
  @DisplayName("kubectl rollout undo to the version before comes back at once, without a canary, while a pod of the last canary still takes its time to end")
  void undone(Installation serin) {
    try (var shop = Shop.open(serin, "undone", Shop.Shape.USUAL, Plans.TEN_SECONDS,
        AppVersion.healthy("shop:undone-1"))) {
      shop.sell(60);
      String first = stable(shop);
      shop.push(AppVersion.healthy("shop:undone-2"));
      shop.awaitState(CandidateState.STEPPING);
      // Its grace period is as long as this story likes.
      String slow = shop.canaryPods().getFirst().getMetadata().getName();
      shop.kubectl("patch", "pod", slow, "--type=merge", "-p", "{\"metadata\":{\"finalizers\":[\"" + SLOW + "\"]}}");
      shop.awaitRollout("the second version as stable",
          status -> status.stable() != null && !status.stable().revision().equals(first));
      String second = stable(shop);
      await("the last canary pod is ending").atMost(Shop.PATIENCE)
          .until(() -> shop.canaryPods().getFirst().getMetadata().getDeletionTimestamp() != null);

      shop.kubectl("rollout", "undo", "deployment/shop");

      await("shop:undone-1 on all stable pods").atMost(Shop.PATIENCE)
          .until(() -> shop.stableImages().equals(List.of("shop:undone-1")));
      assertThat(shop.canaryPods()).as("the promotion did not wait for this pod").singleElement()
          .satisfies(pod -> assertThat(pod.getMetadata().getName()).isEqualTo(slow));
      shop.kubectl("patch", "pod", slow, "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
      awaitStable(shop, "shop:undone-1");
      assertThat(stable(shop)).isEqualTo(first);
      assertThat(shop.awaitTold("KnownGood")).containsExactly("Revision " + first + " was stable before: it replaces "
          + second + " at once, without a canary.");
      assertThat(shop.analyses()).as("Analyses, of the second version only").singleElement()
          .satisfies(analysis -> assertThat(analysis.getMetadata().getName()).isEqualTo("shop-" + second));
      assertThat(shop.lastingWrites()).as("canaries are made for the second version only")
          .containsOnlyOnce("create deployments shop-canary");
      report(serin, shop);
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  /// A figure for people; nothing is asserted on a shared machine's clock.
  private static void report(Installation serin, Shop shop) {
    var writes = serin.plane().audit().stream().filter(AuditEvent::write)
        .filter(event -> event.namespace().equals(shop.namespace()) && event.resource().equals("deployments")
            && event.name().equals("shop") && event.succeeded() && event.subresource().isEmpty())
        .toList();
    Instant undone = writes.stream().filter(event -> event.user().equals(Actor.PERSON.user())).map(AuditEvent::time)
        .reduce((_, last) -> last).orElseThrow();
    Instant resumed = writes.stream()
        .filter(event -> event.user().equals(Installation.ACCOUNT) && event.time().isAfter(undone))
        .map(AuditEvent::time).findFirst().orElseThrow();
    System.out.printf("figure: undone %s, resumed by Serin %d ms later%n", undone,
        Duration.between(undone, resumed).toMillis());
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
      assertThat(shop.awaitTold("KnownGood")).singleElement().asString().contains(first);
      assertThat(shop.analyses()).extracting(analysis -> analysis.getSpec().revision())
          .as("versions that have an Analysis").isNotEmpty().doesNotContain(first);
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  @Test
  @DisplayName("kubectl rollout undo while another version is promoted goes straight to the earlier version")
  void undoneWhilePromoting(Installation serin) {
    try (var shop = Shop.open(serin, "straight", Shop.Shape.SLOW, Plans.FAST,
        AppVersion.healthy("shop:straight-1"))) {
      shop.sell(60);
      String first = stable(shop);
      release(shop, "shop:straight-2");
      shop.push(AppVersion.healthy("shop:straight-3"));
      shop.awaitState(CandidateState.PROMOTING);
      shop.awaitRolling("shop:straight-3");

      shop.kubectl("rollout", "undo", "deployment/shop", "--to-revision=1");

      awaitStable(shop, "shop:straight-1");
      assertThat(stable(shop)).isEqualTo(first);
      assertThat(shop.awaitTold("KnownGood")).singleElement().asString().contains(first);
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
