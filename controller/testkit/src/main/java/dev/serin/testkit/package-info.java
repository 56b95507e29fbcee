/// A real Kubernetes control plane for tests: etcd, kube-apiserver and kube-controller-manager as child processes.
///
/// Tests ask for it with [dev.serin.testkit.RealControlPlane]. There is no scheduler and no node: pods stay Pending
/// until
/// something plays the kubelet.
@NullMarked
package dev.serin.testkit;

import org.jspecify.annotations.NullMarked;
