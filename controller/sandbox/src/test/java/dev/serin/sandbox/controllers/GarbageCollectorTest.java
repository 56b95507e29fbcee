package dev.serin.sandbox.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serin.sandbox.api.store.ApiException;
import dev.serin.sandbox.api.store.DeleteOptions;
import dev.serin.sandbox.api.store.DeleteOptions.Propagation;
import dev.serin.sandbox.support.Manifests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GarbageCollectorTest {

  private final ControllersFixture world = new ControllersFixture();

  @BeforeEach
  void deploy() {
    world.create("deployments.apps", Manifests.deployment("shop", "shop:1", 2));
    world.settleWithNode();
  }

  private void delete(Propagation propagation) {
    world.cluster.delete(world.type("deployments.apps"), "default", "shop",
        new DeleteOptions(propagation, null, null, null, false));
  }

  @Test
  @DisplayName("Background: the owner goes at once, what it owned after it")
  void deletesInTheBackground() {
    delete(Propagation.BACKGROUND);
    assertThat(world.list("deployments.apps")).isEmpty();
    assertThat(world.list("replicasets.apps")).hasSize(1);

    world.settleWithNode();
    assertThat(world.list("replicasets.apps")).isEmpty();
    assertThat(world.list("pods")).isEmpty();
  }

  @Test
  @DisplayName("Foreground: the owner stays until everything that it owned is gone")
  void deletesInTheForeground() {
    delete(Propagation.FOREGROUND);
    world.settle();
    assertThat(world.list("deployments.apps")).hasSize(1);
    assertThat(world.list("pods")).hasSize(2).allMatch(pod -> pod.path("metadata").has("deletionTimestamp"));

    world.settleWithNode();
    assertThat(world.list("pods")).isEmpty();
    assertThat(world.list("replicasets.apps")).isEmpty();
    assertThat(world.list("deployments.apps")).isEmpty();
  }

  @Test
  @DisplayName("Orphan: what was owned stays, without owner")
  void orphans() {
    delete(Propagation.ORPHAN);
    world.settleWithNode();

    assertThat(world.list("deployments.apps")).isEmpty();
    assertThat(world.list("replicasets.apps")).singleElement()
        .satisfies(set -> assertThat(set.at("/metadata/ownerReferences")).isEmpty());
    assertThat(world.list("pods")).hasSize(2);
  }

  @Test
  @DisplayName("An object whose owner was deleted and made again under the same name goes too: the uid counts")
  void looksAtUids() {
    world.create("configmaps", Manifests.object("{metadata: {name: 'owner'}}"));
    world.create("configmaps", Manifests.object(
        """
            {metadata: {name: 'owned', ownerReferences: [{apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'another'}]}}"""));
    world.settle();

    assertThat(world.list("configmaps")).extracting(map -> map.at("/metadata/name").asText()).containsExactly("owner");
  }

  @Test
  @DisplayName("A deleted namespace takes no new objects, is emptied, and goes")
  void emptiesNamespaces() {
    world.cluster.delete(world.type("namespaces"), "", "default", DeleteOptions.BACKGROUND);
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> world.create("configmaps", Manifests.object("{metadata: {name: 'late'}}")))
        .withMessageContaining("because it is being terminated");

    world.settleWithNode();
    assertThat(world.list("pods")).isEmpty();
    assertThat(world.cluster.find(world.type("namespaces"), "", "default")).isEmpty();
  }
}
