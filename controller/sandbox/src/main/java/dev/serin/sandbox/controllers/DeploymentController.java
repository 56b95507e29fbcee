package dev.serin.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.sandbox.api.select.Selection;
import dev.serin.sandbox.api.store.Cluster;
import dev.serin.sandbox.api.store.DeleteOptions;
import dev.serin.sandbox.api.store.Edit;
import dev.serin.sandbox.api.store.ResourceType;
import dev.serin.sandbox.api.store.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Rolls Deployments from one template to the next, by resizing their ReplicaSets.
final class DeploymentController {

  /// Annotations that say something about the Deployment alone.
  private static final Set<String> NOT_COPIED = Set.of("kubectl.kubernetes.io/last-applied-configuration",
      ReplicaSet.REVISION, ReplicaSet.DESIRED, ReplicaSet.MAXIMUM);

  private final Cluster cluster;
  private final ResourceType deployments;
  private final ResourceType replicaSets;
  private final ScalingEvents events;

  DeploymentController(Cluster cluster) {
    this.cluster = cluster;
    deployments = cluster.types().builtIn("deployments.apps");
    replicaSets = cluster.types().builtIn("replicasets.apps");
    events = new ScalingEvents(cluster);
  }

  void reconcileAll() {
    cluster.list(deployments, "", Selection.ALL).objects().forEach(live -> reconcile(new Deployment(live)));
  }

  private void reconcile(Deployment deployment) {
    var fleet = fleet(deployment);
    if (deployment.isDeleting()) {
      report(deployment, fleet, null, false);
      return;
    }
    var newest = fleet.newest();
    if (newest != null) {
      numberRevision(deployment, newest, fleet.old());
    }
    if (deployment.isPaused() || isScaled(deployment, fleet)) {
      resize(deployment, fleet, Sizes.scaled(deployment, fleet));
      report(deployment, fleet(deployment), null, false);
      return;
    }
    var created = newest == null ? create(deployment, fleet.old()) : null;
    var target = created == null ? newest : created;
    if (target != null) {
      roll(deployment, new Fleet(target, fleet.old()));
    }
    report(deployment, fleet(deployment), created, true);
  }

  private void roll(Deployment deployment, Fleet fleet) {
    var newest = Objects.requireNonNull(fleet.newest());
    var sizes = deployment.rolls()
        ? Sizes.rolling(deployment, newest, fleet.old())
        : Sizes.recreate(deployment, newest, fleet.old());
    resize(deployment, fleet, sizes);
    if (newest.available() == deployment.replicas() && fleet.old().stream().noneMatch(ReplicaSet::isActive)) {
      forget(deployment, fleet.old());
    }
  }

  private Fleet fleet(Deployment deployment) {
    var owned = Owners.children(cluster, deployment.object(), replicaSets).stream().map(ReplicaSet::new)
        .sorted(ReplicaSet.OLDEST_FIRST).toList();
    var newest = owned.stream().filter(each -> each.template().equals(deployment.template())).findFirst();
    return new Fleet(newest.orElse(null),
        owned.stream().filter(each -> newest.isEmpty() || !each.equals(newest.get())).toList());
  }

  private static boolean isScaled(Deployment deployment, Fleet fleet) {
    return fleet.active().stream().map(each -> each.annotation(ReplicaSet.DESIRED))
        .anyMatch(desired -> !desired.isMissingNode() && desired.asInt() != deployment.replicas());
  }

  private ReplicaSet create(Deployment deployment, List<ReplicaSet> old) {
    var hash = hash(deployment.template());
    var body = JsonNodeFactory.instance.objectNode();
    var metadata = body.putObject("metadata").put("name", deployment.name() + "-" + hash);
    metadata.putArray("ownerReferences").add(Owners.reference(deployment.object()));
    metadata.set("labels", deployment.template().at("/metadata/labels").deepCopy());
    metadata.withObject("/labels").put(ReplicaSet.HASH, hash);
    copyAnnotations(deployment, metadata.putObject("annotations"));
    metadata.withObject("/annotations").put(ReplicaSet.REVISION, Long.toString(nextRevision(old)));
    var spec = body.putObject("spec").put("replicas", 0);
    if (deployment.object().at("/spec").has("minReadySeconds")) {
      spec.set("minReadySeconds", deployment.object().at("/spec/minReadySeconds"));
    }
    spec.set("selector", deployment.object().at("/spec/selector").deepCopy());
    spec.withObject("/selector/matchLabels").put(ReplicaSet.HASH, hash);
    spec.set("template", deployment.template().deepCopy());
    spec.withObject("/template/metadata/labels").put(ReplicaSet.HASH, hash);
    var created = new ReplicaSet(cluster.create(replicaSets, deployment.namespace(), body, Writer.CONTROLLER));
    noteRevision(deployment, created);
    return created;
  }

  /// A ReplicaSet that becomes the newest again gets a revision above all others, as `rollout undo` expects.
  private void numberRevision(Deployment deployment, ReplicaSet newest, List<ReplicaSet> old) {
    var revision = Math.max(newest.revision(), nextRevision(old));
    edit(newest, deployment, live -> {
      var annotations = live.withObject("/metadata").withObject("/annotations");
      copyAnnotations(deployment, annotations);
      annotations.put(ReplicaSet.REVISION, Long.toString(revision));
      var spec = live.withObject("/spec");
      var minReady = deployment.object().at("/spec/minReadySeconds");
      if (minReady.isMissingNode()) {
        spec.remove("minReadySeconds");
      } else {
        spec.set("minReadySeconds", minReady);
      }
    }).ifPresent(numbered -> noteRevision(deployment, numbered));
  }

  private void noteRevision(Deployment deployment, ReplicaSet newest) {
    cluster.update(deployments, deployment.namespace(), deployment.name(), Edit.of(live -> {
      live.withObject("/metadata").withObject("/annotations").set(ReplicaSet.REVISION,
          newest.annotation(ReplicaSet.REVISION));
      return live;
    }), Writer.CONTROLLER);
  }

  private void resize(Deployment deployment, Fleet fleet, Map<String, Integer> sizes) {
    for (var each : fleet.all()) {
      var size = sizes.getOrDefault(each.name(), each.replicas());
      // Annotations of a ReplicaSet that keeps its size change too, or it would look scaled for ever.
      if (size != each.replicas() || each.isActive()) {
        edit(each, deployment, live -> {
          live.withObject("/spec").put("replicas", size);
          live.withObject("/metadata").withObject("/annotations")
              .put(ReplicaSet.DESIRED, Integer.toString(deployment.replicas()))
              .put(ReplicaSet.MAXIMUM, Integer.toString(deployment.maximum()));
        });
      }
      if (size != each.replicas()) {
        events.scaled(deployment, each, size);
      }
    }
  }

  private void forget(Deployment deployment, List<ReplicaSet> old) {
    var idle = old.stream()
        .filter(each -> !each.isActive() && each.actual() == 0 && each.isObserved() && !each.isDeleting())
        .sorted(Comparator.comparingLong(ReplicaSet::revision)).toList();
    idle.stream().limit(Math.max(0, old.size() - deployment.revisionHistoryLimit())).forEach(
        each -> cluster.delete(replicaSets, deployment.namespace(), each.name(), DeleteOptions.BACKGROUND));
  }

  private void report(Deployment deployment, Fleet fleet, @Nullable ReplicaSet created, boolean rolling) {
    cluster.update(deployments, deployment.namespace(), deployment.name(), Edit.ofStatus(live -> {
      if (!live.at("/metadata/generation").equals(deployment.object().at("/metadata/generation"))) {
        // Changed meanwhile: the fleet was built for another generation, which this status must not claim to have seen.
        return live;
      }
      var status = new DeploymentStatus(live, fleet, cluster.now());
      status.pausedOrResumed();
      if (created != null) {
        status.created(created);
      }
      status.count(rolling);
      return live;
    }), Writer.CONTROLLER);
  }

  private Optional<ReplicaSet> edit(ReplicaSet replicaSet, Deployment deployment,
      Consumer<ObjectNode> change) {
    if (replicaSet.isDeleting()) {
      return Optional.empty();
    }
    return Optional
        .of(new ReplicaSet(cluster.update(replicaSets, deployment.namespace(), replicaSet.name(), Edit.of(live -> {
          change.accept(live);
          return live;
        }), Writer.CONTROLLER)));
  }

  private static void copyAnnotations(Deployment deployment, ObjectNode annotations) {
    deployment.object().at("/metadata/annotations").properties().stream()
        .filter(entry -> !NOT_COPIED.contains(entry.getKey()))
        .forEach(entry -> annotations.set(entry.getKey(), entry.getValue()));
  }

  private static long nextRevision(List<ReplicaSet> old) {
    return old.stream().mapToLong(ReplicaSet::revision).max().orElse(0) + 1;
  }

  /// Ten letters and digits; the same template always gets the same.
  private static String hash(JsonNode template) {
    var id = UUID.nameUUIDFromBytes(template.toString().getBytes(StandardCharsets.UTF_8)).toString();
    return id.replace("-", "").substring(0, 10);
  }
}
