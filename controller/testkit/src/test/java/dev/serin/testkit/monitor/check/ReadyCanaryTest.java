package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.canary;
import static dev.serin.testkit.monitor.check.Shop.pod;
import static dev.serin.testkit.monitor.check.Shop.replicaSet;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("I5: a step begins with ready pods")
class ReadyCanaryTest {

  private final Stored set = replicaSet("web-canary-1", "web:2");
  private final Shop shop = new Shop().learn(workload(), set, rollout("Raising", "50%"), canary(0));

  @Test
  @DisplayName("A step is recorded once all its pods are ready, also if one is not any more")
  void legitimateStep() {
    shop.learn(canary(2), ready("one"), ready("two"), pod("two", set));

    assertThat(shop.broken(rollout("Stepping", "50%"))).isEmpty();
    assertThat(shop.broken(rollout("Stepping", "50%").withAnnotation("seen", "yes"))).isEmpty();
  }

  @Test
  @DisplayName("A step recorded too early is reported once; pods that were ready before the canary grew do not count twice")
  void tooEarly() {
    shop.learn(canary(1), ready("one"), canary(2), pod("two", set));

    assertThat(shop.broken(rollout("Stepping", "50%"))).containsExactly("I5: State 'Stepping' is recorded while the "
        + "canary web-canary asks for 2 pods and at most 1 were ready.");
    assertThat(shop.broken(rollout("Stepping", "50%").withAnnotation("seen", "yes"))).isEmpty();
  }

  @Test
  @DisplayName("A step without a pod, or without a canary, is no step")
  void without() {
    assertThat(shop.broken(rollout("Stepping", "50%"))).containsExactly("I5: State 'Stepping' is recorded while the "
        + "canary web-canary asks for 0 pods and at most 0 were ready.");

    Shop empty = new Shop().learn(workload(), rollout("Raising", "50%"));
    assertThat(empty.broken(rollout("Stepping", "50%")))
        .containsExactly("I5: State 'Stepping' is recorded without a canary.");
  }

  private Stored ready(String name) {
    return Shop.ready(pod(name, set));
  }
}
