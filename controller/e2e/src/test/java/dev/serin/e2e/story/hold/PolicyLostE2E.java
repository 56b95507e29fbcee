package dev.serin.e2e.story.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.chart.Chart;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@RealControlPlane
@Execution(ExecutionMode.CONCURRENT)
class PolicyLostE2E {

  private static final String CHART = Chart.render(Installation.NAMESPACE, "hold: {policy: Always}").yaml();

  @AutoClose
  private static Installation serin;

  @BeforeAll
  static void install() {
    // The proof counts ten minutes by default: too long for a story.
    serin = Installation.start(ControlPlane.start(), CHART, Map.of("SERIN_RELOOK", "2s", "SERIN_HOLD_PROOF", "1s"));
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  @DisplayName("A policy whose binding is deleted stalls an idle Rollout, and one mid-way at its step; with the binding back it is promoted")
  void bindingDeleted() {
    try (var shop = Shop.open(serin, "lost", Shop.Shape.USUAL, Plans.TEN_SECONDS, AppVersion.healthy("shop:lost-1"))) {
      shop.awaitHeld("True", "AdmissionPolicy");
      unbind();
      shop.awaitReason("HoldNotGuaranteed");
      bind();
      shop.awaitReason("Stable");

      shop.sell(60);
      shop.push(AppVersion.healthy("shop:lost-2"));
      shop.awaitState(CandidateState.STEPPING);
      unbind();
      var stalled = shop.awaitReason("HoldNotGuaranteed");
      assertThat(stalled.getStatus().message()).contains("would roll at once", "set spec.hold to Always");
      shop.awaitHeld("False", "HoldNotGuaranteed");
      assertThat(shop.awaitTold("HoldNotGuaranteed")).isNotEmpty();
      // Time enough for the step to be over: it is not promoted all the same.
      shop.awaitRequests(60 * 15);
      assertThat(Shop.reason(shop.rollout())).isEqualTo("HoldNotGuaranteed");
      assertThat(shop.stableImages()).containsExactly("shop:lost-1");
      assertThat(shop.canaryPods()).hasSize(1);

      bind();
      shop.awaitReason("Stable");
      assertThat(shop.awaitHeld("True", "AdmissionPolicy").getStatus()).isEqualTo("True");
      assertThat(shop.stableImages()).containsExactly("shop:lost-2");
    }
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  @DisplayName("A policy lost beside a vetoed version and in the middle of a roll: the version stays held and vetoed, the roll ends, both say that nothing holds the next template")
  void vetoedAndPromoting() {
    try (var vetoed = Shop.open(serin, "lostvetoed", Shop.Shape.USUAL, Plans.ONE_STEP,
        AppVersion.healthy("shop:lost-vetoed-1"));
        var rolling = Shop.open(serin, "lostrolling", Shop.Shape.SLOW, Plans.FAST,
            AppVersion.healthy("shop:lost-rolling-1"))) {
      vetoed.sell(60);
      rolling.sell(60);
      var pods = vetoed.stablePods();
      vetoed.push(AppVersion.healthy("shop:lost-vetoed-2").withErrors(ErrorRule.always("Out of order", 500)));
      vetoed.awaitReason("AllRequestsFail");
      vetoed.awaitNoCanary();
      rolling.push(AppVersion.healthy("shop:lost-rolling-2"));
      rolling.awaitState(CandidateState.PROMOTING);
      rolling.awaitRolling("shop:lost-rolling-2");

      unbind();

      vetoed.awaitHeld("False", "HoldNotGuaranteed");
      rolling.awaitReason("HoldNotGuaranteed");
      rolling.awaitRollout("the roll's end", status -> status.candidate() == null);
      assertThat(rolling.stableImages()).containsExactly("shop:lost-rolling-2");
      vetoed.awaitRequests(300);
      vetoed.awaitReason("HoldNotGuaranteed");
      assertRefused(vetoed, pods);
      assertThat(rolling.told("Overridden")).as("nobody released it").isEmpty();

      bind();
      vetoed.awaitHeld("True", "AdmissionPolicy");
      rolling.awaitReason("Stable");
      vetoed.awaitReason("AllRequestsFail");
      assertRefused(vetoed, pods);
      assertThat(rolling.sales().failed()).as("failed requests: %s", rolling.sales()).isZero();
    }
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  @DisplayName("A vetoed version that a GitOps tool applies with paused: false while nothing holds it begins to roll; its veto stays, and stable is restored")
  void appliedWhileNothingHolds() {
    try (var shop = Shop.open(serin, "unheld", Shop.Shape.SLOW, Plans.ONE_STEP,
        AppVersion.healthy("shop:unheld-1"))) {
      shop.sell(60);
      shop.push(AppVersion.healthy("shop:unheld-2").withErrors(ErrorRule.always("Out of order", 500)));
      shop.awaitReason("AllRequestsFail");
      shop.awaitNoCanary();
      unbind();
      shop.awaitHeld("False", "HoldNotGuaranteed");
      serin.tolerate("I3", shop.namespace());

      shop.applyUnpaused("shop:unheld-2");

      // With one new pod only, the way back is over before anybody sees its state.
      await("the way back").atMost(Shop.PATIENCE).until(() -> shop.told("HoldNotGuaranteed"),
          notes -> notes.stream().anyMatch(note -> note.contains("which is vetoed, rolled because of that")));
      await("stable alone").atMost(Shop.PATIENCE).until(() -> shop.stableImages().equals(List.of("shop:unheld-1"))
          && Objects.equals(shop.deployment().getStatus().getUpdatedReplicas(), 4));
      shop.awaitReason("HoldNotGuaranteed");
      assertThat(shop.rollout().getStatus().vetoes()).hasSize(1);
      assertThat(shop.told("Overridden")).as("no person released it").isEmpty();

      bind();
      shop.awaitReason("Stable");
    }
  }

  private static void assertRefused(Shop shop, Set<String> pods) {
    assertThat(shop.stablePods()).isEqualTo(pods);
    assertThat(shop.canary()).isNull();
    assertThat(shop.deployment().getSpec().getPaused()).as("held").isTrue();
    assertThat(shop.rollout().getStatus().vetoes()).hasSize(1);
  }

  private static void bind() {
    serin.plane().applyYaml(Installation.NAMESPACE, CHART);
  }

  private static void unbind() {
    serin.plane().client(Actor.ADMIN)
        .genericKubernetesResources("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicyBinding")
        .withName("serin-hold").delete();
  }
}
