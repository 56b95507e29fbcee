package dev.serin.e2e.sweep;

import dev.serin.sandbox.SandboxNodes;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.chart.Chart;
import dev.serin.testkit.monitor.SafetyMonitor;
import dev.serin.testkit.monitor.check.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A cluster with the chart, a node and the safety monitor, but no operator: each run brings its own, behind a proxy.
final class SweepCluster implements AutoCloseable {

  private static final String NAMESPACE = "serin-system";
  private static final long SEED = 20_261_125;

  private final ControlPlane plane;
  private final SandboxNodes nodes;
  private final SafetyMonitor monitor;
  private final String kubeconfig;

  private SweepCluster(ControlPlane plane, SandboxNodes nodes, SafetyMonitor monitor, String kubeconfig) {
    this.plane = plane;
    this.nodes = nodes;
    this.monitor = monitor;
    this.kubeconfig = kubeconfig;
  }

  static SweepCluster start() {
    try {
      var plane = ControlPlane.start();
      plane.applyYaml("""
          apiVersion: v1
          kind: Namespace
          metadata: {name: %s}
          """.formatted(NAMESPACE));
      plane.applyYaml(NAMESPACE, Chart.render(NAMESPACE, "hold: {policy: Always}").yaml());
      Path kubeconfig = plane.kubeconfigFor(NAMESPACE, "serin");
      return new SweepCluster(plane,
          SandboxNodes.start(plane.kubeconfigText(Actor.KUBELET), List.of(), InstantSource.system(), SEED),
          SafetyMonitor.start(plane), Files.readString(kubeconfig));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the cluster started", e);
    }
  }

  ControlPlane plane() {
    return plane;
  }

  SandboxNodes nodes() {
    return nodes;
  }

  /// A kubeconfig with the rights of the chart's ServiceAccount.
  String kubeconfig() {
    return kubeconfig;
  }

  /// The invariants that were broken in a namespace, by whatever was written until now.
  synchronized List<Violation> violations(String namespace) {
    monitor.awaitCaughtUp();
    return monitor.violationsIn(namespace);
  }

  @Override
  public void close() throws IOException {
    monitor.close();
    nodes.close();
    plane.close();
  }
}
