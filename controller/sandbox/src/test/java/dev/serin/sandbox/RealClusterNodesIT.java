package dev.serin.sandbox;

import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import org.junit.jupiter.api.DisplayName;

@RealControlPlane
@DisplayName("Kubelet, gateway and load on a real control plane")
class RealClusterNodesIT extends SandboxNodesContract {

  private final ControlPlane cluster;

  RealClusterNodesIT(ControlPlane cluster) {
    this.cluster = cluster;
  }

  @Override
  String kubeconfig() {
    return cluster.kubeconfigText(Actor.KUBELET);
  }

  @Override
  String newNamespace() {
    return cluster.newNamespace("nodes");
  }
}
