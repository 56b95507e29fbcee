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

/// An operator in this JVM that looks after one namespace and reaches the API server through a proxy of its own. What
/// the proxy kills is dead for the API server: not a byte of it arrives any more, whatever the threads here still do.
final class ProxiedOperator implements AutoCloseable {

  private final FaultProxy proxy;
  private final Path kubeconfig;
  private final SerinOperator operator;

  private ProxiedOperator(FaultProxy proxy, Path kubeconfig, SerinOperator operator) {
    this.proxy = proxy;
    this.kubeconfig = kubeconfig;
    this.operator = operator;
  }

  /// @param proxy
  ///          with its plan; ends with this
  static ProxiedOperator start(FaultProxy proxy, String namespace) {
    try {
      Path kubeconfig = Files.writeString(Files.createTempFile("serin-sweep-", ".kubeconfig"), proxy.kubeconfig());
      return new ProxiedOperator(proxy, kubeconfig, SerinOperator.start(new OperatorSettings(kubeconfig.toString(),
          List.of(namespace), 0, "127.0.0.1", true, Duration.ofMinutes(10))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FaultProxy proxy() {
    return proxy;
  }

  @Override
  public void close() {
    // Nothing that is still under way reaches the API server.
    proxy.close();
    operator.close();
    try {
      Files.delete(kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
