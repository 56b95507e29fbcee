package dev.serin.operator;

import dev.serin.operator.metrics.SerinMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Whether the API server answers. An answer is kept for five seconds, so that whoever asks us often does not ask it
/// often.
@Singleton
final class ApiProbe {
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final KubernetesClient api;
  private final InstantSource clock;
  private final SerinMetrics metrics;
  private @Nullable Instant askedAt;
  private boolean answered;

  ApiProbe(@Named("api") KubernetesClient api, InstantSource clock, SerinMetrics metrics) {
    this.api = api;
    this.clock = clock;
    this.metrics = metrics;
  }

  /// Blocks for at most one request's time.
  synchronized boolean reachable() {
    var now = clock.instant();
    // A clock that was set back must not keep an answer for long.
    if (askedAt == null || now.isBefore(askedAt) || !now.isBefore(askedAt.plus(KEPT))) {
      answered = ask();
      askedAt = now;
    }
    return answered;
  }

  private boolean ask() {
    try {
      return api.getKubernetesVersion() != null;
    } catch (KubernetesClientException e) {
      // The reason is not ours to tell on an open port. An answer was counted already; -1 means that there was none.
      if (e.getCode() <= 0) {
        metrics.kubeRequest("get", "other", "error");
      }
      return false;
    }
  }
}
