package dev.serin.sandbox.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.sandbox.api.store.DeleteOptions;
import dev.serin.sandbox.support.Manifests;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EndpointSliceControllerTest {

  private final ControllersFixture world = new ControllersFixture();

  private JsonNode slice() {
    return world.list("endpointslices.discovery.k8s.io").getFirst();
  }

  @Test
  @DisplayName("A Service's slice lists the pods behind it with their readiness and the target port")
  void listsPods() {
    world.create("services", Manifests
        .object("{metadata: {name: 'shop'}, spec: {selector: {app: 'shop'}, ports: [{port: 80, targetPort: 8080}]}}"));
    world.settle();
    assertThat(slice().path("endpoints")).isEmpty();

    world.create("deployments.apps", Manifests.deployment("shop", "shop:1", 2));
    world.settleWithNode();

    assertThat(slice().at("/metadata/labels").path("kubernetes.io/service-name").asText()).isEqualTo("shop");
    assertThat(slice().at("/ports/0/port").asInt()).isEqualTo(8080);
    assertThat(slice().path("endpoints")).hasSize(2).allSatisfy(endpoint -> {
      assertThat(endpoint.at("/conditions/ready").asBoolean()).isTrue();
      assertThat(endpoint.at("/addresses/0").asText()).startsWith("10.");
      assertThat(endpoint.at("/targetRef/kind").asText()).isEqualTo("Pod");
    });
  }

  @Test
  @DisplayName("A pod that is being deleted is terminating and no longer ready")
  void marksTerminating() {
    world.create("services",
        Manifests.object("{metadata: {name: 'shop'}, spec: {selector: {app: 'shop'}, ports: [{port: 80}]}}"));
    world.create("deployments.apps", Manifests.deployment("shop", "shop:1", 1));
    world.settleWithNode();

    var leaving = world.list("pods").getFirst().at("/metadata/name").asText();
    world.cluster.delete(world.type("pods"), "default", leaving, DeleteOptions.BACKGROUND);
    world.round();

    assertThat(slice().path("endpoints")).anySatisfy(endpoint -> {
      assertThat(endpoint.at("/targetRef/name").asText()).isEqualTo(leaving);
      assertThat(endpoint.at("/conditions/ready").asBoolean()).isFalse();
      assertThat(endpoint.at("/conditions/terminating").asBoolean()).isTrue();
    });
  }
}
