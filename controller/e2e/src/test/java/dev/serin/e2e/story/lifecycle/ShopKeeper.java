package dev.serin.e2e.story.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Shop;
import dev.serin.testkit.Actor;
import dev.serin.testkit.AuditEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Who looks after a shop: works with the real kubectl, as people do, and sees what Serin says and leaves behind.
record ShopKeeper(Installation serin, Shop shop) {

  private static final Duration POLL = Duration.ofMillis(100);

  /// Runs kubectl in the shop's namespace.
  ///
  /// @return its standard output
  String kubectl(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-n", shop.namespace()));
    all.addAll(List.of(arguments));
    var done = serin.plane().kubectl(Actor.PERSON).run(all.toArray(String[]::new));
    assertThat(done.exit()).as(done.stderr()).isZero();
    return done.stdout();
  }

  /// Approves a step of the present candidate.
  ///
  /// @param step
  ///          the first is 1
  void approve(int step) {
    kubectl("annotate", "--overwrite", "srn/shop", Keys.APPROVE + "=" + candidate() + "/" + step);
  }

  /// Takes the approval away that is left over: a trial that begins again would pass the step without another word.
  void withdrawApproval() {
    kubectl("annotate", "srn/shop", Keys.APPROVE + "-");
  }

  /// Approves both steps of a gated plan and waits for the promotion.
  void approveAll(String image) {
    awaitStep(0);
    approve(1);
    awaitStep(1);
    approve(2);
    awaitPromoted(image);
  }

  /// Changes the Rollout's spec; a trial under way keeps its plan.
  void plan(String spec) {
    serin.plane().applyYaml(shop.namespace(), Shop.rolloutManifest("shop", "shop", spec));
  }

  void deleteRollout() {
    kubectl("delete", "srn/shop", "--wait=false");
  }

  /// A Deployment of somebody else gets the name that the canary needs.
  void occupyCanaryName(int pods) {
    serin.plane().applyYaml(shop.namespace(), """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop-canary}
        spec:
          replicas: %d
          selector: {matchLabels: {app: squatter}}
          template:
            metadata: {labels: {app: squatter}}
            spec: {containers: [{name: app, image: "%s"}]}
        """.formatted(pods, shop.stableImages().getFirst()));
  }

  void freeCanaryName() {
    kubectl("delete", "deployment", "shop-canary");
  }

  /// Revision that is recorded as stable.
  String stable() {
    return Objects.requireNonNull(shop.rollout().getStatus().stable(), "no stable revision is recorded").revision();
  }

  /// Revision under trial.
  String candidate() {
    return Objects.requireNonNull(shop.rollout().getStatus().candidate(), "nothing is under trial").revision();
  }

  void awaitState(CandidateState state) {
    shop.awaitRollout("the state " + state, status -> in(status, state));
  }

  /// Waits until a step's canary serves.
  ///
  /// @param index
  ///          the first is 0
  void awaitStep(int index) {
    shop.awaitRollout("step " + index, status -> in(status, CandidateState.STEPPING) && status.steps() != null
        && status.steps().index() == index);
  }

  private static boolean in(RolloutStatus status, CandidateState state) {
    return status.candidate() != null && status.candidate().state() == state;
  }

  /// Waits until all of it is over: the image runs alone, is recorded as stable, and nothing of a canary is left.
  void awaitPromoted(String image) {
    shop.awaitRollout(image + " as stable", status -> status.candidate() == null && status.stable() != null
        && Shop.reason(shop.rollout()).equals("Stable") && shop.stableImages().equals(List.of(image)));
    shop.awaitNoCanary();
  }

  void awaitRolloutGone() {
    await("the Rollout of " + shop.namespace() + " is gone").atMost(Shop.PATIENCE).pollInterval(POLL)
        .until(() -> shop.rollout() == null);
  }

  /// Image that the Deployment asks for, whether it runs or not.
  String wantedImage() {
    return shop.deployment().getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
  }

  /// Labels and annotations of ours on the user's Deployment.
  List<String> marks() {
    var metadata = shop.deployment().getMetadata();
    return Stream.of(metadata.getLabels(), metadata.getAnnotations()).filter(Objects::nonNull).map(Map::keySet)
        .flatMap(keys -> keys.stream()).filter(key -> key.startsWith(Keys.GROUP + "/")).toList();
  }

  /// Whether the Deployment is paused.
  boolean held() {
    return Boolean.TRUE.equals(shop.deployment().getSpec().getPaused());
  }

  /// Writes that the operator asked for in the shop's namespace so far.
  List<AuditEvent> operatorWrites() {
    return serin.plane().audit().stream().filter(AuditEvent::write)
        .filter(event -> event.user().equals(Installation.ACCOUNT) && event.namespace().equals(shop.namespace()))
        .toList();
  }

  KubernetesClient eyes() {
    return serin.plane().client(Actor.OBSERVER);
  }
}
