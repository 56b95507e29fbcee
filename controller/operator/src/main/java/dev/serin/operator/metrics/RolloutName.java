package dev.serin.operator.metrics;

/// A Rollout's place in the cluster, the only name that becomes a label.
public record RolloutName(String namespace, String name) {}
