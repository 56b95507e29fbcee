package dev.serin.e2e.story.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.Startup;
import dev.serin.testkit.Actor;
import dev.serin.testkit.AuditEvent;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Somebody scales the Deployment from 3 to 6, 2, 1, 0 and 3 pods at a moment of a rollout.
@Story
class AutoscalerE2E {

  private static final int[] SIZES = {6, 2, 1, 0, 3};

  private static final String PLAN = """
      steps:
      - {weight: 25%, minDuration: 1s, maxDuration: 3s, pause: UntilApproved}
      - {weight: 50%, minDuration: 1s, maxDuration: 3s, pause: UntilApproved}
      analysis: {window: 1s, warmup: 0s, minRequests: 20, onInconclusive: Promote}
      """;

  @Test
  @DisplayName("An autoscaler moves a Deployment whose canary cannot start yet; then the rollout goes its way")
  void whileStarting(Installation serin) {
    try (var shop = open(serin, "scale-start", 0)) {
      // An object with the canary's name keeps the rollout where it begins.
      serin.plane().applyYaml(shop.namespace(), """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: shop-canary}
          spec:
            replicas: 0
            selector: {matchLabels: {app: other}}
            template:
              metadata: {labels: {app: other}}
              spec: {containers: [{name: other, image: "other:1"}]}
          """);
      push(serin, shop);
      shop.awaitReason("NameConflict");

      scaleHeld(serin, shop, 25);

      shop.kubectl("delete", "deployment", "shop-canary");
      shop.kubectl("annotate", "srn/shop", "example.com/look=now");
      approve(shop, 1);
      approve(shop, 2);
      finish(serin, shop);
    }
  }

  @Test
  @DisplayName("An autoscaler moves the Deployment while canary pods are not ready yet: as many are asked for as the share gives, down to none")
  void whileRaising(Installation serin) {
    var late = AppVersion.healthy("shop:scaled-late");
    try (var shop = Shop.open(serin, "scale-raise", new Shop.Shape(3, 0, 600), PLAN,
        AppVersion.healthy("shop:scale-raise-1"))) {
      shop.sell(60);
      shop.push(late.withStartup(Startup.NEVER_READY));
      shop.awaitState(CandidateState.RAISING);

      scaleHeld(serin, shop, 25);

      assertThat(state(shop)).contains(CandidateState.RAISING);
      serin.nodes().define(late);
      approve(shop, 1);
      approve(shop, 2);
      finish(serin, shop, late.image());
    }
  }

  @Test
  @DisplayName("An autoscaler moves the Deployment at the first step: the canary keeps its share, down to no pod, and goes on")
  void atTheFirstStep(Installation serin) {
    try (var shop = open(serin, "scale-one", 0)) {
      push(serin, shop);
      shop.awaitReason("PausedUntilApproved");

      scaleHeld(serin, shop, 25);

      approve(shop, 1);
      approve(shop, 2);
      finish(serin, shop);
    }
  }

  @Test
  @DisplayName("An autoscaler moves the Deployment at the second step: the canary keeps its share, down to no pod, and goes on")
  void atTheSecondStep(Installation serin) {
    try (var shop = open(serin, "scale-two", 0)) {
      push(serin, shop);
      approve(shop, 1);
      shop.awaitRollout("the second step, which waits", status -> status.steps() != null
          && status.steps().index() == 1 && status.message() != null && status.message().contains("/2."));

      scaleHeld(serin, shop, 50);

      approve(shop, 2);
      finish(serin, shop);
    }
  }

  @Test
  @DisplayName("An autoscaler moves the Deployment while it rolls: Kubernetes rolls on, no canary pod serves alone, each roll ends")
  void whilePromoting(Installation serin) {
    // Six seconds a pod: the roll takes longer than the first changes of size.
    try (var shop = open(serin, "scale-roll", 6)) {
      String image = "shop:scaled-roll-";
      int rolls = 0;
      for (int size : SIZES) {
        // A Deployment without pods has nothing to roll.
        boolean any = shop.deployment().getSpec().getReplicas() > 0;
        if (any && state(shop).filter(CandidateState.PROMOTING::equals).isEmpty()) {
          shop.awaitReason("Stable");
          shop.push(AppVersion.healthy(image + ++rolls));
          approve(shop, 1);
          approve(shop, 2);
          shop.awaitState(CandidateState.PROMOTING);
        }
        try (var sizes = Sizes.watch(serin.plane(), shop)) {
          scaleTo(serin, shop, size);
          await(size + " stable pods while they roll").atMost(Shop.PATIENCE)
              .until(() -> settled(shop, size) && canaryReplicas(shop) <= Sizes.share(50, size));
          sizes.assertShare(50);
        }
      }
      finish(serin, shop, image + rolls);
    }
  }

  private static Shop open(Installation serin, String name, int minReadySeconds) {
    Shop shop = Shop.open(serin, name, new Shop.Shape(3, minReadySeconds, 120), PLAN,
        AppVersion.healthy("shop:" + name + "-1"));
    shop.sell(60);
    return shop;
  }

  private static void push(Installation serin, Shop shop) {
    serin.nodes().define(AppVersion.healthy("shop:scaled"));
    shop.pushImage("shop:scaled");
  }

  /// Nobody else writes to the spec of a held Deployment: each change of size is one generation.
  private static void scaleHeld(Installation serin, Shop shop, int weight) {
    long before = shop.deployment().getMetadata().getGeneration();
    scale(serin, shop, weight);
    assertThat(shop.deployment().getMetadata().getGeneration()).isEqualTo(before + SIZES.length);
    assertThat(shop.deployment().getSpec().getPaused()).isTrue();
  }

  private static void scale(Installation serin, Shop shop, int weight) {
    try (var sizes = Sizes.watch(serin.plane(), shop)) {
      for (int size : SIZES) {
        scaleTo(serin, shop, size);
        await(size + " stable pods and their share of canary pods, no more and no less").atMost(Shop.PATIENCE)
            .until(() -> settled(shop, size) && canaryReplicas(shop) == wanted(shop, size, weight)
                && (size > 0 || shop.canaryPods().isEmpty()));
        assertThat(shop.deployment().getSpec().getReplicas()).isEqualTo(size);
      }
      sizes.assertShare(weight);
    }
  }

  private static void scaleTo(Installation serin, Shop shop, int size) {
    var done = serin.plane().kubectl(Actor.AUTOSCALER).run("-n", shop.namespace(), "scale", "deployment/shop",
        "--replicas=" + size);
    assertThat(done.exit()).as(done.stderr()).isZero();
  }

  /// Canary pods that belong beside so many stable ones; none before the first step.
  private static int wanted(Shop shop, int size, int weight) {
    return state(shop).filter(CandidateState.STARTING::equals).isPresent() ? 0 : Sizes.share(weight, size);
  }

  private static Optional<CandidateState> state(Shop shop) {
    return Optional.ofNullable(shop.rollout().getStatus().candidate()).map(RolloutStatus.Candidate::state);
  }

  private static boolean settled(Shop shop, int size) {
    var status = shop.deployment().getStatus();
    int pods = shop.stablePods().size();
    // One more while Kubernetes rolls.
    return Objects.requireNonNullElse(status.getReadyReplicas(), 0) >= size && pods >= size
        && pods <= (size == 0 ? 0 : size + 1);
  }

  private static int canaryReplicas(Shop shop) {
    var canary = shop.canary();
    // The one of another owner has none.
    return canary == null ? 0 : canary.getSpec().getReplicas();
  }

  private static void approve(Shop shop, int step) {
    var waiting = shop.awaitRollout("step " + step + ", which waits", status -> status.message() != null
        && status.message().contains("serin.dev/approve=") && status.message().contains("/" + step + "."));
    var candidate = Objects.requireNonNull(waiting.getStatus().candidate(), "candidate");
    shop.kubectl("annotate", "--overwrite", "srn/shop", "serin.dev/approve=" + candidate.revision() + "/" + step);
  }

  private static void finish(Installation serin, Shop shop) {
    finish(serin, shop, "shop:scaled");
  }

  private static void finish(Installation serin, Shop shop, String image) {
    shop.awaitReason("Stable");
    shop.awaitNoCanary();
    assertThat(shop.stableImages()).containsExactly(image);
    assertThat(shop.deployment().getSpec().getReplicas()).isEqualTo(3);
    assertThat(shop.deployment().getSpec().getPaused()).isNotEqualTo(true);
    assertThat(shop.rollout().getStatus().vetoes()).isEmpty();
    // Who buys while there is no pod gets nothing; what a pod answered is all right.
    assertThat(shop.sales().failed(image)).isZero();
    assertThat(serin.plane().audit()).filteredOn(event -> event.namespace().equals(shop.namespace())
        && event.user().equals(Installation.ACCOUNT) && event.resource().equals("deployments")
        && event.name().equals("shop") && event.write()).isNotEmpty().noneMatch(AutoscalerE2E::writesReplicas);
  }

  static boolean writesReplicas(AuditEvent event) {
    JsonNode patch = event.request();
    boolean pointed = patch.isArray()
        && patch.findValuesAsText("path").stream().anyMatch(path -> path.startsWith("/spec/replicas"));
    return pointed || !event.subresource().isEmpty() || !patch.at("/spec/replicas").isMissingNode();
  }
}
