package dev.serin.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.rollout.Revision;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads a Rollout's workload live: the Deployment, its ReplicaSets and pods, the canary, the kept templates.
public final class WorkloadReader {

  static final ResourceDefinitionContext DEPLOYMENTS = apps("Deployment", "deployments");
  static final ResourceDefinitionContext REPLICA_SETS = apps("ReplicaSet", "replicasets");

  private final KubernetesClient client;

  public WorkloadReader(KubernetesClient client) {
    this.client = client;
  }

  /// Name of the canary Deployment of a Rollout.
  public static String canaryName(Rollout rollout) {
    return rollout.getMetadata().getName() + "-canary";
  }

  /// The workload as it is now; empty if the Deployment does not exist or is being deleted.
  public Optional<WorkloadSnapshot> read(Rollout rollout) {
    String namespace = rollout.getMetadata().getNamespace();
    return deployment(namespace, rollout.getSpec().workloadRef().name()).filter(stable -> !stable.terminating())
        .map(stable -> snapshot(rollout, stable, deployment(namespace, canaryName(rollout))));
  }

  /// A Deployment as it is now.
  public Optional<DeploymentView> deployment(String namespace, String name) {
    return Optional.ofNullable(client.genericKubernetesResources(DEPLOYMENTS).inNamespace(namespace).withName(name)
        .get()).map(this::json).map(DeploymentView::new);
  }

  private WorkloadSnapshot snapshot(Rollout rollout, DeploymentView stable, Optional<DeploymentView> canary) {
    // The canary's template carries the user's labels too, so one selector finds the objects of both.
    var selector = client.getKubernetesSerialization().convertValue(stable.json().at("/spec/selector"),
        LabelSelector.class);
    Map<String, OwnedTemplate> replicaSets = new HashMap<>();
    client.genericKubernetesResources(REPLICA_SETS).inNamespace(stable.namespace()).withLabelSelector(selector).list()
        .getItems().stream().map(this::json).forEach(set -> replicaSets.put(set.at("/metadata/uid").asText(),
            new OwnedTemplate(owner(set), PodTemplate.of(set))));
    List<Pod> pods = client.pods().inNamespace(stable.namespace()).withLabelSelector(selector).list().getItems();

    Map<Revision, PodTemplate> templates = new HashMap<>();
    replicaSets.values().stream().filter(set -> set.owner().equals(stable.uid()))
        .forEach(set -> templates.put(set.template().revision(), set.template()));
    PodTemplate live = PodTemplate.of(stable.json());
    templates.put(live.revision(), live);
    return new WorkloadSnapshot(stable, templates, podsOf(stable, pods, replicaSets), canary,
        canary.map(view -> podsOf(view, pods, replicaSets)).orElse(List.of()), kept(rollout));
  }

  /// A ReplicaSet: the uid of its Deployment, and what its pods run.
  private record OwnedTemplate(String owner, PodTemplate template) {}

  private static List<FleetPod> podsOf(DeploymentView deployment, List<Pod> pods,
      Map<String, OwnedTemplate> replicaSets) {
    return pods.stream().filter(pod -> !ended(pod))
        .flatMap(pod -> controller(pod).flatMap(uid -> Optional.ofNullable(replicaSets.get(uid)))
            .filter(set -> set.owner().equals(deployment.uid()))
            .map(set -> new FleetPod(pod, set.template().revision())).stream())
        .toList();
  }

  private Set<Revision> kept(Rollout rollout) {
    return client.apps().controllerRevisions().inNamespace(rollout.getMetadata().getNamespace())
        .withLabel(Keys.ROLLOUT, rollout.getMetadata().getName()).list().getItems().stream()
        .filter(kept -> kept.hasOwnerReferenceFor(rollout.getMetadata().getUid()))
        .flatMap(kept -> Stream.ofNullable(kept.getMetadata().getLabels().get(Keys.REVISION))).map(Revision::new)
        .collect(Collectors.toSet());
  }

  private static String owner(JsonNode object) {
    for (JsonNode reference : object.at("/metadata/ownerReferences")) {
      if (reference.path("controller").asBoolean()) {
        return reference.path("uid").asText();
      }
    }
    return "";
  }

  /// Evicted pods stay in the API for hours; they serve nothing and hold nothing up.
  private static boolean ended(Pod pod) {
    return pod.getStatus() != null
        && ("Failed".equals(pod.getStatus().getPhase()) || "Succeeded".equals(pod.getStatus().getPhase()));
  }

  private static Optional<String> controller(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(reference -> Boolean.TRUE.equals(reference.getController())).map(OwnerReference::getUid).findFirst();
  }

  private JsonNode json(Object resource) {
    return client.getKubernetesSerialization().convertValue(resource, JsonNode.class);
  }

  private static ResourceDefinitionContext apps(String kind, String plural) {
    return new ResourceDefinitionContext.Builder().withGroup("apps").withVersion("v1").withKind(kind)
        .withPlural(plural).withNamespaced(true).build();
  }
}
