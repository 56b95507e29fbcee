package dev.serin.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.Cluster;
import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RealControlPlane
class WorkloadWriterIT {

  private final ControlPlane plane;
  private final KubernetesClient client;
  private final WorkloadWriter writer;
  private final String namespace;

  WorkloadWriterIT(ControlPlane plane) {
    this.plane = plane;
    this.client = plane.client(Actor.ADMIN);
    this.writer = new WorkloadWriter(client);
    Cluster.applyDefinitions(plane);
    this.namespace = plane.newNamespace("writer");
  }

  @BeforeEach
  void shop() {
    Cluster.applyRollout(plane, namespace, "shop");
    plane.applyYaml(namespace, """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 0
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec: {containers: [{name: app, image: "shop:1"}]}
        """);
  }

  @Test
  @DisplayName("A template that a deleted Rollout of this name kept gives way, and the next keep keeps ours")
  void leftover() {
    occupy("ownerReferences: [" + owner("Rollout", "shop", 1) + "]");

    keep(true);
    assertThat(kept()).isNull();
    keep(true);

    assertThat(kept().hasOwnerReferenceFor(rollout().getMetadata().getUid())).isTrue();
    assertThat(kept().getData()).asString().contains("shop:1");
  }

  @Test
  @DisplayName("A process that still works for the Rollout before does not touch what the Rollout of its name keeps now")
  void successors() {
    occupy("ownerReferences: [" + owner("Rollout", "shop", 1) + "]");

    assertStays(false);
  }

  @ParameterizedTest
  @MethodSource
  @DisplayName("What somebody else has under the name of a template stays, and the refusal says what to do")
  void somebodyElses(String metadata) {
    occupy(metadata);

    assertStays(true);
  }

  static Stream<String> somebodyElses() {
    return Stream.of("labels: {app: other}", "ownerReferences: [" + owner("Rollout", "stall", 1) + "]",
        "ownerReferences: [" + owner("Analysis", "shop", 1) + "]",
        "ownerReferences: [" + owner("Rollout", "shop", 1) + ", " + owner("Rollout", "stall", 2) + "]");
  }

  /// In a version that is not served: the garbage collector leaves it alone.
  private static String owner(String kind, String name, int uid) {
    return "{apiVersion: serin.dev/v1, kind: %s, name: %s, uid: 11111111-2222-3333-4444-55555555555%d}".formatted(kind,
        name, uid);
  }

  private void assertStays(boolean current) {
    String before = kept().getMetadata().getUid();

    assertThatThrownBy(() -> keep(current)).isInstanceOf(NameTaken.class).hasMessageContaining("rename or delete it");

    assertThat(kept().getMetadata()).satisfies(metadata -> {
      assertThat(metadata.getUid()).isEqualTo(before);
      assertThat(metadata.getDeletionTimestamp()).isNull();
    });
  }

  private void occupy(String metadata) {
    plane.applyYaml(namespace, """
        apiVersion: apps/v1
        kind: ControllerRevision
        metadata: {name: %s, %s}
        revision: 1
        data: {note: another}
        """.formatted(name(), metadata));
  }

  private void keep(boolean current) {
    writer.keep(rollout(), stable(), template(), 1, () -> current);
  }

  private ControllerRevision kept() {
    return client.apps().controllerRevisions().inNamespace(namespace).withName(name()).get();
  }

  private String name() {
    return "shop-" + template().revision();
  }

  private PodTemplate template() {
    return PodTemplate.of(stable().json());
  }

  private DeploymentView stable() {
    return new WorkloadReader(client).deployment(namespace, "shop").orElseThrow();
  }

  private Rollout rollout() {
    return client.resources(Rollout.class).inNamespace(namespace).withName("shop").get();
  }
}
