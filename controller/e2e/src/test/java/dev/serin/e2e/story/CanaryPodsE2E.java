package dev.serin.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

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
}
