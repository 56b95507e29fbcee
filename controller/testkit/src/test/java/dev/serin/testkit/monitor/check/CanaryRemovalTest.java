package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.canary;
import static dev.serin.testkit.monitor.check.Shop.pod;
import static dev.serin.testkit.monitor.check.Shop.replicaSet;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("I6: nothing that serves is deleted")
class CanaryRemovalTest {

  private final Stored set = replicaSet("web-canary-1", "web:2");
  private final Shop shop = new Shop().learn(workload(), rollout("RolledBack"), replicaSet("web-1", "web:1"), set,
      pod("stable", replicaSet("web-1", "web:1")));

  @Test
  @DisplayName("A canary without pods goes, whether at once or after its children")
  void legitimateRemoval() {
    shop.learn(canary(0));
    assertThat(shop.brokenByDeleting(canary(0))).isEmpty();

    shop.learn(canary(0));
    assertThat(shop.broken(canary(0).with("/metadata/deletionTimestamp", Shop.NOON))).isEmpty();
    assertThat(shop.brokenByDeleting(canary(0))).isEmpty();
  }

  @Test
  @DisplayName("Pods that end or have ended hold nothing up")
  void endingPods() {
    shop.learn(canary(0), pod("ending", set).with("/metadata/deletionTimestamp", Shop.NOON),
        pod("evicted", set).with("/status/phase", "Failed"));

    assertThat(shop.brokenByDeleting(canary(0))).isEmpty();
  }

  @Test
  @DisplayName("A canary that asks for pods is not deleted; the mark is reported and its end not again")
  void asksForPods() {
    shop.learn(canary(2));

    assertThat(shop.broken(canary(2).with("/metadata/deletionTimestamp", Shop.NOON))).containsExactly(
        "I6: The canary is deleted while it asks for 2 pods and 0 are left: [].");
    assertThat(shop.brokenByDeleting(canary(2))).isEmpty();
  }

  @Test
  @DisplayName("A canary that still has a pod is not deleted")
  void hasAPod() {
    shop.learn(canary(0), pod("left", set));

    assertThat(shop.brokenByDeleting(canary(0))).containsExactly(
        "I6: The canary is deleted while it asks for 0 pods and 1 are left: [left].");
  }

  @Test
  @DisplayName("A namespace or a Rollout that goes takes its canary with it")
  void goesWithOthers() {
    shop.learn(canary(2), Stored.of("v1", "Namespace", "shop").with("/metadata/deletionTimestamp", Shop.NOON));
    assertThat(shop.brokenByDeleting(canary(2))).isEmpty();

    shop.learn(canary(2), Stored.of("v1", "Namespace", "shop"), rollout().with("/metadata/deletionTimestamp",
        Shop.NOON));
    assertThat(shop.brokenByDeleting(canary(2))).isEmpty();

    shop.learn(canary(2));
    assertThat(shop.brokenByDeleting(rollout())).isEmpty();
    assertThat(shop.brokenByDeleting(canary(2))).isEmpty();
  }
}
