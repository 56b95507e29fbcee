package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.SeenRollouts.Look;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SerinOperatorIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ControlPlane plane;
  private final String namespace;
  private final SerinOperator operator;
  private final Web web;
  private final SeenRollouts seen;

  SerinOperatorIT(ControlPlane plane) {
    this.plane = plane;
    Cluster.applyDefinitions(plane);
    this.namespace = plane.newNamespace("shell");
    this.operator = SerinOperator.start(OperatorSettings.local(plane.kubeconfig(Actor.ADMIN)));
    this.web = new Web(operator.port());
    this.seen = operator.bean(SeenRollouts.class);
  }

  @BeforeAll
  void ready() {
    await().atMost(SOON).until(() -> web.get("/health/readiness").statusCode() == 200);
  }

  @AfterAll
  void stop() {
    operator.close();
  }

  @Test
  @DisplayName("A Rollout that appears, and one whose annotation or spec changes, is looked at; a status write is not")
  void looksAtWhatChanged() {
    Cluster.applyRollout(plane, namespace, "watched");
    var key = namespace + "/watched";
    await().atMost(SOON).until(() -> looksAt(key) == 1);

    var resource = plane.client(Actor.PERSON).resources(Rollout.class).inNamespace(namespace).withName("watched");
    resource.edit(rollout -> {
      rollout.getMetadata().setAnnotations(Map.of("serin.dev/approve", "abc/1"));
      return rollout;
    });
    await().atMost(SOON).until(() -> looksAt(key) == 2);

    plane.kubectl("-n", namespace, "patch", "srn", "watched", "--subresource=status", "--type=merge", "-p",
        "{\"status\":{\"sequence\":7}}");
    plane.kubectl("-n", namespace, "label", "srn", "watched", "after=status");
    await().atMost(SOON).until(() -> looksAt(key) == 3);
    assertThat(resource.get().getStatus().sequence()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"busy", "slow"})
  @DisplayName("A Rollout created while the last look at one of its name goes on, or the look at its deletion, is looked at again and again")
  void looksAtANamesake(String name) {
    var key = namespace + "/" + name;
    Cluster.applyRollout(plane, namespace, name);
    await().atMost(SOON).until(() -> looksAt(key) > 0);
    plane.kubectl("-n", namespace, "delete", "srn", name);
    await().atMost(SOON).until(() -> name.equals("busy") || seen.count(new Look(key, true)) == 1);

    Cluster.applyRollout(plane, namespace, name);
    // Seen after the one above, and ends the look that is under way.
    Cluster.applyRollout(plane, namespace, "after-" + name);

    long before = looksAt(key);
    await().atMost(SOON).until(() -> looksAt(key) >= before + 3);
    assertThat(seen.count(new Look(key, true))).as("looks at the deletion").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/env", "/beans", "/loggers", "/stop", "/refresh", "/routes", "/threaddump", "/info",
      "/metrics", "/shutdown", "/", "/health/..;/env"})
  @DisplayName("Nothing but health and metrics answers on the port")
  void exposesNothingElse(String path) {
    assertThat(List.of(web.get(path).statusCode(), web.send("POST", path).statusCode())).containsOnly(404);
  }

  @Test
  @DisplayName("Liveness and readiness are UP and name their parts")
  void tellsItsHealth() {
    assertThat(web.get("/health/liveness").body()).contains("\"loop\"").contains("UP").doesNotContain("apiServer");
    assertThat(web.get("/health/readiness").body()).contains("\"apiServer\"", "\"informers\"").doesNotContain("DOWN");
  }

  private long looksAt(String rollout) {
    return seen.count(new Look(rollout, false));
  }
}
