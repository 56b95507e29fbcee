package dev.serin.sandbox.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.support.Manifests;
import dev.serin.sandbox.support.TestClock;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The effect of the policy in architecture.md section 5, through the same writes that reach it on a real API server.
class HoldRuleTest {

  private final Cluster cluster = new Cluster(new TestClock());
  private final ResourceType deployments = cluster.types().builtIn("deployments.apps");

  private void create(String labels) {
    var deployment = Manifests.deployment("shop", "shop:1", 2);
    deployment.withObject("/metadata").set("labels", Manifests.node(labels));
    cluster.create(deployments, "default", deployment, writer("kubectl"));
  }

  private static Writer writer(String manager) {
    return new Writer(manager, "", false);
  }

  private ObjectNode edit(String manager, Consumer<ObjectNode> change) {
    return edit(writer(manager), change);
  }

  private ObjectNode edit(Writer writer, Consumer<ObjectNode> change) {
    return cluster.update(deployments, "default", "shop", Edit.of(live -> {
      change.accept(live);
      return live;
    }), writer);
  }

  private static void setImage(ObjectNode deployment) {
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("image", "shop:2");
  }

  private static boolean isPaused(ObjectNode deployment) {
    return deployment.at("/spec/paused").asBoolean();
  }

  @Test
  @DisplayName("A watched Deployment is held by a template change, also of Serin's own, and also where the manifest says paused: false")
  void holdsTemplateChanges() {
    create("{'serin.dev/rollout': 'shop'}");

    assertThat(isPaused(edit("serin-controller", live -> {
      setImage(live);
      live.withObject("/spec").put("paused", false);
    }))).isTrue();
  }

  @Test
  @DisplayName("kubectl rollout resume and Serin release a hold, nobody else does")
  void releases() {
    create("{'serin.dev/rollout': 'shop'}");
    edit("kubectl-set", HoldRuleTest::setImage);

    assertThat(isPaused(edit("kubectl-edit", live -> live.withObject("/spec").put("paused", false)))).isTrue();
    assertThat(isPaused(
        edit(new Writer(null, "serin-controller/1", false), live -> live.withObject("/spec").remove("paused"))))
        .isTrue();
    assertThat(isPaused(edit("kubectl-rollout", live -> live.withObject("/spec").remove("paused")))).isFalse();
  }

  @Test
  @DisplayName("A dry run shows the hold and stores nothing")
  void showsInDryRuns() {
    create("{'serin.dev/rollout': 'shop'}");

    assertThat(isPaused(edit(new Writer("probe", "", true), HoldRuleTest::setImage))).isTrue();
    assertThat(isPaused(cluster.get(deployments, "default", "shop"))).isFalse();
  }

  @Test
  @DisplayName("Scaling, a canary and a Deployment that nobody watches are not held; one that gets or loses the label with a change is")
  void leavesOthersAlone() {
    create("{'serin.dev/rollout': 'shop', 'serin.dev/arm': 'canary'}");
    assertThat(isPaused(edit("kubectl", HoldRuleTest::setImage))).isFalse();

    assertThat(isPaused(edit("kubectl", live -> live.withObject("/metadata/labels").remove("serin.dev/arm"))))
        .isFalse();
    assertThat(isPaused(edit("kubectl", live -> live.withObject("/spec").put("replicas", 7)))).isFalse();
    assertThat(isPaused(edit("kubectl", live -> {
      live.withObject("/metadata").remove("labels");
      ((ObjectNode) live.at("/spec/template/spec/containers/0")).put("image", "shop:3");
    }))).isTrue();
  }
}
