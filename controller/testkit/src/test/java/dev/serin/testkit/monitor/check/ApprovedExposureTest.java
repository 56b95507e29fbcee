package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.NEW;
import static dev.serin.testkit.monitor.check.Shop.canary;
import static dev.serin.testkit.monitor.check.Shop.pod;
import static dev.serin.testkit.monitor.check.Shop.ready;
import static dev.serin.testkit.monitor.check.Shop.replicaSet;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("I1: the canary's weight is approved")
class ApprovedExposureTest {

  private final Shop shop = new Shop().learn(workload(), rollout("Starting"));

  @Test
  @DisplayName("Created with none, raised step by step after each approval, lowered before the next state: nothing breaks")
  void legitimateTrial() {
    assertThat(shop.broken(canary(0))).isEmpty();
    assertThat(shop.broken(rollout("Raising", "25%"))).isEmpty();
    assertThat(shop.broken(canary(1))).isEmpty();
    Stored set = replicaSet("web-canary-1", "web:2");
    shop.learn(set, ready(pod("first", set)));
    assertThat(shop.broken(rollout("Stepping", "25%"))).isEmpty();
    assertThat(shop.broken(rollout("Raising", "50%"))).isEmpty();
    assertThat(shop.broken(canary(3))).isEmpty();
    assertThat(shop.broken(rollout("Promoting", "100%"))).isEmpty();
    assertThat(shop.broken(rollout("Restoring"))).isEmpty();
    assertThat(shop.broken(canary(3).with("/status/replicas", 3))).isEmpty();
    assertThat(shop.broken(canary(0))).isEmpty();
  }

  @ParameterizedTest(name = "{0} beside {1}: {2}")
  @CsvSource({"0.5%, 1000, 5", "1%, 3, 1", "25%, 3, 1", "33.3333%, 4, 1", "33.3334%, 4, 2", "50%, 3, 3", "75%, 2, 6",
      "0%, 9, 0", "100%, 3, 9223372036854775807"})
  @DisplayName("A weight gives max(1, floor(w*s/(1-w))) pods, and none of no weight")
  void podsOfAWeight(String weight, int stable, long pods) {
    assertThat(ApprovedExposure.pods(weight, stable)).isEqualTo(pods);
  }

  @Test
  @DisplayName("More pods than the approved weight gives are reported, with the numbers")
  void beyondTheWeight() {
    shop.learn(canary(0), rollout("Raising", "50%"));

    assertThat(shop.broken(canary(4))).containsExactly("I1: The canary is raised from 0 to 4 pods, but the approved "
        + "weight 50% gives 3 beside 3 stable pods.");
  }

  @Test
  @DisplayName("While the Deployment rolls the canary keeps to the last step's weight: more is reported")
  void beyondWhilePromoting() {
    shop.learn(canary(3), rollout("Promoting", "100%"),
        Stored.of("serin.dev/v1alpha1", "Analysis", "web-abc").ownedBy(rollout()).with("/spec/revision", NEW)
            .with("/spec/steps", List.of(Map.of("weight", "50%"))));

    assertThat(shop.broken(canary(4))).containsExactly("I1: The canary is raised from 3 to 4 pods, but the approved "
        + "weight 50% gives 3 beside 3 stable pods.");
  }

  @Test
  @DisplayName("A raise before its weight is recorded is reported")
  void beforeItsRecord() {
    shop.learn(canary(0));

    assertThat(shop.broken(canary(1)))
        .containsExactly("I1: The canary is raised from 0 to 1 pods while the candidate's "
            + "state is 'Starting', which gives no traffic to it.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RolledBack", "Overridden", "Restoring", "", "StateOfALaterVersion"})
  @DisplayName("In a state without exposure, also an unknown one, a canary may keep its pods or lose some, never grow")
  void neverGrowsWithoutExposure(String state) {
    shop.learn(rollout("Stepping", "50%"), canary(2));

    assertThat(shop.broken(rollout(state))).isEmpty();
    assertThat(shop.broken(canary(2).withAnnotation("seen", "yes"))).isEmpty();
    assertThat(shop.broken(canary(3))).singleElement().asString().startsWith("I1: The canary is raised from 2 to 3");
    assertThat(shop.broken(canary(1))).isEmpty();
  }

  @Test
  @DisplayName("A canary that is created with pods is reported: a raise is an update")
  void createdWithPods() {
    shop.learn(rollout("Raising", "50%"));

    assertThat(shop.broken(canary(1))).containsExactly("I1: The canary is created with 1 pods instead of none.");
  }

  @Test
  @DisplayName("A Deployment of others that becomes a canary brings its pods in from zero")
  void relabelled() {
    shop.learn(canary(5).without("/metadata/labels"), rollout("Raising", "50%"));

    assertThat(shop.broken(canary(5))).singleElement().asString().startsWith("I1: The canary is raised from 0 to 5");
  }

  @Test
  @DisplayName("A raise without a Rollout, of another revision or without a readable weight is reported")
  void withoutApproval() {
    shop.learn(canary(0), rollout("Raising", "a lot"));

    assertThat(shop.broken(canary(1))).containsExactly(
        "I1: The canary is raised from 0 to 1 pods, but the approved weight is 'a lot'.");

    String other = Shop.revision("web:3");
    shop.learn(canary(0), rollout("Raising", "50%").with("/status/candidate/revision", other));
    assertThat(shop.broken(canary(1))).contains("I1: The canary is raised from 0 to 1 pods of revision " + NEW
        + ", but the candidate is '" + other + "'.");

    shop.learn(canary(0));
    assertThat(shop.brokenByDeleting(rollout("Raising", "50%"))).isEmpty();
    assertThat(shop.broken(canary(1))).containsExactly(
        "I1: The canary is raised from 0 to 1 pods, but there is no Rollout named 'web' to approve that.");
  }

  @Test
  @DisplayName("A smaller weight is recorded only when the canary has come down to it")
  void recordedBeforeLowered() {
    shop.learn(rollout("Stepping", "50%"), canary(3));

    assertThat(shop.broken(rollout("Raising", "25%")))
        .containsExactly("I1: State 'Raising' is recorded while the canary "
            + "web-canary has 3 pods, but the approved weight 25% gives 1 beside 3 stable pods.");
    assertThat(shop.broken(rollout("Raising", "25%").with("/status/message", "again"))).isEmpty();
  }

  @Test
  @DisplayName("Who raises may have read stable's size before it was scaled down, but not before the canary's last change")
  void stableWasLarger() {
    shop.learn(canary(0), rollout("Raising", "50%"));
    assertThat(shop.broken(workload().with("/spec/replicas", 10))).isEmpty();
    assertThat(shop.broken(workload().with("/spec/replicas", 2))).isEmpty();

    assertThat(shop.broken(canary(10))).isEmpty();
    assertThat(shop.broken(canary(2))).isEmpty();
    assertThat(shop.broken(canary(10))).singleElement().asString().endsWith("gives 2 beside 2 stable pods.");
  }

  @Test
  @DisplayName("A larger canary stays after stable was scaled down: nothing was raised")
  void stableShrinks() {
    shop.learn(canary(3), rollout("Stepping", "50%"));

    assertThat(shop.broken(workload().with("/spec/replicas", 1))).isEmpty();
    assertThat(shop.broken(rollout("Stepping", "50%").with("/status/message", "still"))).isEmpty();
    assertThat(shop.broken(rollout("Raising", "60%"))).isEmpty();
  }

  @Test
  @DisplayName("Ready pods count where stable has more of them than it asks for")
  void readyPodsCount() {
    Stored set = replicaSet("web-old", "web:1");
    shop.learn(set, workload().with("/spec/replicas", 1), canary(0), rollout("Raising", "50%"));
    for (String name : List.of("a", "b")) {
      shop.learn(pod(name, set).with("/status/conditions", List.of(Map.of("type", "Ready", "status", "True"))));
    }
    shop.learn(pod("c", set).with("/status/conditions", List.of(Map.of("type", "Ready", "status", "False"))), pod("d",
        set));

    assertThat(shop.broken(canary(3))).singleElement().asString().endsWith("gives 2 beside 2 stable pods.");
  }
}
