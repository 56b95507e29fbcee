package dev.serin.operator;

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
  private @Nullable Instant askedAt;
  private boolean answered;

  ApiProbe(@Named("api") KubernetesClient api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
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
    } catch (KubernetesClientException _) {
      // The reason is not ours to tell on an open port; the request is counted with its code.
      return false;
    }
  }
}
