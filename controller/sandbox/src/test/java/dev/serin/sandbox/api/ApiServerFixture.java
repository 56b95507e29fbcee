package dev.serin.sandbox.api;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;

/// Objects and clients that tests of the API server share.
final class ApiServerFixture {

  static final String NAMESPACE = "default";

  private ApiServerFixture() {}

  static KubernetesClient client(ApiServer server) {
    var config = Config.fromKubeconfig(server.kubeconfig());
    config.setHttp2Disable(true);
    config.setOnlyHttpWatches(true);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  static Deployment deployment(String name, String image) {
    return new DeploymentBuilder().withNewMetadata().withName(name).withNamespace(NAMESPACE).endMetadata().withNewSpec()
        .withReplicas(2).withNewSelector().withMatchLabels(Map.of("app", name)).endSelector().withNewTemplate()
        .withNewMetadata().withLabels(Map.of("app", name)).endMetadata().withNewSpec().addNewContainer().withName("app")
        .withImage(image).endContainer().endSpec().endTemplate().endSpec().build();
  }
}
