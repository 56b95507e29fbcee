package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.NEW;
import static dev.serin.testkit.monitor.check.Shop.NOON;
import static dev.serin.testkit.monitor.check.Shop.SERIN;
import static dev.serin.testkit.monitor.check.Shop.canary;
import static dev.serin.testkit.monitor.check.Shop.deployment;
import static dev.serin.testkit.monitor.check.Shop.kept;
import static dev.serin.testkit.monitor.check.Shop.pod;
import static dev.serin.testkit.monitor.check.Shop.ready;
import static dev.serin.testkit.monitor.check.Shop.replicaSet;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckerTest {

  @Test
  @DisplayName("A trial from adoption to promotion and the trial of a bad version after it break nothing")
  void wholeLife() {
    Shop shop = new Shop();
    Stored canarySet = replicaSet("web-canary-1", "web:2");
    Stream<Stored> writes = Stream.of(
        deployment("web").with("/spec/template", Shop.template("web:1")), replicaSet("web-1", "web:1"),
        pod("a", replicaSet("web-1", "web:1")), rollout().without("/status/stable"),
        workload().with("/spec/template", Shop.template("web:1")).writtenBy(SERIN, NOON), kept("web:1"), rollout(),
        workload().writtenBy(SERIN, NOON), rollout("Starting"),
        Stored.of("serin.dev/v1alpha1", "Analysis", "web-" + NEW).ownedBy(rollout()), canary(0),
        rollout("Raising", "25%"), canary(1), canarySet, ready(pod("c", canarySet)), rollout("Stepping", "25%"),
        rollout("Promoting", "100%"),
        workload().with("/spec/paused", false).withAnnotation("serin.dev/sequence", "9"), replicaSet("web-2", "web:2"),
        pod("b", replicaSet("web-2", "web:2")), kept("web:2"), rollout().with("/status/stable/revision", NEW),
        canary(0), pod("c", canarySet).with("/metadata/deletionTimestamp", NOON));

    assertThat(writes.flatMap(write -> shop.broken(write).stream())).isEmpty();
    assertThat(shop.brokenByDeleting(canary(0))).isEmpty();

    Stored third = workload().with("/spec/template", Shop.template("web:3"));
    Stored trial = rollout("Stepping", "25%").with("/status/stable/revision", NEW)
        .with("/status/candidate/revision", Shop.revision("web:3"));
    Stored thirdSet = replicaSet("web-canary-3", "web:3");
    Stored thirdCanary = canary(0).with("/spec/template", Shop.template("web:3"));
    assertThat(Stream.of(third, trial.with("/status/candidate/state", "Starting"), thirdCanary,
        trial.with("/status/candidate/state", "Raising"), thirdCanary.with("/spec/replicas", 1), thirdSet,
        ready(pod("d", thirdSet)), trial, thirdCanary,
        trial.with("/status/candidate/state", "RolledBack").without("/status/steps")
            .with("/status/vetoes", List.of(Map.of("revision", Shop.revision("web:3")))),
        third.with("/spec/replicas", 5)).flatMap(write -> shop.broken(write).stream())).isEmpty();
  }

  @Test
  @DisplayName("A violation names the invariant, the revision, the key and the namespace")
  void violation() {
    Violation violation = new Shop().learn(canary(0)).write(canary(1)).getFirst();

    assertThat(violation.invariant()).isEqualTo("I1");
    assertThat(violation.revision()).isEqualTo(101);
    assertThat(violation.key()).isEqualTo("/registry/deployments/shop/web-canary");
    assertThat(violation.namespace()).isEqualTo("shop");
  }

  @Test
  @DisplayName("What is there when checking begins is not judged, but what comes after is judged by it")
  void learns() {
    Shop shop = new Shop().learn(rollout("Starting"), canary(9));

    assertThat(shop.broken(canary(8))).isEmpty();
    assertThat(shop.broken(canary(9))).hasSize(1);
  }

  @Test
  @DisplayName("Objects are counted by type, one that is replaced once")
  void counts() {
    Checker checker = new Checker(List.of());
    checker.learn("/a", workload().json());
    checker.check(1, "/a", workload().json());
    checker.check(2, "/b", canary(0).json());
    checker.check(3, "/c", rollout().json());
    checker.check(4, "/c", null);

    assertThat(checker.count()).containsExactly(entry("apps/Deployment", 2));
    assertThat(checker.check(5, "/never-there", null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'kind': 'Rollout', 'apiVersion': 'serin.dev/v2'}",
      "{'kind': 'Rollout', 'apiVersion': 'serin.dev/v2', 'metadata': [], 'spec': 3, 'status': {'vetoes': 'none', "
          + "'candidate': {'state': 'Raising', 'revision': {}}, 'steps': {'weight': 7}, 'conditions': {'a': 'b'}}}",
      "{'kind': 'Deployment', 'apiVersion': 'apps/v1', 'metadata': {'labels': {'serin.dev/arm': 'canary'}}, 'spec': "
          + "{'replicas': 'many', 'template': null, 'selector': {'matchLabels': [1]}}}",
      "{'kind': 'Deployment', 'apiVersion': 'apps/v1', 'metadata': {'managedFields': [{'manager': 'serin-controller', "
          + "'fieldsV1': 'none'}], 'labels': 'none', 'annotations': 5}, 'spec': 'none'}",
      "{'kind': 'ControllerRevision', 'apiVersion': 'apps/v1', 'metadata': {'ownerReferences': {'a': []}}}"})
  @DisplayName("Objects that no API server would store are no reason to fail")
  void oddObjects(String json) throws JsonProcessingException {
    Checker checker = new Checker(List.of("planted"));
    var object = new ObjectMapper().readTree(json.replace('\'', '"'));

    checker.learn("/registry/odd", object);
    checker.check(1, "/registry/odd", object);
    checker.check(2, "/registry/odd", workload().writtenBy(SERIN, NOON).json());
    checker.check(3, "/registry/odd", object);
    checker.check(4, "/registry/odd", null);

    assertThat(checker.count()).isEmpty();
  }
}
