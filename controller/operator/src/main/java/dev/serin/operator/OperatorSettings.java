package dev.serin.operator;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an administrator can set. Each has an environment variable, such as `SERIN_HTTP_PORT` for `serin.http-port`;
/// the defaults stand in `application.properties`.
///
/// @param kubeconfig file to connect with; null means `KUBECONFIG`, else `~/.kube/config`, else the pod's
///   ServiceAccount
/// @param namespaces namespaces whose Rollouts are looked after, at most 100; empty means all
/// @param httpPort port of health and metrics, 0..65535; 0 takes a free one
/// @param bindAddress address that port listens on: 127.0.0.1 unless probes come from outside, as in a pod
/// @param onlyHttpWatches watch over plain HTTP, for API servers and proxies without WebSockets
/// @param relook longest time between two looks at a Rollout that nothing happens to, 1 s..1 h
/// @param holdProof how long a proof that new templates are held counts; the next look after that repeats it, 1 s..1 h
/// @param logStreams logs that are followed at once, 2..10,000; the logs of a trial beyond that wait, and its windows are
///   missing until then
/// @param tenantKey hides the names of tenants, at least 16 characters; empty takes a key that ends with the process: after
///   a restart tenants are not told apart until the next version. No text shows it
@ConfigurationProperties("serin")
public record OperatorSettings(@Nullable String kubeconfig, List<String> namespaces, int httpPort, String bindAddress,
    boolean onlyHttpWatches, Duration relook, Duration holdProof, int logStreams, String tenantKey) {
  private static final int TENANT_KEY = 16;
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  public OperatorSettings {
    kubeconfig = kubeconfig == null || kubeconfig.isBlank() ? null : kubeconfig;
    // An empty variable binds as one empty name.
    namespaces = namespaces.stream().map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
    if (namespaces.size() > 100) {
      throw new IllegalArgumentException("serin.namespaces must name at most 100, was " + namespaces.size());
    }
    for (var name : namespaces) {
      if (!NAMESPACE.matcher(name).matches()) {
        throw new IllegalArgumentException("serin.namespaces must hold namespace names, was '" + name + "'");
      }
    }
    if (httpPort < 0 || httpPort > 65_535) {
      throw new IllegalArgumentException("serin.http-port must be 0..65535, was " + httpPort);
    }
    if (bindAddress.isBlank()) {
      throw new IllegalArgumentException("serin.bind-address must not be empty");
    }
    requireUpToAnHour("serin.relook", relook);
    requireUpToAnHour("serin.hold-proof", holdProof);
    if (logStreams < 2 || logStreams > 10_000) {
      throw new IllegalArgumentException("serin.log-streams must be 2..10000, was " + logStreams);
    }
    tenantKey = tenantKey.strip();
    if (!tenantKey.isEmpty() && tenantKey.length() < TENANT_KEY) {
      throw new IllegalArgumentException(
          "serin.tenant-key must have at least " + TENANT_KEY + " characters, had " + tenantKey.length());
    }
  }

  /// Settings for an operator on this machine: every namespace, any free port on 127.0.0.1.
  public static OperatorSettings local(Path kubeconfig) {
    return new OperatorSettings(kubeconfig.toString(), List.of(), 0, "127.0.0.1", false, Duration.ofMinutes(10),
        Duration.ofMinutes(10), 500, "");
  }

  /// The same settings with plain HTTP watches.
  public OperatorSettings withOnlyHttpWatches() {
    return new OperatorSettings(kubeconfig, namespaces, httpPort, bindAddress, true, relook, holdProof,
        logStreams, tenantKey);
  }

  /// The settings as configuration properties, so that code and environment take one way in.
  Map<String, Object> properties() {
    return Map.of("serin.tenant-key", tenantKey, "serin.kubeconfig", kubeconfig == null ? "" : kubeconfig,
        "serin.namespaces",
        namespaces.stream().collect(Collectors.joining(",")), "serin.http-port", httpPort, "serin.bind-address",
        bindAddress, "serin.only-http-watches", onlyHttpWatches, "serin.relook", relook.toString(),
        "serin.hold-proof", holdProof.toString(), "serin.log-streams", logStreams);
  }

  /// Without the key.
  @Override
  public String toString() {
    return "OperatorSettings[namespaces=" + namespaces + ", bindAddress=" + bindAddress + ", httpPort=" + httpPort
        + "]";
  }

  private static void requireUpToAnHour(String setting, Duration value) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(setting + " must be 1s..1h, was " + value);
    }
  }
}
