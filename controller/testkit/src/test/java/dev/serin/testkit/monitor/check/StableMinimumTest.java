package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.LATER;
import static dev.serin.testkit.monitor.check.Shop.NOON;
import static dev.serin.testkit.monitor.check.Shop.SERIN;
import static dev.serin.testkit.monitor.check.Shop.pod;
import static dev.serin.testkit.monitor.check.Shop.ready;
import static dev.serin.testkit.monitor.check.Shop.replicaSet;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("I5: stable keeps its minimum")
class StableMinimumTest {

  private final Stored set = replicaSet("web-1", "web:1");
  private final Stored careful = workload().with("/spec/strategy",
      Map.of("type", "RollingUpdate", "rollingUpdate", Map.of("maxUnavailable", 0, "maxSurge", 1)));
  private final Shop shop = new Shop().learn(rollout("Promoting", "50%"), careful, set, serving("a"), serving("b"),
      serving("c"));

  @Test
  @DisplayName("Pods that are replaced one by one are taken away rightly, and so are those of a smaller Deployment")
  void legitimateRoll() {
    shop.learn(serving("d"));
    assertThat(shop.broken(ending("a"))).isEmpty();
    assertThat(shop.brokenByDeleting(serving("a"))).isEmpty();

    assertThat(shop.broken(careful.with("/spec/replicas", 1))).isEmpty();
    assertThat(shop.broken(ending("b"))).isEmpty();
    assertThat(shop.broken(ending("c"))).isEmpty();
  }

  @Test
  @DisplayName("The second pod too many is reported, and what follows not again")
  void tooFew() {
    assertThat(shop.broken(ending("a"))).isEmpty();
    assertThat(shop.broken(ending("b"))).containsExactly(
        "I5: Deployment web is left with 1 ready pods of 3, of which 0 may be unavailable.");
    assertThat(shop.broken(ending("c"))).isEmpty();
  }

  @Test
  @DisplayName("A pod that is gone at once counts like one that ends")
  void goneAtOnce() {
    assertThat(shop.broken(ending("a"))).isEmpty();
    assertThat(shop.brokenByDeleting(serving("b"))).hasSize(1).first().asString().startsWith("I5: ");
  }

  @Test
  @DisplayName("Pods that stop being ready by themselves, and a Deployment that was never whole, are nobody's fault")
  void others() {
    assertThat(shop.broken(pod("a", set))).isEmpty();
    assertThat(shop.broken(pod("b", set))).isEmpty();

    Shop growing = new Shop().learn(rollout("Stepping", "50%"), careful.with("/spec/replicas", 6), set, serving("a"),
        serving("b"));
    assertThat(growing.broken(ending("a"))).isEmpty();
    assertThat(growing.broken(ending("b"))).isEmpty();
  }

  @Test
  @DisplayName("What the user lets be unavailable may be: a number, a share, or all of it")
  void usersWish() {
    for (Object wish : new Object[]{2, "70%"}) {
      Shop generous = new Shop().learn(rollout("Promoting", "50%"),
          careful.with("/spec/strategy/rollingUpdate/maxUnavailable", wish), set, serving("a"), serving("b"),
          serving("c"));
      assertThat(generous.broken(ending("a"))).isEmpty();
      assertThat(generous.broken(ending("b"))).isEmpty();
      assertThat(generous.broken(ending("c"))).isEmpty();
    }
  }

  @Test
  @DisplayName("A roll that takes all pods at once is not begun by Serin; a person may, and the way back to stable is free")
  void unsafeRoll() {
    Stored recreated = workload().with("/spec/strategy", Map.of("type", "Recreate")).writtenBy(SERIN, NOON);
    shop.learn(recreated);

    assertThat(shop.broken(recreated.with("/spec/paused", false).writtenBy(SERIN, LATER))).containsExactly(
        "I5: Serin lets Deployment web roll although its strategy takes all 3 pods at once.");

    shop.learn(recreated);
    assertThat(shop.broken(recreated.with("/spec/paused", false).writtenBy("kubectl-rollout", LATER))).isEmpty();

    Stored back = recreated.with("/spec/template", Shop.template("web:1"));
    shop.learn(back, Shop.kept("web:1"), serving("d"), Shop.pod("e", replicaSet("web-2", "web:2")),
        replicaSet("web-2", "web:2"));
    assertThat(shop.broken(back.with("/spec/paused", false).writtenBy(SERIN, LATER))).isEmpty();
  }

  private Stored serving(String name) {
    return ready(pod(name, set));
  }

  private Stored ending(String name) {
    return serving(name).with("/metadata/deletionTimestamp", NOON);
  }
}
