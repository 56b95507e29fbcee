package dev.serin.sandbox.pods;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Node object of the kubelet and its heartbeat. API servers find the log endpoint through its address and port.
final class NodeRegistration implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final String name;
  private final int port;
  private final InstantSource clock;
  private final Thread heartbeat;

  private NodeRegistration(KubernetesClient client, String name, int port, InstantSource clock) {
    this.client = client;
    this.name = name;
    this.port = port;
    this.clock = clock;
    this.heartbeat = Thread.ofVirtual().name("heartbeat-" + name).unstarted(this::beat);
  }

  static NodeRegistration register(KubernetesClient client, String name, int port, InstantSource clock) {
    NodeRegistration node = new NodeRegistration(client, name, port, clock);
    node.create();
    node.report();
    node.heartbeat.start();
    return node;
  }

  /// Ends the heartbeat and removes the Node, after which the cluster collects what was left on it.
  @Override
  public void close() {
    heartbeat.interrupt();
    client.nodes().withName(name).delete();
  }

  private void create() {
    Node node = new NodeBuilder().withNewMetadata().withName(name)
        .withLabels(Map.of("kubernetes.io/hostname", name, "kubernetes.io/os", "linux")).endMetadata().build();
    try {
      client.resource(node).create();
    } catch (KubernetesClientException e) {
      // Left over from a process that was killed.
      if (e.getCode() != 409) {
        throw e;
      }
    }
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(HEARTBEAT);
        try {
          report();
        } catch (KubernetesClientException e) {
          LOG.atWarn().addKeyValue("node", name).addKeyValue("code", e.getCode()).log("Heartbeat not delivered");
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void report() {
    client.nodes().withName(name).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE),
        Serialization.asJson(Map.of("status", status(clock.instant().truncatedTo(ChronoUnit.SECONDS)))));
  }

  private NodeStatus status(Instant now) {
    Map<String, Quantity> resources = Map.of("cpu", new Quantity("64"), "memory", new Quantity("64Gi"), "pods",
        new Quantity("500"));
    return new NodeStatusBuilder()
        .addNewAddress("127.0.0.1", "InternalIP")
        .withNewDaemonEndpoints().withNewKubeletEndpoint(port).endDaemonEndpoints()
        .withConditions(new NodeConditionBuilder().withType("Ready").withStatus("True").withReason("KubeletReady")
            .withMessage("the sandbox's kubelet serves").withLastHeartbeatTime(now.toString()).build())
        .withCapacity(resources).withAllocatable(resources).build();
  }
}
