package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.Startup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class CanaryPodsE2E {

  @Test
  @DisplayName("A canary pod that is never ready is rolled back at the Deployment's deadline, with the pod's reason")
  void neverReady(Installation serin) {
    try (var shop = Shop.open(serin, "unready", new Shop.Shape(3, 0, 8), Plans.ONE_STEP,
        AppVersion.healthy("shop:unready-1"))) {
      shop.sell(30);
      var stable = shop.stablePods();
      shop.push(AppVersion.healthy("shop:unready-2").withStartup(Startup.NEVER_READY));
      var rollout = shop.awaitReason("CanaryNotReady");
      assertThat(rollout.getStatus().message()).contains("after 8 s").contains("its readiness check fails");
      shop.awaitNoCanary();
      assertThat(shop.stablePods()).isEqualTo(stable);
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("A canary pod that stops being ready during a step, and stays so while stable's pods are ready, is rolled back with its reason")
  void unreadyLater(Installation serin) {
    try (var shop = Shop.open(serin, "unreadylater", new Shop.Shape(4, 0, 8), Plans.HOLDING,
        AppVersion.healthy("shop:unready-later-1"))) {
      shop.sell(30);
      var stable = shop.stablePods();
      var second = AppVersion.healthy("shop:unready-later-2");
      shop.push(second);
      shop.awaitState(CandidateState.STEPPING);

      serin.nodes().define(second.withStartup(Startup.NEVER_READY));

      var rollout = shop.awaitReason("CanaryNotReady");
      assertThat(rollout.getStatus().message()).contains("0 of 1 canary pods are ready, and one has not been for 8 s")
          .contains("while all 4 stable pods are", "its readiness check fails");
      shop.awaitNoCanary();
      assertThat(shop.stablePods()).isEqualTo(stable);
    }
  }

  @Test
  @DisplayName("An image that cannot be pulled is rolled back with that reason")
  void notPulled(Installation serin) {
    try (var shop = Shop.open(serin, "unpulled", new Shop.Shape(3, 0, 8), Plans.ONE_STEP,
        AppVersion.healthy("shop:unpulled-1"))) {
      shop.pushImage("shop:nobody-built-this");
      assertThat(shop.awaitReason("CanaryNotReady").getStatus().message()).containsAnyOf("ImagePullBackOff",
          "ErrImagePull");
      shop.awaitNoCanary();
    }
  }

  @Test
  @DisplayName("A canary that crashes again and again is rolled back without waiting for statistics")
  void crashes(Installation serin) {
    try (var shop = Shop.open(serin, "crash", new Shop.Shape(3, 0, 300), Plans.ONE_STEP,
        AppVersion.healthy("shop:crash-1"))) {
      shop.push(AppVersion.healthy("shop:crash-2").withStartup(Startup.CRASHES));
      assertThat(shop.awaitReason("CrashLoop").getStatus().message()).contains("shop-canary");
      shop.awaitNoCanary();
    }
  }

  @Test
  @DisplayName("A canary whose containers run out of memory now and then, none often enough for a crash loop, is rolled back, and the sentence names container and reason")
  void outOfMemory(Installation serin) {
    String spec = """
        steps:
        - {weight: 25%, minDuration: 10m, maxDuration: 20m}
        analysis: {window: 1s, warmup: 0s, minRequests: 20}
        """;
    try (var shop = Shop.open(serin, "memory", new Shop.Shape(24, 0, 60), spec,
        AppVersion.healthy("shop:memory-1"))) {
      shop.sell(120);
      shop.push(AppVersion.healthy("shop:memory-2"));
      shop.awaitState(CandidateState.STEPPING);

      killEachTwice(serin, shop);

      var message = shop.awaitReason("SignatureRegressed").getStatus().message();
      assertThat(message).startsWith("Rolled back: \"container app: OOMKilled 137\" occurs on the canary");
      System.out.println("figure: " + message);
      shop.awaitNoCanary();
      assertThat(shop.stableImages()).containsExactly("shop:memory-1");
    }
  }

  /// One pod after the other, so that the others serve. A third restart would be a crash loop.
  private static void killEachTwice(Installation serin, Shop shop) {
    var pods = shop.canaryPods().stream().map(pod -> pod.getMetadata().getName()).toList();
    assertThat(pods).hasSize(8);
    for (int restarts = 1; restarts <= 2; restarts++) {
      for (String pod : pods) {
        if (shop.rollout().getStatus().vetoes().isEmpty() && shop.canary() != null) {
          try {
            serin.nodes().kubelet().outOfMemory(shop.namespace(), pod);
          } catch (IllegalArgumentException _) {
            return; // It runs no more: the canary was rolled back since we looked.
          }
          int wanted = restarts;
          await().atMost(Shop.PATIENCE).until(() -> shop.canaryPods().stream()
              .filter(found -> found.getMetadata().getName().equals(pod))
              .map(found -> found.getStatus().getContainerStatuses().getFirst())
              .allMatch(status -> status.getRestartCount() == wanted && status.getReady()));
          // Each exit has a window of its own, also where some windows are incomplete.
          shop.awaitRequests(240);
        }
      }
    }
  }
}
