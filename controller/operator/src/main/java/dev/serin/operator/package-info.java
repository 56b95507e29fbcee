/// The operator as a program: settings, the Kubernetes clients, the reconcile loop's framework, health and logs.
///
/// Nothing here decides anything about a Rollout. The loop itself is a `Reconciler<Rollout>` bean that this package
/// only runs.
@NullMarked
package dev.serin.operator;

import org.jspecify.annotations.NullMarked;
