package dev.serin.operator;

import dev.serin.operator.metrics.SerinMetrics;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.File;
import java.time.Duration;

/// The two clients of the process: `api` for objects and watches, `logs` for log streams, which stay open for hours and
/// must not compete with a rollback for connections.
///
/// HTTP/2 is off, because a server's cap on streams stalls at about a hundred watches and log streams. Nothing is
/// retried here: a POST whose reply was lost would be sent again. What may be tried again is decided by who sent it.
@Factory
final class KubernetesClients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration REQUEST = Duration.ofSeconds(10);

  @Singleton
  @Named("api")
  @Bean(preDestroy = "close")
  KubernetesClient api(OperatorSettings settings, SerinMetrics metrics) {
    return client(settings, metrics);
  }

  @Singleton
  @Named("logs")
  @Bean(preDestroy = "close")
  KubernetesClient logs(OperatorSettings settings, SerinMetrics metrics) {
    return client(settings, metrics);
  }

  private static KubernetesClient client(OperatorSettings settings, SerinMetrics metrics) {
    var meter = new RequestMeter(metrics);
    return new KubernetesClientBuilder().withHttpClientFactory(new JdkHttpClientFactory())
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("serin",
            meter))
        .withConfig(config(settings))
        .build();
  }

  private static Config config(OperatorSettings settings) {
    var found = settings.kubeconfig() == null
        ? Config.autoConfigure(null)
        : Config.fromKubeconfig(new File(settings.kubeconfig()));
    return new ConfigBuilder(found).withHttp2Disable(true)
        .withOnlyHttpWatches(settings.onlyHttpWatches())
        .withConnectionTimeout(Math.toIntExact(CONNECT.toMillis()))
        .withRequestTimeout(Math.toIntExact(REQUEST.toMillis()))
        .withRequestRetryBackoffLimit(0)
        .withUserAgent("serin-operator")
        .build();
  }
}
