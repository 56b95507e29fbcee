package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.NEW;
import static dev.serin.testkit.monitor.check.Shop.OLD;
import static dev.serin.testkit.monitor.check.Shop.pod;
import static dev.serin.testkit.monitor.check.Shop.replicaSet;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("I7: stable moves only at promotion")
class StablePointerTest {

  private final Stored moved = rollout().with("/status/stable/revision", NEW);
  private final Stored oldSet = replicaSet("web-1", "web:1");
  private final Stored newSet = replicaSet("web-2", "web:2");
  private final Shop shop = new Shop().learn(workload(), oldSet, newSet);

  @Test
  @DisplayName("The first one is taken as it is")
  void first() {
    assertThat(shop.broken(rollout().without("/status/stable"))).isEmpty();
    assertThat(shop.broken(rollout())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Promoting", "Overridden"})
  @DisplayName("A candidate that was promoted by Serin or a person becomes stable")
  void promoted(String state) {
    shop.learn(rollout(state));

    assertThat(shop.broken(moved)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Starting", "Stepping", "RolledBack", "Restoring", "StateOfALaterVersion"})
  @DisplayName("A candidate in any other state does not, while the old one runs")
  void notPromoted(String state) {
    shop.learn(rollout(state), pod("a", oldSet), pod("b", newSet));

    assertThat(shop.broken(moved)).singleElement().asString().startsWith("I7: Stable moves from '" + OLD + "' to '"
        + NEW + "', but the candidate was '" + NEW + "' in state '" + state + "', and the Deployment's pods run [");
  }

  @Test
  @DisplayName("Another revision than the promoted one does not become stable")
  void otherThanPromoted() {
    shop.learn(rollout("Promoting"));

    assertThat(shop.broken(rollout().with("/status/stable/revision", Shop.revision("web:3")))).hasSize(1);
  }

  @Test
  @DisplayName("Adopted again: what every pod runs becomes stable; pods that end do not count")
  void adoptedAgain() {
    shop.learn(rollout("RolledBack"), pod("a", newSet), pod("b", oldSet).with("/metadata/deletionTimestamp",
        Shop.NOON));

    assertThat(shop.broken(moved)).isEmpty();
  }

  @Test
  @DisplayName("A Deployment scaled to zero runs what it asks for")
  void nothingRuns() {
    shop.learn(rollout());
    assertThat(shop.broken(moved)).hasSize(1);

    shop.learn(rollout(), workload().with("/spec/replicas", 0));
    assertThat(shop.broken(moved)).isEmpty();
  }

  @Test
  @DisplayName("A pointer that was wiped does not come back as something else")
  void wiped() {
    shop.learn(rollout(), pod("a", oldSet));
    assertThat(shop.broken(rollout().without("/status/stable"))).isEmpty();

    assertThat(shop.broken(moved)).singleElement().asString()
        .startsWith("I7: Stable moves from '" + OLD + "' to '" + NEW + "'");
    assertThat(shop.broken(rollout())).isEmpty();
  }

  @Test
  @DisplayName("A pointer that was wiped half rolled may come back as what it was")
  void wipedHalfRolled() {
    shop.learn(rollout("Promoting"), pod("a", oldSet), pod("b", newSet));
    assertThat(shop.broken(rollout().without("/status/stable"))).isEmpty();

    assertThat(shop.broken(rollout())).isEmpty();
  }
}
