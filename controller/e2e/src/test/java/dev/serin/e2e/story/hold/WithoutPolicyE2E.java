package dev.serin.e2e.story.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.chart.Chart;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// An API server that does not know MutatingAdmissionPolicy, as before Kubernetes 1.36.
@RealControlPlane
@Execution(ExecutionMode.CONCURRENT)
class WithoutPolicyE2E {

  private static final String GROUP = "admissionregistration.k8s.io/v1/";

  @AutoClose
  private static Installation serin;

  @BeforeAll
  static void install() {
    var chart = Chart.render(Installation.NAMESPACE, "hold: {policy: Always}")
        .without(Set.of("MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"));
    serin = Installation.start(ControlPlane.startWith(List.of("--disable-admission-plugins=MutatingAdmissionPolicy",
        "--runtime-config=" + GROUP
            + "mutatingadmissionpolicies=false," + GROUP + "mutatingadmissionpolicybindings=false")),
        chart.yaml());
  }

  @Test
  @DisplayName("hold: Always: a pushed template waits, is tried and promoted; one pushed while that rolls is refused, then welcome")
  void always() {
    try (var shop = Shop.open(serin, "always", Shop.Shape.SLOW, "hold: Always\n" + Plans.TEN_SECONDS,
        AppVersion.healthy("shop:always-1"))) {
      assertThat(shop.awaitHeld("True", "KeptPaused").getMessage())
          .contains("stays paused except while Serin rolls it");
      assertThat(shop.deployment().getSpec().getPaused()).isTrue();
      shop.sell(60);

      shop.push(AppVersion.healthy("shop:always-2"));
      shop.awaitState(CandidateState.STEPPING);
      assertThat(shop.stableImages()).containsExactly("shop:always-1");
      shop.awaitState(CandidateState.PROMOTING);
      shop.awaitRolling("shop:always-2");

      serin.nodes().define(AppVersion.healthy("shop:always-3"));
      var refused = shop.tryKubectl("set", "image", "deployment/shop", "app=shop:always-3");
      assertThat(refused.exit()).isNotZero();
      assertThat(refused.stderr()).contains("Deployment shop is being rolled by Serin (hold: Always)",
          "kubectl wait --for=condition=Ready srn/shop", "kubectl rollout pause deployment/shop");

      shop.kubectl("wait", "--for=condition=Ready", "srn/shop", "--timeout=150s");
      assertThat(shop.deployment().getSpec().getPaused()).as("Ready means held").isTrue();
      assertThat(shop.stableImages()).containsExactly("shop:always-2");
      shop.pushImage("shop:always-3");
      shop.awaitState(CandidateState.STEPPING);
      assertThat(shop.stableImages()).containsExactly("shop:always-2");
      assertThat(shop.told("Overridden")).isEmpty();
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("hold: Auto: the Rollout is Stalled with what to do; nothing is judged or called held, until it says Always")
  void auto() {
    try (var shop = Shop.openIn(serin, serin.plane().newNamespace("auto"), new Shop.Shape(4, 2, 120), Plans.TEN_SECONDS,
        AppVersion.healthy("shop:auto-1"))) {
      var stalled = shop.awaitReason("HoldNotGuaranteed");
      assertThat(stalled.getStatus().message()).contains("would roll at once", "set spec.hold to Always");
      assertThat(shop.awaitHeld("False", "HoldNotGuaranteed").getMessage()).contains("set spec.hold to Always");
      assertThat(shop.deployment().getSpec().getPaused()).isNotEqualTo(true);

      shop.push(AppVersion.healthy("shop:auto-2"));
      await().atMost(Shop.PATIENCE).until(() -> shop.stableImages().equals(List.of("shop:auto-2")));
      shop.awaitReason("HoldNotGuaranteed");
      assertThat(shop.canary()).isNull();
      assertThat(shop.analyses()).isEmpty();
      assertThat(shop.told("Overridden")).as("nobody released it").isEmpty();
      assertThat(shop.told("Stable")).as("it was never safe").isEmpty();

      shop.change("{\"hold\":\"Always\"}");
      shop.awaitHeld("True", "KeptPaused");
      shop.awaitReason("Stable");
      assertThat(shop.deployment().getSpec().getPaused()).isTrue();
      shop.push(AppVersion.healthy("shop:auto-3"));
      shop.awaitState(CandidateState.STEPPING);
      assertThat(shop.stableImages()).containsExactly("shop:auto-2");
    }
  }
}
