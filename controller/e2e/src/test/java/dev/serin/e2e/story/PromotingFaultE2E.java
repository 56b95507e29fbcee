package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class PromotingFaultE2E {

  /// No pod's roll leaves two of these windows without a pod that comes or goes.
  private static final String LONG_WINDOWS = """
      steps:
      - {weight: 20%, minDuration: 1s, maxDuration: 10s}
      analysis: {window: 3s, warmup: 0s, minRequests: 20, onInconclusive: Promote}
      """;

  @Test
  @DisplayName("While pods come and go in every window, those that stay are judged: the fault is found before the roll is over")
  void foundInLongWindows(Installation serin) {
    try (var shop = Shop.open(serin, "longwindows", new Shop.Shape(10, 5, 120), LONG_WINDOWS,
        AppVersion.healthy("shop:long-windows-1"))) {
      shop.sell(150);
      var good = AppVersion.healthy("shop:long-windows-2");
      shop.push(good);
      shop.awaitRollout("promoting", status -> status.candidate() != null
          && status.candidate().state() == CandidateState.PROMOTING);

      serin.nodes().define(good.withErrors(ErrorRule.always("Invoice <id> has no owner", 409).withRate(0.5)));

      shop.awaitRollout("the veto", status -> !status.vetoes().isEmpty());
      assertThat(shop.rollout().getStatus().history()).as("it never became stable").isEmpty();
      shop.awaitReason("Stable");
      assertThat(shop.stableImages()).containsExactly("shop:long-windows-1");
    }
  }

  @Test
  @DisplayName("A fault that shows only while promoting, half rolled: stable is restored from its kept template")
  void restored(Installation serin) {
    // Eight seconds a pod leave time to judge while the roll is under way.
    try (var shop = Shop.open(serin, "late", new Shop.Shape(6, 8, 120), Plans.ONE_STEP,
        AppVersion.healthy("shop:late-1"))) {
      shop.sell(150);
      var before = shop.template();
      var good = AppVersion.healthy("shop:late-2");
      shop.push(good);
      shop.awaitRollout("promoting", status -> status.candidate() != null
          && status.candidate().state() == CandidateState.PROMOTING);
      shop.awaitRolling("shop:late-2");

      serin.nodes().define(good.withErrors(ErrorRule.always("Invoice <id> has no owner", 409).withRate(0.5)));

      shop.awaitRollout("the veto", status -> !status.vetoes().isEmpty());
      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      assertThat(shop.stableImages()).containsExactly("shop:late-1");
      assertThat(shop.template()).as("everything of it, not the image only").isEqualTo(before);
      assertThat(before.toString()).contains("shop:late-1", "emptyDir={}", "kept, as it is");
      assertThat(shop.rollout().getStatus().vetoes().getFirst().message()).contains("Invoice <*> has no owner");

      // The veto holds: the same template again stays where it is.
      shop.pushImage("shop:late-2");
      shop.awaitReason("SignatureRegressed");
      assertThat(shop.stableImages()).containsExactly("shop:late-1");
      assertThat(shop.canary()).isNull();
    }
  }
}
