package dev.serin.sandbox.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serin.sandbox.support.Manifests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SizesTest {

  private static Deployment deployment(int replicas, int surge, int unavailable) {
    return new Deployment(Manifests.object("""
        {spec: {replicas: %d, strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: %d, maxUnavailable: %d}}}}"""
        .formatted(replicas, surge, unavailable)));
  }

  private static ReplicaSet set(String name, int replicas, int available, int maximum) {
    return new ReplicaSet(Manifests.object("""
        {metadata: {name: '%s', creationTimestamp: '%s', annotations: {'deployment.kubernetes.io/max-replicas': '%d'}},
         spec: {replicas: %d}, status: {replicas: %d, availableReplicas: %d}}"""
        .formatted(name, name, maximum, replicas, replicas, available)));
  }

  // The example in the comment of reconcileOldReplicaSets, pkg/controller/deployment/rolling.go, Kubernetes v1.36.3.
  @Test
  @DisplayName("Pods of a new version that never serve do not let the old version shrink, even when one of its pods fails")
  void keepsTheOldVersion() {
    assertThat(Sizes.rolling(deployment(10, 3, 2), set("new", 5, 0, 13), List.of(set("old", 8, 7, 13)))).isEmpty();
  }

  @Test
  @DisplayName("An old version gives up its failed pods first")
  void cleansUp() {
    assertThat(
        Sizes.rolling(deployment(10, 3, 2), set("new", 5, 5, 13), List.of(set("a", 4, 1, 13), set("b", 4, 4, 13))))
        .containsEntry("a", 0).containsEntry("b", 3);
  }

  @Test
  @DisplayName("The new version grows only into the room that the surge leaves")
  void growsIntoTheSurge() {
    assertThat(Sizes.rolling(deployment(10, 3, 2), set("new", 0, 0, 13), List.of(set("old", 10, 10, 13))))
        .containsOnly(Map.entry("new", 3));
  }

  @Test
  @DisplayName("What rounding leaves over goes to the largest ReplicaSet")
  void givesLeftoversToTheLargest() {
    // 5 * 12 / 11 = 5.45 and 3 * 12 / 11 = 3.3: all round down, one pod is left.
    var fleet = new Fleet(set("c", 3, 3, 11), List.of(set("a", 5, 5, 11), set("b", 3, 3, 11)));

    assertThat(Sizes.scaled(deployment(12, 0, 1), fleet)).containsEntry("a", 6).containsEntry("b", 3).containsEntry("c",
        3);
  }

  @Test
  @DisplayName("Scaling to zero empties every ReplicaSet")
  void scalesToZero() {
    var fleet = new Fleet(set("b", 3, 3, 13), List.of(set("a", 10, 10, 13)));

    assertThat(Sizes.scaled(deployment(0, 3, 2), fleet)).containsEntry("a", 0).containsEntry("b", 0);
  }
}
