package dev.serin.e2e.sweep;

import dev.serin.e2e.planted.PlantedCustomer;
import dev.serin.sandbox.SandboxNodes;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.chart.Chart;
import dev.serin.testkit.monitor.MonitorSettings;
import dev.serin.testkit.monitor.OwnDeletions;
import dev.serin.testkit.monitor.SafetyMonitor;
import dev.serin.testkit.monitor.check.Violation;
import dev.serin.testkit.monitor.etcd.Etcd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A cluster with the chart, a node and the safety monitor, but no operator: each run brings its own, behind a proxy.
final class SweepCluster implements AutoCloseable {

  private static final String NAMESPACE = "serin-system";
  private static final String ACCOUNT = "system:serviceaccount:" + NAMESPACE + ":serin";
  private static final long SEED = 20_261_125;

  private final ControlPlane plane;
  private final SandboxNodes nodes;
  private final SafetyMonitor monitor;
  private final String kubeconfig;
  private final Etcd etcd;

  private SweepCluster(ControlPlane plane, SandboxNodes nodes, SafetyMonitor monitor, String kubeconfig) {
    this.plane = plane;
    this.nodes = nodes;
    this.monitor = monitor;
    this.kubeconfig = kubeconfig;
    this.etcd = new Etcd(plane.etcdUrl());
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
          SafetyMonitor.start(PlantedCustomer.soughtBy(MonitorSettings.of(plane.etcdUrl()))),
          Files.readString(kubeconfig));
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

  /// The newest revision that is stored: lists can be read as they were at it.
  String revision() {
    try {
      return Long.toString(etcd.revision());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking etcd for its revision", e);
    }
  }

  /// Deletions of what was never Serin's own, by all operators until now.
  List<Violation> foreignDeletions() {
    return OwnDeletions.broken(plane.audit(), ACCOUNT);
  }

  @Override
  public void close() throws IOException {
    monitor.close();
    nodes.close();
    plane.close();
  }
}
