package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.testkit.Actor;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class PeopleE2E {

  @Test
  @DisplayName("A user who reverts ends the trial without a verdict; the Deployment is free again")
  void reverts(Installation serin) {
    try (var shop = Shop.open(serin, "revert", Shop.Shape.USUAL, Plans.HOLDING,
        AppVersion.healthy("shop:revert-1"))) {
      shop.sell(60);
      var stable = shop.stablePods();
      shop.push(AppVersion.healthy("shop:revert-2"));
      shop.awaitRollout("a canary that serves", status -> status.candidate() != null
          && status.candidate().state() == CandidateState.STEPPING);

      shop.pushImage("shop:revert-1");

      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      assertThat(shop.stablePods()).isEqualTo(stable);
      assertThat(shop.deployment().getSpec().getPaused()).isNotEqualTo(true);
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("A step with a pause waits for approval of this revision and step, then goes on")
  void approves(Installation serin) {
    String spec = """
        steps:
        - {weight: 50%, minDuration: 3s, maxDuration: 10m, pause: UntilApproved}
        analysis: {window: 1s, warmup: 0s, minRequests: 50}
        """;
    try (var shop = Shop.open(serin, "approve", Shop.Shape.USUAL, spec, AppVersion.healthy("shop:approve-1"))) {
      shop.sell(150);
      shop.push(AppVersion.healthy("shop:approve-2"));
      var waiting = shop.awaitReason("PausedUntilApproved");
      var candidate = Objects.requireNonNull(waiting.getStatus().candidate(), "candidate");
      String command = "serin.dev/approve=" + candidate.revision() + "/1";
      assertThat(waiting.getStatus().message()).contains(command);

      assertThat(serin.plane().kubectl(Actor.PERSON)
          .run("-n", shop.namespace(), "annotate", "srn/shop", command).exit()).isZero();

      shop.awaitReason("Stable");
      assertThat(shop.stableImages()).containsExactly("shop:approve-2");
    }
  }

  @Test
  @DisplayName("A version that begins to fail while its step waits for approval is rolled back")
  void failsWhileItWaits(Installation serin) {
    try (var shop = Shop.open(serin, "waiting", Shop.Shape.USUAL, Plans.GATED, AppVersion.healthy("shop:waiting-1"))) {
      shop.sell(150);
      var stable = shop.stablePods();
      var second = AppVersion.healthy("shop:waiting-2");
      shop.push(second);
      shop.awaitReason("PausedUntilApproved");

      serin.nodes().define(second.withErrors(ErrorRule.always("Invoice <id> has no owner", 409).withRate(0.5)));

      shop.awaitRollout("the veto", status -> !status.vetoes().isEmpty());
      shop.awaitNoCanary();
      assertThat(shop.stablePods()).isEqualTo(stable);
      assertThat(shop.rollout().getStatus().vetoes().getFirst().message()).contains("Invoice <*> has no owner");
    }
  }

  @Test
  @DisplayName("A Rollout for a missing Deployment, or for one that an older Rollout has, says so and does no harm")
  void conflicts(Installation serin) {
    try (var shop = Shop.open(serin, "conflict", Shop.Shape.USUAL, Plans.ONE_STEP,
        AppVersion.healthy("shop:conflict-1"))) {
      serin.plane().applyYaml(shop.namespace(), Shop.rolloutManifest("second", "shop", "")
          + "---\n" + Shop.rolloutManifest("lost", "nowhere", ""));
      shop.awaitReasonOf("second", "TargetConflict");
      shop.awaitReasonOf("lost", "WorkloadNotFound");
      assertThat(shop.deployment().getMetadata().getLabels()).containsEntry("serin.dev/rollout", "shop");
      assertThat(Shop.reason(shop.rollout())).isEqualTo("Stable");
    }
  }
}
