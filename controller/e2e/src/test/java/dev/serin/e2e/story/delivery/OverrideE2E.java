package dev.serin.e2e.story.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class OverrideE2E {

  @Test
  @DisplayName("A person who resumes in the middle of a trial decides: Kubernetes rolls, the canary goes at the end, the event names the person")
  void midTrial(Installation serin) {
    try (var shop = Shop.open(serin, "override", Shop.Shape.USUAL, Plans.HOLDING,
        AppVersion.healthy("shop:override-1"))) {
      shop.sell(60);
      var former = stable(shop);
      shop.push(AppVersion.healthy("shop:override-2"));
      String candidate = revision(shop.awaitState(CandidateState.STEPPING).getStatus());

      shop.kubectl("rollout", "resume", "deployment/shop");

      shop.awaitRollout("the released version as stable",
          status -> status.stable() != null && status.stable().revision().equals(candidate));
      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      assertThat(shop.awaitTold("Overridden")).containsExactly("The Deployment was resumed by person: Kubernetes rolls "
          + candidate + " out, Serin does not judge it.");
      assertThat(shop.deployment().getMetadata().getAnnotations()).containsEntry(Keys.RELEASED_BY, "person");
      assertThat(shop.stableImages()).containsExactly("shop:override-2");
      assertThat(shop.deployment().getSpec().getPaused()).isNotEqualTo(true);
      assertThat(shop.rollout().getStatus().history()).extracting(RolloutStatus.Revision::revision)
          .containsExactly(former);
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  @Test
  @DisplayName("A person who resumes a vetoed version closes its veto, and it becomes stable")
  void vetoed(Installation serin) {
    try (var shop = Shop.open(serin, "insist", Shop.Shape.USUAL, Plans.ONE_STEP, AppVersion.healthy("shop:insist-1"))) {
      shop.sell(60);
      var refusal = Refusal.of(shop, "shop:insist-2");
      String vetoed = shop.rollout().getStatus().vetoes().getFirst().revision();
      // What it lacked is there now.
      serin.nodes().define(AppVersion.healthy(refusal.image()));

      shop.kubectl("rollout", "resume", "deployment/shop");

      shop.awaitReason("Stable");
      assertThat(stable(shop)).isEqualTo(vetoed);
      assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
      assertThat(shop.awaitTold("Overridden")).singleElement().asString().contains("resumed by person", vetoed);
      assertThat(shop.stableImages()).containsExactly(refusal.image());
      assertThat(shop.canary()).isNull();
    }
  }

  @Test
  @DisplayName("Paused by a person while it promotes, Serin only keeps its records until the person resumes; then it completes")
  void pausedWhilePromoting(Installation serin) {
    try (var shop = Shop.open(serin, "pause", Shop.Shape.SLOW, Plans.FAST,
        AppVersion.healthy("shop:pause-1"))) {
      shop.sell(60);
      shop.push(AppVersion.healthy("shop:pause-2"));
      String candidate = revision(shop.awaitState(CandidateState.PROMOTING).getStatus());
      shop.awaitRolling("shop:pause-2");

      shop.kubectl("rollout", "pause", "deployment/shop");

      var paused = shop.awaitReason("PausedByPerson");
      assertThat(paused.getStatus().message()).contains(candidate).contains("kubectl rollout resume");
      await("Kubernetes has stopped").atMost(Shop.PATIENCE).until(() -> shop.deployment().getStatus()
          .getObservedGeneration().equals(shop.deployment().getMetadata().getGeneration()));
      // Entries of the audit log come a moment after the writes.
      shop.awaitRequests(60);
      var pods = shop.stablePods();
      int before = shop.lastingWrites().size();
      var begin = Instant.now();
      shop.awaitRequests(1200);
      assertThat(shop.stablePods()).as("pods while it is paused").isEqualTo(pods);
      assertThat(shop.stableImages()).contains("shop:pause-1", "shop:pause-2");
      var writes = shop.lastingWrites();
      // A verdict that changes is recorded, and evidence every 30 s, each in two objects.
      int records = 2 * (2 + (int) begin.until(Instant.now(), ChronoUnit.SECONDS) / 30);
      assertThat(writes.subList(before, writes.size())).as("writes while it is paused")
          .allMatch(OverrideE2E::keepsRecords).hasSizeLessThanOrEqualTo(records);

      shop.kubectl("rollout", "resume", "deployment/shop");

      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      assertThat(stable(shop)).isEqualTo(candidate);
      assertThat(shop.stableImages()).containsExactly("shop:pause-2");
      assertThat(shop.told("Overridden")).as("a promotion that goes on is no override").isEmpty();
    }
  }

  @Test
  @DisplayName("A Deployment that a person paused before a version was pushed stays paused when the version has passed its steps, until the person resumes")
  void pausedBefore(Installation serin) {
    try (var shop = Shop.open(serin, "freeze", Shop.Shape.USUAL, Plans.FAST, AppVersion.healthy("shop:freeze-1"))) {
      shop.sell(60);
      var pods = shop.stablePods();
      shop.kubectl("rollout", "pause", "deployment/shop");
      shop.push(AppVersion.healthy("shop:freeze-2"));

      var passed = shop.awaitReason("PausedByPerson").getStatus();
      assertThat(passed.message()).contains("would roll out now", "kubectl rollout resume");
      shop.awaitRequests(300);
      assertThat(shop.stablePods()).isEqualTo(pods);

      shop.kubectl("rollout", "resume", "deployment/shop");

      await("the second version alone").atMost(Shop.PATIENCE)
          .until(() -> shop.stableImages().equals(List.of("shop:freeze-2")));
      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      assertThat(shop.sales().failed()).as("failed requests: %s", shop.sales()).isZero();
    }
  }

  /// Evidence is gathered on while a roll is paused, and the status tells the verdict.
  private static boolean keepsRecords(String write) {
    return write.startsWith("patch analyses/status ") || write.equals("patch rollouts/status shop");
  }

  private static String stable(Shop shop) {
    return Objects.requireNonNull(shop.rollout().getStatus().stable(), "stable").revision();
  }

  private static String revision(RolloutStatus status) {
    return Objects.requireNonNull(status.candidate(), "candidate").revision();
  }
}
