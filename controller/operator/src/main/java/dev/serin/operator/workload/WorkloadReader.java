package dev.serin.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.operator.workload.WorkloadSnapshot.CanarySnapshot;
import dev.serin.operator.workload.WorkloadSnapshot.StraySet;
import dev.serin.rollout.Revision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Filterable;
import io.fabric8.kubernetes.client.dsl.Listable;
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

  private static final String SELECTED = "/spec/selector/matchLabels";

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

  /// The canary as it is now, whatever became of the user's Deployment.
  public Optional<CanarySnapshot> canary(Rollout rollout) {
    return deployment(rollout.getMetadata().getNamespace(), canaryName(rollout))
        .map(canary -> canary(canary, fleet(canary)));
  }

  /// A Deployment as it is now.
  public Optional<DeploymentView> deployment(String namespace, String name) {
    return Optional.ofNullable(client.genericKubernetesResources(DEPLOYMENTS).inNamespace(namespace).withName(name)
        .get()).map(this::json).map(DeploymentView::new);
  }

  /// The Deployments that carry a Rollout's label, canaries left out.
  ///
  /// @param namespaces
  ///          where to look; empty means everywhere
  public List<DeploymentView> watched(List<String> namespaces) {
    var all = client.genericKubernetesResources(DEPLOYMENTS);
    var places = namespaces.isEmpty()
        ? Stream.of(all.inAnyNamespace())
        : namespaces.stream().map(all::inNamespace);
    return places.flatMap(place -> butCanaries(place.withLabel(Keys.ROLLOUT))).toList();
  }

  /// The Deployments that carry the label of this Rollout, canaries left out.
  public List<DeploymentView> watchedBy(String namespace, String rollout) {
    return butCanaries(
        client.genericKubernetesResources(DEPLOYMENTS).inNamespace(namespace).withLabel(Keys.ROLLOUT, rollout))
        .toList();
  }

  private Stream<DeploymentView> butCanaries(
      Filterable<? extends Listable<GenericKubernetesResourceList>> labelled) {
    return labelled.withoutLabel(Keys.ARM).list().getItems().stream().map(this::json).map(DeploymentView::new);
  }

  /// Whether the pods of this Deployment run its template and no other.
  public boolean runs(DeploymentView deployment) {
    Revision live = PodTemplate.of(deployment.json()).revision();
    List<FleetPod> pods = podsOf(deployment, fleet(deployment)).stream().filter(pod -> !pod.terminating()).toList();
    return pods.isEmpty()
        ? deployment.replicas() == 0
        : pods.stream().allMatch(pod -> pod.revision().equals(live));
  }

  /// ReplicaSets and pods that one selector finds.
  private record Fleet(Map<String, OwnedTemplate> replicaSets, List<JsonNode> sets, List<Pod> pods) {}

  /// A ReplicaSet: the uid of its Deployment, and what its pods run.
  private record OwnedTemplate(String owner, PodTemplate template) {}

  private Fleet fleet(DeploymentView deployment) {
    var selector = client.getKubernetesSerialization().convertValue(deployment.json().at("/spec/selector"),
        LabelSelector.class);
    List<JsonNode> sets = client.genericKubernetesResources(REPLICA_SETS).inNamespace(deployment.namespace())
        .withLabelSelector(selector).list().getItems().stream().map(this::json).toList();
    Map<String, OwnedTemplate> replicaSets = new HashMap<>();
    sets.forEach(set -> replicaSets.put(set.at("/metadata/uid").asText(),
        new OwnedTemplate(owner(set), PodTemplate.of(set))));
    return new Fleet(replicaSets, sets, client.pods().inNamespace(deployment.namespace()).withLabelSelector(selector)
        .list().getItems());
  }

  private WorkloadSnapshot snapshot(Rollout rollout, DeploymentView stable, Optional<DeploymentView> canary) {
    // The canary's template carries the user's labels too, so one selector finds the objects of both.
    Fleet fleet = fleet(stable);
    Map<Revision, PodTemplate> templates = new HashMap<>();
    fleet.replicaSets().values().stream().filter(set -> set.owner().equals(stable.uid()))
        .forEach(set -> templates.put(set.template().revision(), set.template()));
    PodTemplate live = PodTemplate.of(stable.json());
    templates.put(live.revision(), live);
    return new WorkloadSnapshot(stable, templates, podsOf(stable, fleet), canary.map(view -> canary(view, fleet)),
        kept(rollout), stray(stable, fleet));
  }

  private static CanarySnapshot canary(DeploymentView canary, Fleet fleet) {
    return new CanarySnapshot(canary, podsOf(canary, fleet));
  }

  private static List<FleetPod> podsOf(DeploymentView deployment, Fleet fleet) {
    return fleet.pods().stream().filter(pod -> !ended(pod))
        .flatMap(pod -> controller(pod).flatMap(uid -> Optional.ofNullable(fleet.replicaSets().get(uid)))
            .filter(set -> set.owner().equals(deployment.uid()))
            .map(set -> new FleetPod(pod, set.template().revision())).stream())
        .toList();
  }

  /// A canary that was deleted without its pods leaves a ReplicaSet that the user's Deployment adopts. Its selector tells
  /// it from one that the Deployment made: labels come from the pod template, in which the user may have written anything.
  private static Optional<StraySet> stray(DeploymentView stable, Fleet fleet) {
    if (stable.json().at(SELECTED).has(Keys.ARM)) {
      return Optional.empty();
    }
    return fleet.sets().stream().filter(set -> set.at(SELECTED).has(Keys.ARM))
        .filter(set -> owner(set).isEmpty() || owner(set).equals(stable.uid()))
        .filter(set -> !set.at("/metadata").hasNonNull("deletionTimestamp")).findFirst()
        .map(set -> new StraySet(stable.namespace(), set.at("/metadata/name").asText(),
            set.at("/metadata/uid").asText(), set.at("/spec/replicas").asInt(1),
            set.at("/status/replicas").asInt(0)));
  }

  private Set<Revision> kept(Rollout rollout) {
    return client.apps().controllerRevisions().inNamespace(rollout.getMetadata().getNamespace())
        .withLabel(Keys.ROLLOUT, rollout.getMetadata().getName()).list().getItems().stream()
        .filter(kept -> kept.hasOwnerReferenceFor(rollout.getMetadata().getUid()))
        .flatMap(kept -> Revision.parse(kept.getMetadata().getLabels().get(Keys.REVISION)).stream())
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
