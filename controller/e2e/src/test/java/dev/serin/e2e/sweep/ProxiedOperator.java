package dev.serin.e2e.sweep;

import dev.serin.operator.OperatorSettings;
import dev.serin.operator.SerinOperator;
import dev.serin.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// An operator in this JVM that looks after one namespace and reaches the API server through a proxy of its own. What
/// the proxy kills is dead for the API server: not a byte of it arrives any more, whatever the threads here still do.
final class ProxiedOperator implements AutoCloseable {

  private final FaultProxy proxy;
  private final Path kubeconfig;
  private final CompletableFuture<SerinOperator> operator;

  private ProxiedOperator(FaultProxy proxy, Path kubeconfig, CompletableFuture<SerinOperator> operator) {
    this.proxy = proxy;
    this.kubeconfig = kubeconfig;
    this.operator = operator;
  }

  /// Begins to start an operator. It may be killed before it is up.
  ///
  /// @param proxy
  ///          with its plan; ends with this
  static ProxiedOperator start(FaultProxy proxy, String namespace) {
    try {
      Path kubeconfig = Files.writeString(Files.createTempFile("serin-sweep-", ".kubeconfig"), proxy.kubeconfig());
      var settings = new OperatorSettings(kubeconfig.toString(), List.of(namespace), 0, "127.0.0.1", true,
          Duration.ofMinutes(10), Duration.ofMinutes(10), 500, "");
      var operator = new CompletableFuture<SerinOperator>();
      Thread.ofPlatform().daemon().name("start-operator").start(() -> {
        try {
          operator.complete(SerinOperator.start(settings));
        } catch (RuntimeException e) {
          operator.completeExceptionally(e);
        }
      });
      return new ProxiedOperator(proxy, kubeconfig, operator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FaultProxy proxy() {
    return proxy;
  }

  /// Nothing that is still under way reaches the API server.
  @Override
  public void close() {
    proxy.close();
    // One that was killed while it started has closed itself.
    operator.handle((started, failed) -> {
      if (failed == null) {
        started.close();
      }
      return null;
    }).join();
    try {
      Files.delete(kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
