package dev.serin.e2e.story.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Shop;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.chart.Chart;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@RealControlPlane
@Execution(ExecutionMode.CONCURRENT)
class PolicyLostE2E {

  private static final String PLAN = """
      steps:
      - {weight: 20%, minDuration: 4s, maxDuration: 6s}
      analysis: {window: 1s, minRequests: 20, onInconclusive: Promote}
      """;

  @Test
  @DisplayName("A policy whose binding is deleted stalls an idle Rollout, and one mid-way at its step; with the binding back it is promoted")
  void bindingDeleted() throws IOException {
    String chart = Chart.render(Installation.NAMESPACE, "hold: {policy: Always}").yaml();
    // The proof counts ten minutes by default: too long for a story.
    try (var serin = Installation.start(ControlPlane.start(), chart,
        Map.of("SERIN_RELOOK", "2s", "SERIN_HOLD_PROOF", "1s"));
        var shop = Shop.open(serin, "lost", Shop.Shape.USUAL, PLAN, AppVersion.healthy("shop:lost-1"))) {
      shop.awaitHeld("True", "AdmissionPolicy");
      unbind(serin);
      shop.awaitReason("HoldNotGuaranteed");
      serin.plane().applyYaml(Installation.NAMESPACE, chart);
      shop.awaitReason("Stable");

      shop.sell(60);
      shop.push(AppVersion.healthy("shop:lost-2"));
      shop.awaitState(CandidateState.STEPPING);
      unbind(serin);
      var stalled = shop.awaitReason("HoldNotGuaranteed");
      assertThat(stalled.getStatus().message()).contains("would roll at once", "set spec.hold to Always");
      shop.awaitHeld("False", "HoldNotGuaranteed");
      assertThat(shop.told("HoldNotGuaranteed")).isNotEmpty();
      // Time enough for the step to be over: it is not promoted all the same.
      shop.awaitRequests(60 * 10);
      assertThat(Shop.reason(shop.rollout())).isEqualTo("HoldNotGuaranteed");
      assertThat(shop.stableImages()).containsExactly("shop:lost-1");
      assertThat(shop.canaryPods()).hasSize(1);

      serin.plane().applyYaml(Installation.NAMESPACE, chart);
      shop.awaitReason("Stable");
      assertThat(shop.awaitHeld("True", "AdmissionPolicy").getStatus()).isEqualTo("True");
      assertThat(shop.stableImages()).containsExactly("shop:lost-2");
    }
  }

  private static void unbind(Installation serin) {
    serin.plane().client(Actor.ADMIN)
        .genericKubernetesResources("admissionregistration.k8s.io/v1", "MutatingAdmissionPolicyBinding")
        .withName("serin-hold").delete();
  }
}
