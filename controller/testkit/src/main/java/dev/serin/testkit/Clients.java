package dev.serin.testkit;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;

/// Fabric8 clients for tests: a failing request fails within seconds, not after two minutes of retries.
public final class Clients {

  private Clients() {}

  /// A client for the server and token of a kubeconfig text; the caller closes it.
  public static KubernetesClient client(String kubeconfig) {
    Config config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
        // An HTTP/2 server allows about 100 streams per connection; watches beyond that would stall.
        .withHttp2Disable(true).withConnectionTimeout(2_000).withRequestTimeout(10_000).withRequestRetryBackoffLimit(1)
        .withRequestRetryBackoffInterval(50).withWatchReconnectInterval(100).build();
    return new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(new JdkHttpClientFactory()).build();
  }
}
