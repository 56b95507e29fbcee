package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.ExposureKind;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.ErrorRule;
import dev.serin.sandbox.app.LogFormat;
import dev.serin.sandbox.app.LoggedRequests;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class LogsE2E {

  @Test
  @DisplayName("An application that logs only its failures is judged by pod-seconds, and the fault is found")
  void failuresOnly(Installation serin) {
    var first = AppVersion.healthy("shop:silent-1").withLogs(LogFormat.LOGFMT, LoggedRequests.FAILURES)
        .withErrors(ErrorRule.always("Cart <id> expired", 410).withRate(0.01));
    try (var shop = Shop.open(serin, "silent", Shop.Shape.USUAL, Plans.ONE_STEP, first)) {
      shop.sell(150);
      shop.push(AppVersion.healthy("shop:silent-2").withLogs(LogFormat.LOGFMT, LoggedRequests.FAILURES)
          .withErrors(ErrorRule.always("Community <id> not found", 404).withRate(0.1)));
      var rollout = shop.awaitReason("SignatureRegressed");
      assertThat(shop.analyses()).singleElement()
          .satisfies(analysis -> assertThat(analysis.getSpec().exposureKind()).isEqualTo(ExposureKind.POD_SECONDS));
      assertThat(rollout.getStatus().message()).contains("Community <*> not found").contains("pod-second");
    }
  }

  @Test
  @DisplayName("A quiet canary pod is not missing: windows stay complete while it says nothing")
  void quiet(Installation serin) {
    String spec = """
        steps:
        - {weight: 50%, minDuration: 5m, maxDuration: 10m}
        analysis: {window: 1s, warmup: 0s, minRequests: 50}
        """;
    try (var shop = Shop.open(serin, "quiet", Shop.Shape.USUAL, spec, AppVersion.healthy("shop:quiet-1"))) {
      shop.sell(100);
      shop.push(AppVersion.healthy("shop:quiet-2"));
      awaitStepping(shop);
      serin.nodes().kubelet().quiet(shop.namespace(), shop.canaryPods().getFirst().getMetadata().getName(), true);
      await().atMost(Shop.PATIENCE).until(() -> windows(shop).complete() >= 5);

      var before = windows(shop);
      await().atMost(Shop.PATIENCE).until(() -> windows(shop).complete() >= before.complete() + 20);
      // A pod taken for missing now and then would spoil as many; a busy machine spoils some.
      assertThat(windows(shop).missing() - before.missing()).isLessThan(20);
    }
  }

  @Test
  @DisplayName("While log streams are cut nothing is promoted: incomplete windows hold")
  void cut(Installation serin) {
    // With everyday errors in both versions a step with whole logs is left within ten seconds.
    var everyday = ErrorRule.always("Session of user <id> expired", 401).withRate(0.05);
    try (var shop = Shop.open(serin, "cut", Shop.Shape.USUAL, Plans.ONE_STEP,
        AppVersion.healthy("shop:cut-1").withErrors(everyday))) {
      shop.sell(150);
      shop.push(AppVersion.healthy("shop:cut-2").withErrors(everyday));
      awaitStepping(shop);
      long begin = System.nanoTime();
      // Far longer than the step needs when logs are whole.
      await().atMost(Shop.PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
        shop.canaryPods().forEach(
            pod -> serin.nodes().kubelet().cutLogStreams(shop.namespace(), pod.getMetadata().getName()));
        return System.nanoTime() - begin > Duration.ofSeconds(30).toNanos();
      });
      assertThat(shop.rollout().getStatus().candidate()).isNotNull()
          .satisfies(candidate -> assertThat(candidate.state()).isEqualTo(CandidateState.STEPPING));
      assertThat(shop.stableImages()).containsExactly("shop:cut-1");

      shop.awaitReason("Stable");
      assertThat(shop.stableImages()).containsExactly("shop:cut-2");
      assertThat(windows(shop).missing()).isGreaterThan(10);
    }
  }

  private static void awaitStepping(Shop shop) {
    shop.awaitRollout("a canary that serves", status -> status.candidate() != null
        && status.candidate().state() == CandidateState.STEPPING);
  }

  private static AnalysisStatus.Windows windows(Shop shop) {
    return shop.analyses().stream().map(analysis -> analysis.getStatus()).filter(status -> status != null)
        .map(AnalysisStatus::windows).filter(windows -> windows != null).findFirst()
        .orElse(new AnalysisStatus.Windows(0, 0, 0));
  }
}
