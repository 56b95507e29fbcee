package dev.serin.sandbox.controllers;

import static dev.serin.sandbox.controllers.ControllersFixture.condition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.store.Edit;
import dev.serin.sandbox.support.Manifests;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeploymentControllerTest {

  private static final String DEPLOYMENTS = "deployments.apps";

  private final ControllersFixture world = new ControllersFixture();

  @BeforeEach
  void deploy() {
    world.create(DEPLOYMENTS, Manifests.deployment("shop", "shop:1", 10));
    world.settleWithNode();
  }

  private JsonNode shop() {
    return world.get(DEPLOYMENTS, "shop");
  }

  private void scale(int replicas) {
    world.edit(DEPLOYMENTS, "shop", live -> live.withObject("/spec").put("replicas", replicas));
  }

  private void pause(boolean paused) {
    world.edit(DEPLOYMENTS, "shop", live -> live.withObject("/spec").put("paused", paused));
  }

  @Test
  @DisplayName("A new Deployment gets one ReplicaSet, its pods, revision 1 and the conditions Available and Progressing")
  void deploysFirst() {
    var status = shop().path("status");

    assertThat(world.list("pods")).hasSize(10)
        .allSatisfy(pod -> assertThat(pod.at("/metadata/labels").has("pod-template-hash")).isTrue());
    assertThat(status.path("availableReplicas").asInt()).isEqualTo(10);
    assertThat(status.path("observedGeneration")).isEqualTo(shop().at("/metadata/generation"));
    assertThat(shop().at("/metadata/annotations").path("deployment.kubernetes.io/revision").asText()).isEqualTo("1");
    assertThat(condition(shop(), "Progressing").path("reason").asText()).isEqualTo("NewReplicaSetAvailable");
    assertThat(condition(shop(), "Available").path("status").asText()).isEqualTo("True");
  }

  @Test
  @DisplayName("A rolling update never has more than maxSurge extra pods nor less than replicas - maxUnavailable available ones")
  void rolls() {
    world.setImage("shop", "shop:2");

    for (var rounds = 0; rounds < 200 && world.size("shop:1") > 0; rounds++) {
      world.round();
      world.node.tick(1);
      var pods = world.list("pods").stream().map(Pod::new).filter(Pod::isActive).toList();
      assertThat(pods).hasSizeLessThanOrEqualTo(13);
      assertThat(pods.stream().filter(Pod::isReady)).hasSizeGreaterThanOrEqualTo(8);
    }
    world.settleWithNode();

    assertThat(world.size("shop:1")).isZero();
    assertThat(world.size("shop:2")).isEqualTo(10);
    assertThat(shop().at("/status/updatedReplicas").asInt()).isEqualTo(10);
    assertThat(condition(shop(), "Progressing").path("reason").asText()).isEqualTo("NewReplicaSetAvailable");
  }

  @Test
  @DisplayName("While paused a new template changes no pod, is observed, and rolls once resumed")
  void pauses() {
    pause(true);
    world.setImage("shop", "shop:2");
    world.settleWithNode();

    assertThat(world.list("replicasets.apps")).hasSize(1);
    assertThat(shop().at("/status/updatedReplicas").asInt()).isZero();
    assertThat(shop().at("/status/observedGeneration")).isEqualTo(shop().at("/metadata/generation"));
    assertThat(condition(shop(), "Progressing").path("reason").asText()).isEqualTo("DeploymentPaused");

    pause(false);
    world.settleWithNode();
    assertThat(world.size("shop:2")).isEqualTo(10);
    assertThat(condition(shop(), "Progressing").path("reason").asText()).isEqualTo("NewReplicaSetAvailable");
  }

  @Test
  @DisplayName("Scaling a Deployment that is paused half way shares the new pods in proportion")
  void scalesProportionally() {
    world.setImage("shop", "shop:2");
    world.round();
    pause(true);
    world.settleWithNode();
    assertThat(world.size("shop:1")).isEqualTo(10);
    assertThat(world.size("shop:2")).isEqualTo(3);

    scale(20);
    world.settleWithNode();

    // 25 may exist with surge, 13 did: 10 * 25 / 13 = 19.2 and 3 * 25 / 13 = 5.8.
    assertThat(world.size("shop:1")).isEqualTo(19);
    assertThat(world.size("shop:2")).isEqualTo(6);
  }

  @Test
  @DisplayName("A version that never gets ready keeps the old one serving and exceeds the progress deadline")
  void missesTheDeadline() {
    world.setImage("shop", "shop:bad");
    world.settleWithNode();
    assertThat(condition(shop(), "Progressing").path("status").asText()).isEqualTo("True");

    world.clock.pass(Duration.ofSeconds(601));
    world.settleWithNode();

    assertThat(condition(shop(), "Progressing").path("reason").asText()).isEqualTo("ProgressDeadlineExceeded");
    assertThat(world.size("shop:1")).isEqualTo(8);
    assertThat(shop().at("/status/availableReplicas").asInt()).isEqualTo(8);
  }

  @Test
  @DisplayName("Going back to an older template reuses its ReplicaSet, under a new revision")
  void goesBack() {
    world.setImage("shop", "shop:2");
    world.settleWithNode();
    world.setImage("shop", "shop:1");
    world.settleWithNode();

    assertThat(world.list("replicasets.apps")).hasSize(2);
    assertThat(world.size("shop:1")).isEqualTo(10);
    assertThat(shop().at("/metadata/annotations").path("deployment.kubernetes.io/revision").asText()).isEqualTo("3");
  }

  @Test
  @DisplayName("Pods count as available only after minReadySeconds")
  void waitsForMinReadySeconds() {
    world.edit(DEPLOYMENTS, "shop", live -> live.withObject("/spec").put("minReadySeconds", 30));
    world.settleWithNode();
    assertThat(shop().at("/status/readyReplicas").asInt()).isEqualTo(10);
    assertThat(shop().at("/status/availableReplicas").asInt()).isZero();

    world.clock.pass(Duration.ofSeconds(31));
    world.settleWithNode();

    assertThat(shop().at("/status/availableReplicas").asInt()).isEqualTo(10);
  }

  @Test
  @DisplayName("Old ReplicaSets beyond revisionHistoryLimit go, oldest first")
  void forgets() {
    world.edit(DEPLOYMENTS, "shop", live -> live.withObject("/spec").put("revisionHistoryLimit", 1));
    for (var image : new String[]{"shop:2", "shop:3", "shop:4"}) {
      world.setImage("shop", image);
      world.settleWithNode();
    }

    assertThat(world.list("replicasets.apps"))
        .extracting(set -> set.at("/spec/template/spec/containers/0/image").asText())
        .containsExactlyInAnyOrder("shop:3", "shop:4");
  }

  @Test
  @DisplayName("An orphaned ReplicaSet with the same selector is adopted")
  void adopts() {
    var orphan = world.list("replicasets.apps").getFirst();
    world.edit("replicasets.apps", orphan.at("/metadata/name").asText(),
        live -> live.withObject("/metadata").remove("ownerReferences"));
    world.settleWithNode();

    assertThat(world.list("replicasets.apps")).singleElement()
        .satisfies(set -> assertThat(set.at("/metadata/ownerReferences/0/name").asText()).isEqualTo("shop"));
  }

  @Test
  @DisplayName("A ReplicaSet that shrinks gives up pods that are not ready first")
  void dropsUnreadyPodsFirst() {
    var victim = world.list("pods").get(4).at("/metadata/name").asText();
    world.cluster.update(world.type("pods"), "default", victim, Edit.ofStatus(pod -> {
      ((ObjectNode) pod.at("/status/conditions/0")).put("status", "False");
      return pod;
    }), ControllersFixture.USER);

    scale(9);
    world.settleWithNode();

    assertThat(world.list("pods")).hasSize(9).noneMatch(pod -> pod.at("/metadata/name").asText().equals(victim));
  }

  @Test
  @DisplayName("Recreate starts no new pod before the last old one is gone")
  void recreates() {
    world.edit(DEPLOYMENTS, "shop",
        live -> live.withObject("/spec").set("strategy", Manifests.node("{type: 'Recreate'}")));
    world.setImage("shop", "shop:2");
    world.round();
    assertThat(world.size("shop:1")).isZero();
    assertThat(world.size("shop:2")).isZero();

    world.settleWithNode();
    assertThat(world.size("shop:2")).isEqualTo(10);
  }
}
