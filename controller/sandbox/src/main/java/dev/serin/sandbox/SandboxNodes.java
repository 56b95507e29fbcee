package dev.serin.sandbox;

import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.Versions;
import dev.serin.sandbox.gateway.Gateway;
import dev.serin.sandbox.pods.Kubelet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// A node with running pods for any control plane that has none: the sandbox's own or a real one.
///
/// It takes every pod of the cluster that no other node has, so a cluster should have one at a time.
public final class SandboxNodes implements AutoCloseable {

  private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

  private final KubernetesClient client;
  private final Versions versions;
  private final Kubelet kubelet;
  private final long seed;
  private final List<Gateway> gateways = new ArrayList<>();

  private SandboxNodes(KubernetesClient client, Versions versions, Kubelet kubelet, long seed) {
    this.client = client;
    this.versions = versions;
    this.kubelet = kubelet;
    this.seed = seed;
  }

  /// Attaches a node to a cluster.
  ///
  /// @param kubeconfig
  ///          text of a kubeconfig with the rights of an administrator
  /// @param versions
  ///          what the pods of each image do
  /// @param seed
  ///          of everything that is left to chance
  public static SandboxNodes start(String kubeconfig, Collection<AppVersion> versions, InstantSource clock, long seed)
      throws IOException, InterruptedException {
    KubernetesClient client = client(kubeconfig);
    Versions known = new Versions(versions, clock);
    String name = "sandbox-" + UUID.randomUUID().toString().substring(0, 8);
    return new SandboxNodes(client, known, Kubelet.start(client, name, known, clock, seed), seed);
  }

  /// A client that suits the sandbox's API server as well as a real one: no HTTP/2, no WebSockets.
  public static KubernetesClient client(String kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig);
    config.setHttp2Disable(true);
    config.setOnlyHttpWatches(true);
    config.setRequestTimeout(REQUEST_TIMEOUT_MILLIS);
    config.setRequestRetryBackoffLimit(2);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /// Adds a version or changes one, running pods included.
  public void define(AppVersion version) {
    versions.define(version);
  }

  /// The kubelet with its test hooks.
  public Kubelet kubelet() {
    return kubelet;
  }

  /// Makes a Service reachable on a loopback port until this is closed.
  public synchronized Gateway gateway(String namespace, String service) throws IOException {
    Gateway gateway = Gateway.start(client, namespace, service, seed);
    gateways.add(gateway);
    return gateway;
  }

  @Override
  public synchronized void close() throws IOException {
    for (Gateway gateway : gateways) {
      gateway.close();
    }
    kubelet.close();
    client.close();
  }
}
