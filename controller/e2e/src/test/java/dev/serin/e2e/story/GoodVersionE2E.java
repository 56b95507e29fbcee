package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class GoodVersionE2E {

  @Test
  @DisplayName("A good version goes through its steps and is promoted without a failed request")
  void promoted(Installation serin) {
    try (var shop = Shop.open(serin, "good", Shop.Shape.USUAL, Plans.TWO_STEPS, AppVersion.healthy("shop:good-1"))) {
      shop.sell(200);
      var before = revision(shop);
      long writes = shop.operatorWrites();

      shop.push(AppVersion.healthy("shop:good-2"));
      shop.awaitRollout("the new version as stable",
          status -> status.stable() != null && !status.stable().revision().equals(before)
              && status.conditions().stream()
                  .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus())));

      shop.awaitNoCanary();
      assertThat(shop.stableImages()).containsExactly("shop:good-2");
      assertThat(shop.deployment().getSpec().getPaused()).isNotEqualTo(true);
      assertThat(shop.sales().failed()).isZero();
      assertThat(shop.sales().unanswered()).isZero();
      assertThat(shop.sales().requests("shop:good-2")).isPositive();
      assertThat(shop.rollout().getStatus().history()).extracting(RolloutStatus.Revision::revision)
          .containsExactly(before);
      System.out.printf("figure: API writes of one promotion in two steps: %d%n",
          shop.operatorWrites() - writes);
    }
  }

  @Test
  @DisplayName("The same good version with 5 % background errors in both arms is not rolled back")
  void backgroundErrors(Installation serin) {
    var background = ErrorRule.always("Payment provider timed out", 502).withRate(0.05);
    try (var shop = Shop.open(serin, "same", Shop.Shape.USUAL, Plans.TWO_STEPS,
        AppVersion.healthy("shop:same-1").withErrors(background))) {
      shop.sell(200);
      var before = revision(shop);

      shop.push(AppVersion.healthy("shop:same-2").withErrors(background));
      shop.awaitRollout("the new version as stable",
          status -> status.stable() != null && !status.stable().revision().equals(before));

      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.stableImages()).isEqualTo(List.of("shop:same-2"));
      assertThat(shop.sales().failed("shop:same-2")).isPositive();
    }
  }

  private static String revision(Shop shop) {
    var stable = shop.rollout().getStatus().stable();
    if (stable == null) {
      throw new IllegalStateException("no stable revision is recorded");
    }
    return stable.revision();
  }
}
