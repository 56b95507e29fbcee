/// A model of everything around the rollout machine, searched breadth-first: every order of looks, writes, pods,
/// verdicts and people's hands that a small budget allows.
///
/// What is modelled: the user's Deployment, the canary, an orphan of it, kept templates, the Analysis of the attempt, the
/// Rollout with its record, and two controllers. The machine under test is the real one; only the cluster is a model.
///
/// What is abstracted, so that the states are finitely many:
/// - **Instants.** Only three questions are asked of them. Whether an attempt or a step is the one that an Analysis
///   speaks of: recorded instants are one value, the present is another, and a decision that records the present begins
///   anew. Whether a deadline has passed: a flag, reset by each new state. Nothing else depends on time.
/// - **Sequences and orders** are replaced by their ranks. A Deployment that an earlier Rollout has resumed often keeps a
///   number far above the sequence of the new one; otherwise the sequence is above every order.
/// - **Pods.** Of the Deployment: which revisions run, and whether none, all or all settled ones are ready. Of the canary:
///   how many are asked for, how many are ready, whether some still end.
/// - **Resource versions.** A write that was decided earlier is forgotten as soon as what fences it has changed, since it
///   can only fail from then on. A raise is first checked against the canary and the Rollout, in this order, and then
///   written against that version of the canary, whatever the Rollout says by then. What a writer reads and writes at
///   once, it writes on the version that it read; only the way down to no pods needs no version.
/// - **Crashes and lost replies** need no steps of their own: the machine remembers nothing, so that a crash is a look
///   without a write, and a lost reply is a write like any other. What a stale write may do, the second controller does.
/// - **People** act a few times on each path (`Setting`); Kubernetes, the judge and approvals that are asked for are free.
@NullMarked
package dev.serin.rollout.model;

import org.jspecify.annotations.NullMarked;
