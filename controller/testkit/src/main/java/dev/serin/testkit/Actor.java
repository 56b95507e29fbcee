package dev.serin.testkit;

import java.util.Locale;

/// Who speaks to the API server in a test. Each has an own token, so that the audit log tells who wrote what; all may
/// do
/// everything. The operator under test is none of them: it gets the token of its ServiceAccount.
public enum Actor {
  /// Sets up the cluster: CRDs, charts, namespaces.
  ADMIN,
  /// A person with kubectl.
  PERSON,
  /// A GitOps controller or a pipeline that applies manifests.
  DELIVERY,
  /// An autoscaler or another controller that scales workloads.
  AUTOSCALER,
  /// Plays the node: binds, starts and ends pods.
  KUBELET,
  /// Splits requests over pods.
  GATEWAY,
  /// Sends requests.
  LOAD,
  /// The test itself, where it only looks.
  OBSERVER,
  /// kube-controller-manager.
  CONTROLLER_MANAGER;

  /// The user name in the audit log, such as `person`.
  public String user() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
