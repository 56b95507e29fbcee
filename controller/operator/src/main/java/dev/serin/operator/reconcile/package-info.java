/// The loop: gather, judge, decide, record, apply. Adapters meet here and nowhere else.
///
/// One reconcile makes at most one write. A verdict is in the Analysis before the machine sees it; a raise is in the
/// Rollout's status before a pod is added; traffic is taken away before anything is recorded about it.
@NullMarked
package dev.serin.operator.reconcile;

import org.jspecify.annotations.NullMarked;
