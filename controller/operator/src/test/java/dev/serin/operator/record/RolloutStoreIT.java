package dev.serin.operator.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.Cluster;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@RealControlPlane
class RolloutStoreIT {

  private static final String STEPPING = """
      {"status": {"sequence": 7, "stable": {"revision": "aaaaaaaaaa", "since": "2026-11-24T12:00:00Z"},
        "candidate": {"revision": "bbbbbbbbbb", "state": "Stepping", "since": "2026-11-24T12:00:00Z"},
        "steps": {"index": 0, "count": 2, "startedAt": "2026-11-24T12:01:00Z"}}}""";

  private ControlPlane plane;
  private KubernetesClient person;
  private RolloutStore store;
  private String namespace = "";

  @BeforeEach
  void open(ControlPlane started) {
    plane = started;
    person = plane.client(Actor.PERSON);
    store = new RolloutStore(plane.client(Actor.DELIVERY));
    Cluster.applyDefinitions(plane);
    namespace = plane.newNamespace("store");
    Cluster.applyRollout(plane, namespace, "shop");
    status(STEPPING);
  }

  private Rollout read() {
    return store.read(namespace, "shop").orElseThrow();
  }

  private void status(String patch) {
    person.resources(Rollout.class).inNamespace(namespace).withName("shop").subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private void annotate(String key) {
    person.resources(Rollout.class).inNamespace(namespace).withName("shop").patch(PatchContext.of(PatchType.JSON_MERGE),
        "{\"metadata\": {\"annotations\": {\"" + key + "\": \"x\"}}}");
  }

  @Test
  @DisplayName("What was decided from a Rollout stands while it remembers the same, whatever else is written on it")
  void stands() {
    Rollout decided = read();
    annotate(Keys.APPROVE);
    status("{\"status\": {\"message\": \"7 windows\"}}");

    assertThat(store.stands(decided)).isTrue();
  }

  @Test
  @DisplayName("It stands no more once another transition is recorded, also one that comes to the same state again")
  void recorded() {
    Rollout decided = read();
    status("{\"status\": {\"sequence\": 8}}");

    assertThat(store.stands(decided)).isFalse();
  }

  @Test
  @DisplayName("It stands no more when a wiped status has come to the same sequence with another state")
  void wiped() {
    Rollout decided = read();
    status("{\"status\": {\"candidate\": {\"state\": \"Starting\"}, \"steps\": null}}");

    assertThat(store.stands(decided)).isFalse();
  }

  @Test
  @DisplayName("It stands no more when the Rollout is being deleted, is gone, or is another one of the same name")
  void deleted() {
    store.guard(read(), true);
    Rollout decided = read();
    person.resource(decided).delete();
    assertThat(store.stands(decided)).as("being deleted").isFalse();

    store.guard(read(), false);
    assertThat(store.stands(decided)).as("gone").isFalse();

    Cluster.applyRollout(plane, namespace, "shop");
    status(STEPPING);
    assertThat(store.stands(decided)).as("made anew").isFalse();
  }
}
