package dev.serin.e2e.story.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.testkit.Actor;
import dev.serin.testkit.AuditEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class RetryE2E {

  @Test
  @DisplayName("serin.dev/retry tries a vetoed version once more from the first step, with an Analysis of its own")
  void triedAgain(Installation serin) {
    try (var shop = Shop.open(serin, "retry", Shop.Shape.USUAL, Plans.ONE_STEP, AppVersion.healthy("shop:retry-1"))) {
      shop.sell(60);
      var stable = shop.stablePods();
      Refusal.of(shop, "shop:retry-2");
      var first = veto(shop);
      String name = "shop-" + first.revision();

      shop.kubectl("annotate", "srn/shop", Keys.RETRY + "=" + first.revision());

      shop.awaitRollout("a second veto", status -> status.vetoes().size() == 1
          && !Objects.equals(status.vetoes().getFirst().at(), first.at()));
      var refusal = Refusal.awaited(shop, "shop:retry-2");
      assertThat(shop.awaitTold("Retried")).containsExactly("The veto of revision " + first.revision()
          + " was closed by serin.dev/retry: it is tried again from the first step.");
      assertThat(shop.analyses()).extracting(analysis -> analysis.getMetadata().getName())
          .containsExactlyInAnyOrder(name, name + "-2");
      assertThat(refusal.pods()).isEqualTo(stable);

      // The annotation is still there; it has had its effect.
      lookAgain(serin, shop);
      refusal.stands(shop);
      assertThat(shop.analyses()).hasSize(2);
      assertThat(shop.told("Retried")).hasSize(1);
      assertThat(shop.told("RequestIgnored")).isEmpty();
    }
  }

  @Test
  @DisplayName("A retry and an approval that nothing waits for are refused with one event each and change nothing")
  void stale(Installation serin) {
    try (var shop = Shop.open(serin, "stale", Shop.Shape.USUAL, Plans.ONE_STEP, AppVersion.healthy("shop:stale-1"))) {
      shop.sell(60);
      var refusal = Refusal.of(shop, "shop:stale-2");
      var veto = veto(shop);
      String approval = veto.revision() + "/1";

      shop.kubectl("annotate", "srn/shop", Keys.RETRY + "=aaaaaaaaaa", Keys.APPROVE + "=" + approval);

      await("two refusals").atMost(Shop.PATIENCE).until(() -> shop.told("RequestIgnored").size() == 2);
      assertThat(shop.told("RequestIgnored")).containsExactlyInAnyOrder(
          "serin.dev/retry=aaaaaaaaaa names no vetoed revision, so it was ignored: status.vetoes lists them.",
          "serin.dev/approve=" + approval + " approves no step that is under way or to come, so it was ignored: "
              + "write <revision>/<step> as status.message asks for it.");
      // Entries of the audit log come a moment after the writes.
      shop.awaitRequests(60);
      var writes = shop.lastingWrites();
      lookAgain(serin, shop);
      refusal.stands(shop);
      assertThat(veto(shop)).isEqualTo(veto);
      assertThat(shop.told("RequestIgnored")).hasSize(2);
      assertThat(shop.lastingWrites()).isEqualTo(writes);
      assertThat(shop.analyses()).hasSize(1);
    }
  }

  /// Somebody touches the Rollout, and the operator has looked at it since.
  private static void lookAgain(Installation serin, Shop shop) {
    shop.kubectl("label", "srn/shop", "looked=again");
    await("a look").atMost(Shop.PATIENCE).until(() -> {
      var asked = serin.plane().audit().stream()
          .filter(event -> event.resource().equals("rollouts") && event.namespace().equals(shop.namespace())).toList();
      Optional<Instant> touched = asked.stream()
          .filter(event -> event.user().equals(Actor.PERSON.user()) && event.verb().equals("patch"))
          .map(AuditEvent::time).max(Comparator.naturalOrder());
      return touched.isPresent() && asked.stream().anyMatch(event -> event.user().equals(Installation.ACCOUNT)
          && event.verb().equals("get") && event.time().isAfter(touched.get()));
    });
    // What the look may write.
    shop.awaitRequests(120);
  }

  private static RolloutStatus.Veto veto(Shop shop) {
    return shop.rollout().getStatus().vetoes().getFirst();
  }
}
