package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import io.fabric8.kubernetes.api.model.Condition;
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
      shop.awaitRollout("the second step", status -> status.steps() != null && status.steps().index() == 1);
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
  @DisplayName("The same good version with 5 % background errors in both arms is not rolled back; where the Rollout says how records name tenants, these are judged by tenant too")
  void backgroundErrors(Installation serin) {
    var background = ErrorRule.always("Payment provider timed out", 502).withRate(0.05);
    try (var shop = Shop.open(serin, "same", Shop.Shape.USUAL, Plans.TENANTS_BY_FIELD,
        AppVersion.healthy("shop:same-1").withErrors(background))) {
      shop.sell(200);
      var before = revision(shop);

      shop.push(AppVersion.healthy("shop:same-2").withErrors(background));
      shop.awaitState(CandidateState.STEPPING);
      assertThat(shop.analyses()).singleElement().satisfies(analysis -> assertThat(analysis.getSpec().signatures())
          .anySatisfy(known -> assertThat(known.byTenant()).as(known.template()).isTrue()));
      shop.awaitRollout("the new version as stable",
          status -> status.stable() != null && !status.stable().revision().equals(before));

      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.stableImages()).isEqualTo(List.of("shop:same-2"));
      assertThat(shop.sales().failed("shop:same-2")).isPositive();
    }
  }

  @Test
  @DisplayName("A stable pod that has more errors than the others is named while a good version is judged, costs nobody a roll back, and is told of no more when the version is withdrawn")
  void badStablePod(Installation serin) {
    var first = AppVersion.healthy("shop:node-1");
    try (var shop = Shop.open(serin, "node", new Shop.Shape(6, 0, 60), Plans.HOLDING, first)) {
      shop.sell(60);
      shop.push(AppVersion.healthy("shop:node-2"));
      shop.awaitState(CandidateState.STEPPING);

      var pod = shop.stablePodNames().getFirst();
      serin.nodes().define(first.withErrors(ErrorRule.always("Disk cache is broken", 500).withRate(0.5).onPod(pod)));
      var rollout = shop.awaitRollout("that stable's pods differ", GoodVersionE2E::suspectsModel);

      var suspect = rollout.getStatus().conditions().stream().filter(GoodVersionE2E::ofModel).findFirst().orElseThrow();
      assertThat(suspect.getReason()).isEqualTo("StablePodsDiffer");
      assertThat(suspect.getMessage()).startsWith("Stable's own pods differ by more than chance")
          .contains("most of it against " + pod + ";");
      assertThat(shop.analyses()).singleElement()
          .satisfies(analysis -> assertThat(analysis.getStatus().modelSuspect()).isEqualTo(suspect.getMessage()));
      assertThat(rollout.getStatus().vetoes()).isEmpty();
      System.out.println("figure: " + suspect.getMessage());

      shop.pushImage(first.image());
      shop.awaitRollout("nothing about its pods any more", status -> !suspectsModel(status));
      shop.awaitNoCanary();
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
    }
  }

  private static boolean suspectsModel(RolloutStatus status) {
    return status.conditions().stream().anyMatch(GoodVersionE2E::ofModel);
  }

  private static boolean ofModel(Condition condition) {
    return "EvidenceModelSuspect".equals(condition.getType());
  }

  private static String revision(Shop shop) {
    var stable = shop.rollout().getStatus().stable();
    if (stable == null) {
      throw new IllegalStateException("no stable revision is recorded");
    }
    return stable.revision();
  }
}
