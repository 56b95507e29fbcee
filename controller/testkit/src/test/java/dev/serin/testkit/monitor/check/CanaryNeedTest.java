package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.LATER;
import static dev.serin.testkit.monitor.check.Shop.NEW;
import static dev.serin.testkit.monitor.check.Shop.NOON;
import static dev.serin.testkit.monitor.check.Shop.SERIN;
import static dev.serin.testkit.monitor.check.Shop.canary;
import static dev.serin.testkit.monitor.check.Shop.pod;
import static dev.serin.testkit.monitor.check.Shop.ready;
import static dev.serin.testkit.monitor.check.Shop.replicaSet;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("I6: nothing that serves is scaled below need")
class CanaryNeedTest {

  private final Stored set = replicaSet("web-1", "web:1");
  private final Stored whole = workload().with("/status/readyReplicas", 3);
  private final Shop shop = new Shop().learn(rollout("Stepping", "50%"), whole, set, ready(pod("a", set)),
      ready(pod("b", set)), ready(pod("c", set)), canary(3).writtenBy(SERIN, NOON));

  private static Stored scaled(int replicas) {
    return canary(replicas).writtenBy(SERIN, LATER);
  }

  @Test
  @DisplayName("A canary that loses a pod without a reason is reported, and one that loses all of them")
  void belowNeed() {
    assertThat(shop.broken(scaled(2))).containsExactly("I6: The canary is scaled from 3 to 2 pods in state 'Stepping', "
        + "but the weight 50% needs 3 beside 3 stable pods.");

    shop.learn(canary(3).writtenBy(SERIN, NOON));
    assertThat(shop.broken(scaled(0))).containsExactly("I6: The canary is scaled from 3 to 0 pods in state 'Stepping', "
        + "but the weight 50% needs 3 beside 3 stable pods.");
  }

  @Test
  @DisplayName("While the Deployment rolls, the canary stays as the last step left it; it may shrink with a smaller Deployment")
  void promoting() {
    Stored analysis = Stored.of("serin.dev/v1alpha1", "Analysis", "web-abc").ownedBy(rollout())
        .with("/spec/revision", NEW).with("/spec/steps", List.of(Map.of("weight", "25%"), Map.of("weight", "50%")));
    shop.learn(rollout("Promoting", "100%"), analysis, whole.with("/spec/paused", false));
    assertThat(shop.broken(scaled(0))).containsExactly("I6: The canary is scaled from 3 to 0 pods in state "
        + "'Promoting', but the weight 50% needs 3 beside 3 stable pods.");

    shop.learn(canary(3).writtenBy(SERIN, NOON), whole.with("/spec/paused", false).with("/spec/replicas", 1));
    assertThat(shop.broken(scaled(1))).isEmpty();
  }

  @Test
  @DisplayName("It follows stable down, whether wanted or ready, and to none")
  void followsStable() {
    shop.learn(whole.with("/spec/replicas", 1));
    assertThat(shop.broken(scaled(1))).isEmpty();

    shop.learn(whole.with("/spec/replicas", 0));
    assertThat(shop.broken(canary(0).writtenBy(SERIN, NOON))).isEmpty();
  }

  @Test
  @DisplayName("A person may scale it")
  void byAPerson() {
    assertThat(shop.broken(canary(1).writtenBy("kubectl-edit", LATER))).isEmpty();
  }

  static Stream<Stored> reasons() {
    return Stream.of(workload().with("/spec/template", Shop.template("web:3")), workload().with("/spec/paused", false),
        rollout("Stepping", "50%").with("/metadata/deletionTimestamp", NOON), rollout("RolledBack", "50%"),
        Stored.of("serin.dev/v1alpha1", "Analysis", "web-abc").ownedBy(rollout()).with("/spec/revision", NEW)
            .with("/status/verdict/type", "RollBack"),
        replicaSet("other-canary", "web:2").ownedBy(Shop.deployment("web")).withLabel("serin.dev/arm", "canary"),
        Stored.of("serin.dev/v1alpha1", "Rollout", "rival").with("/spec/workloadRef/name", "web"));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  @DisplayName("It goes for a verdict, another template, a resume, an orphan, a rival, or because its Rollout goes")
  void goes(Stored reason) {
    shop.learn(reason);

    assertThat(shop.broken(scaled(0))).isEmpty();
  }

  @Test
  @DisplayName("A reason that came and went counts until the canary is scaled the next time, and not longer")
  void reasonPasses() {
    shop.learn(workload().with("/spec/template", Shop.template("web:3")), whole);
    assertThat(shop.broken(scaled(2))).isEmpty();

    assertThat(shop.broken(canary(1).writtenBy(SERIN, NOON))).hasSize(1);
  }
}
