package dev.serin.testkit.monitor.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that is stored at one revision, and what belongs together.
public final class World {

  private static final Set<String> ENDED = Set.of("Failed", "Succeeded");

  private final Map<String, StoredObject> byKey = new HashMap<>();
  private final Map<Shelf, Map<String, StoredObject>> shelves = new HashMap<>();

  private record Shelf(String type, String namespace) {}

  /// Puts an object in the place of what the key held, or takes it away.
  ///
  /// @return what the key held
  public @Nullable StoredObject replace(String key, @Nullable StoredObject now) {
    StoredObject old = now == null ? byKey.remove(key) : byKey.put(key, now);
    if (old != null) {
      shelf(old.type(), old.namespace()).remove(old.name());
    }
    if (now != null) {
      shelf(now.type(), now.namespace()).put(now.name(), now);
    }
    return old;
  }

  /// Number of objects by type.
  public Map<String, Integer> count() {
    Map<String, Integer> count = new TreeMap<>();
    shelves.forEach((shelf, objects) -> {
      if (!objects.isEmpty()) {
        count.merge(shelf.type(), objects.size(), Integer::sum);
      }
    });
    return count;
  }

  public Optional<StoredObject> find(String type, String namespace, String name) {
    return Optional.ofNullable(shelf(type, namespace).get(name));
  }

  /// The Rollout that a Deployment names by its label.
  public Optional<RolloutView> rolloutOf(DeploymentView deployment) {
    return find(RolloutView.TYPE, deployment.namespace(), deployment.rollout()).map(RolloutView::new);
  }

  /// The Rollouts that name a Deployment as their workload.
  public List<RolloutView> rolloutsFor(DeploymentView workload) {
    return rollouts(workload.namespace()).filter(rollout -> rollout.workload().equals(workload.name())).toList();
  }

  public Stream<RolloutView> rollouts(String namespace) {
    return all(RolloutView.TYPE, namespace).stream().map(RolloutView::new);
  }

  /// The user's Deployment.
  public Optional<DeploymentView> workloadOf(RolloutView rollout) {
    return find(DeploymentView.TYPE, rollout.namespace(), rollout.workload()).map(DeploymentView::new);
  }

  /// All Deployments that say that they are a canary of this Rollout.
  public List<DeploymentView> canariesOf(RolloutView rollout) {
    return all(DeploymentView.TYPE, rollout.namespace()).stream().map(DeploymentView::new)
        .filter(DeploymentView::canary).filter(canary -> canary.rollout().equals(rollout.name())).toList();
  }

  /// Revisions of all templates that are kept for a Rollout, worked out from the templates themselves.
  public Set<String> keptFor(RolloutView rollout) {
    return all(StoredObject.CONTROLLER_REVISION, rollout.namespace()).stream()
        .filter(kept -> kept.owners().stream().anyMatch(owner -> owner.uid().equals(rollout.uid())))
        .map(kept -> TemplateRevision.of(kept.json().at("/data/template"))).collect(Collectors.toSet());
  }

  /// Revisions of the pods of a Deployment that neither end nor have ended.
  public Set<String> runningRevisions(DeploymentView deployment) {
    Map<String, String> revisions = all(StoredObject.REPLICA_SET, deployment.namespace()).stream()
        .filter(set -> set.controllerUid().equals(deployment.uid()))
        .collect(Collectors.toMap(StoredObject::uid, set -> TemplateRevision.of(set.json().at("/spec/template"))));
    return pods(deployment.namespace()).flatMap(pod -> Stream.ofNullable(revisions.get(pod.controllerUid())))
        .collect(Collectors.toSet());
  }

  /// Pods that a Deployment's selector matches and that neither end nor have ended.
  public List<StoredObject> podsSelectedBy(DeploymentView deployment) {
    return pods(deployment.namespace()).filter(deployment::selects).toList();
  }

  /// Ready pods of a Deployment, those that are ending included.
  public int readyPods(DeploymentView deployment) {
    return (int) podsOf(deployment).filter(World::ready).count();
  }

  /// Ready pods of a Deployment that are not ending.
  public int servingPods(DeploymentView deployment) {
    return (int) podsOf(deployment).filter(World::ready).filter(pod -> !pod.terminating()).count();
  }

  /// Whether a pod, there or gone, belongs to a Deployment.
  public boolean owns(DeploymentView deployment, StoredObject pod) {
    return replicaSets(deployment.namespace()).filter(set -> set.controllerUid().equals(deployment.uid()))
        .anyMatch(set -> set.uid().equals(pod.controllerUid()));
  }

  public Stream<StoredObject> replicaSets(String namespace) {
    return all(StoredObject.REPLICA_SET, namespace).stream();
  }

  /// The Analyses of a Rollout.
  public Stream<StoredObject> analysesOf(RolloutView rollout) {
    return all(StoredObject.ANALYSIS, rollout.namespace()).stream()
        .filter(analysis -> analysis.owners().stream().anyMatch(owner -> owner.uid().equals(rollout.uid())));
  }

  private Stream<StoredObject> podsOf(DeploymentView deployment) {
    Set<String> sets = replicaSets(deployment.namespace())
        .filter(set -> set.controllerUid().equals(deployment.uid())).map(StoredObject::uid)
        .collect(Collectors.toSet());
    return all(StoredObject.POD, deployment.namespace()).stream().filter(pod -> sets.contains(pod.controllerUid()));
  }

  /// Whether a namespace is on its way out, or gone.
  public boolean leaving(String namespace) {
    return find(StoredObject.NAMESPACE, "", namespace).map(StoredObject::terminating).orElse(true);
  }

  private Stream<StoredObject> pods(String namespace) {
    return all(StoredObject.POD, namespace).stream().filter(pod -> !pod.terminating())
        .filter(pod -> !ENDED.contains(pod.json().at("/status/phase").asText()));
  }

  /// Whether a pod says that it is ready.
  public static boolean ready(StoredObject pod) {
    for (JsonNode condition : pod.json().at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private Collection<StoredObject> all(String type, String namespace) {
    return shelf(type, namespace).values();
  }

  private Map<String, StoredObject> shelf(String type, String namespace) {
    return shelves.computeIfAbsent(new Shelf(type, namespace), _ -> new TreeMap<>());
  }
}
