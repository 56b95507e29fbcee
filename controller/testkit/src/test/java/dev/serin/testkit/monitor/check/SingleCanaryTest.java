package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.canary;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("I4: one canary per Rollout, one Rollout per workload")
class SingleCanaryTest {

  private final Shop shop = new Shop().learn(workload(), rollout("Raising", "50%"), canary(0));

  private static Stored named(Stored object, String name) {
    return object.with("/metadata/name", name).with("/metadata/uid", "uid-of-" + name);
  }

  @Test
  @DisplayName("A second canary may exist without pods, as the old one does beside a new one")
  void secondWithoutPods() {
    assertThat(shop.broken(named(canary(0), "web-canary-2"))).isEmpty();
    assertThat(shop.broken(canary(3))).isEmpty();
    assertThat(shop.broken(canary(2))).isEmpty();
  }

  @Test
  @DisplayName("A second canary with pods is reported once")
  void secondWithPods() {
    Stored second = named(canary(1), "web-canary-2");
    shop.learn(canary(1), named(canary(0), "web-canary-2"));

    assertThat(shop.broken(second)).containsExactly(
        "I4: Rollout web has a second canary: web-canary-2 has 1 pods while web-canary has 1.");
    assertThat(shop.broken(second.withAnnotation("seen", "yes"))).isEmpty();
  }

  @Test
  @DisplayName("Canaries of two Rollouts are not counted together")
  void otherRollout() {
    shop.learn(canary(1), named(rollout("Raising", "50%"), "other").with("/spec/workloadRef/name", "other"),
        named(workload(), "other"), named(canary(0), "other-canary").withLabel("serin.dev/rollout", "other"));

    assertThat(shop.broken(named(canary(1), "other-canary").withLabel("serin.dev/rollout", "other"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Starting", "Raising", "Stepping", "Promoting", "Restoring", "StateOfALaterVersion"})
  @DisplayName("A second Rollout that is under way with the same workload is reported once")
  void rival(String state) {
    Stored rival = named(rollout(state, "50%"), "rival");

    assertThat(shop.broken(rival)).contains("I4: Deployment web is under way twice: Rollout rival is in state '"
        + state + "' while Rollout web is in state 'Raising'.");
    assertThat(shop.broken(rival.with("/status/message", "again"))).isEmpty();
  }

  @Test
  @DisplayName("A second Rollout that is refused, decided, idle, leaving or of another workload is none")
  void harmless() {
    Stored refused = named(rollout("Starting"), "rival").with("/status/conditions",
        List.of(Map.of("type", "Ready", "status", "False", "reason", "TargetConflict"),
            Map.of("type", "Stalled", "status", "True", "reason", "TargetConflict")));

    assertThat(shop.broken(refused)).isEmpty();
    assertThat(shop.broken(named(rollout("RolledBack"), "rival"))).isEmpty();
    assertThat(shop.broken(named(rollout(), "rival"))).isEmpty();
    assertThat(shop.broken(named(rollout("Starting"), "rival").with("/metadata/deletionTimestamp", Shop.NOON)))
        .isEmpty();
    assertThat(shop.broken(named(rollout("Starting"), "rival").with("/spec/workloadRef/name", "other"))).isEmpty();
  }
}
