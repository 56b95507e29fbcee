package dev.serin.e2e.story.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.Step;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Plans;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Deployments of no pod, one pod and forty.
@Story
class FleetsE2E {

  @Test
  @DisplayName("With 0 pods a new version is promoted with an event and without a pod; scaled up later, it serves")
  void none(Installation serin) {
    try (var shop = Shop.open(serin, "none", new Shop.Shape(0, 0, 60), Plans.FAST, AppVersion.healthy("shop:none-1"))) {
      String before = stable(shop);

      shop.push(AppVersion.healthy("shop:none-2"));

      shop.awaitRollout("the new version as stable",
          status -> status.stable() != null && !status.stable().revision().equals(before));
      shop.awaitReason("Stable");
      assertThat(shop.awaitTold("NothingToCompare")).singleElement().asString().contains("has 0 pods", "is promoted");
      assertThat(shop.analyses()).isEmpty();
      assertThat(serin.plane().audit()).noneMatch(event -> event.namespace().equals(shop.namespace())
          && event.resource().equals("pods") && event.verb().equals("create"));

      shop.kubectl("scale", "deployment/shop", "--replicas=2");
      shop.sell(30);
      assertThat(shop.stableImages()).containsExactly("shop:none-2");
      assertThat(shop.sales().requests("shop:none-2")).isPositive();
      assertThat(shop.sales().failed()).isZero();
    }
  }

  @Test
  @DisplayName("With 1 pod the default plan is one canary pod at 50 %, and two minutes later the version is promoted")
  void one(Installation serin) {
    try (var shop = Shop.open(serin, "one", new Shop.Shape(1, 0, 60), "analysis: {window: 2s, warmup: 0s}",
        AppVersion.healthy("shop:one-1"))) {
      // 4,000 requests to the canary are enough to learn from, and fit into the two minutes.
      shop.sell(90);
      shop.push(AppVersion.healthy("shop:one-2"));

      var steps = Objects.requireNonNull(shop.awaitState(CandidateState.STEPPING).getStatus().steps(), "steps");
      assertThat(steps.weight()).isEqualTo("50%");
      assertThat(steps.pods()).isEqualTo(1);
      assertThat(steps.display()).isEqualTo("1/1");
      assertThat(plan(shop)).containsExactly("50%");
      assertThat(shop.canaryPods()).hasSize(1);

      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      assertThat(shop.stableImages()).containsExactly("shop:one-2");
      assertThat(shop.sales().unanswered()).isZero();
    }
  }

  @Test
  @DisplayName("With 40 pods 5 % are two canary pods, and all 40 are promoted; by default the first step is one pod of 41")
  void forty(Installation serin) {
    String plan = """
        steps:
        - {weight: 5%, minDuration: 10s, maxDuration: 12s}
        analysis: {window: 1s, warmup: 0s, minRequests: 20, onInconclusive: Promote}
        """;
    try (var shop = Shop.open(serin, "forty", new Shop.Shape(40, 0, 120), plan, AppVersion.healthy("shop:forty-1"))) {
      shop.kubectl("patch", "deployment", "shop", "-p",
          "{\"spec\":{\"strategy\":{\"rollingUpdate\":{\"maxSurge\":\"25%\"}}}}");
      shop.sell(150);
      long writes = shop.operatorWrites();
      long begin = System.nanoTime();
      shop.push(AppVersion.healthy("shop:forty-2"));
      shop.awaitState(CandidateState.STEPPING);
      assertThat(shop.canaryPods()).hasSize(2);
      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      assertThat(shop.stableImages()).containsExactly("shop:forty-2");
      assertThat(shop.sales().failed()).isZero();
      System.out.printf("figure: a promotion in one step beside 40 pods: %d API writes, %d s%n",
          shop.operatorWrites() - writes, Duration.ofNanos(System.nanoTime() - begin).toSeconds());

      shop.change("{\"steps\":null}");
      shop.push(AppVersion.healthy("shop:forty-3"));
      shop.awaitState(CandidateState.STEPPING);
      assertThat(shop.canaryPods()).hasSize(1);
      assertThat(plan(shop)).containsExactly("2.4391%", "24.5284%", "50%");
      shop.pushImage("shop:forty-2");
      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      assertThat(shop.sales().unanswered()).isZero();
    }
  }

  /// The weights that were frozen for the candidate that came last.
  private static List<String> plan(Shop shop) {
    return shop.analyses().stream().map(analysis -> analysis.getSpec())
        .filter(spec -> spec.revision().equals(candidate(shop))).map(AnalysisSpec::steps).findFirst().orElseThrow()
        .stream().map(Step::weight).toList();
  }

  private static String candidate(Shop shop) {
    return Objects.requireNonNull(shop.rollout().getStatus().candidate(), "candidate").revision();
  }

  private static String stable(Shop shop) {
    return Objects.requireNonNull(shop.rollout().getStatus().stable(), "stable").revision();
  }
}
