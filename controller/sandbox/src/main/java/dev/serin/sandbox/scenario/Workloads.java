package dev.serin.sandbox.scenario;

import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutSpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the people of a scenario do with the cluster: create the workload and its Rollout, push images, look.
final class Workloads {

  private static final PatchContext PUSH = new PatchContext.Builder().withPatchType(PatchType.STRATEGIC_MERGE)
      .withFieldManager("scenario").build();

  private final KubernetesClient client;
  private final Scenario scenario;
  private final String namespace;
  private final String name;

  Workloads(KubernetesClient client, Scenario scenario) {
    this.client = client;
    this.scenario = scenario;
    this.namespace = scenario.workload().namespace();
    this.name = scenario.workload().name();
  }

  void create() {
    Namespace wanted = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build();
    if (client.namespaces().withName(namespace).get() == null) {
      client.resource(wanted).create();
    }
    Map<String, String> labels = Map.of("app", name);
    client.resource(new ServiceBuilder().withNewMetadata().withName(name).withNamespace(namespace).endMetadata()
        .withNewSpec().withSelector(labels).addNewPort().withPort(80).withTargetPort(new IntOrString(8080)).endPort()
        .endSpec().build()).create();
    client.resource(new DeploymentBuilder().withNewMetadata().withName(name).withNamespace(namespace).endMetadata()
        .withNewSpec().withReplicas(scenario.workload().replicas()).withNewSelector().withMatchLabels(labels)
        .endSelector().withNewTemplate().withNewMetadata().withLabels(labels).endMetadata().withNewSpec()
        .withTerminationGracePeriodSeconds(15L).addNewContainer().withName("app")
        .withImage(scenario.workload().image()).addNewPort().withContainerPort(8080).endPort().endContainer().endSpec()
        .endTemplate().endSpec().build()).create();
  }

  boolean allReady() {
    return Optional.ofNullable(client.apps().deployments().inNamespace(namespace).withName(name).get())
        .map(Deployment::getStatus).map(DeploymentStatus::getReadyReplicas)
        .filter(ready -> ready == scenario.workload().replicas()).isPresent();
  }

  void createRollout() {
    Map<String, Object> spec = new LinkedHashMap<>(scenario.rollout());
    spec.put("workloadRef", Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", name));
    Rollout rollout = new Rollout();
    rollout.getMetadata().setName(name);
    rollout.getMetadata().setNamespace(namespace);
    rollout.setSpec(Serialization.unmarshal(Serialization.asJson(spec), RolloutSpec.class));
    client.resource(rollout).create();
  }

  void push(String image) {
    String patch = Serialization.asJson(Map.of("spec", Map.of("template", Map.of("spec",
        Map.of("containers", List.of(Map.of("name", "app", "image", image)))))));
    client.apps().deployments().inNamespace(namespace).withName(name).patch(PUSH, patch);
  }

  RolloutView look() {
    Rollout rollout = client.resources(Rollout.class).inNamespace(namespace).withName(name).get();
    if (rollout == null) {
      throw new IllegalStateException("somebody deleted the Rollout " + namespace + "/" + name);
    }
    return new RolloutView(rollout.getStatus());
  }

  boolean canaryGone() {
    return client.pods().inNamespace(namespace).withLabel("serin.dev/arm", "canary").list().getItems().isEmpty();
  }
}
