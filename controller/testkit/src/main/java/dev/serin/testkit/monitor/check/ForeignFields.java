package dev.serin.testkit.monitor.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serin.testkit.monitor.store.Change;
import dev.serin.testkit.monitor.store.DeploymentView;
import dev.serin.testkit.monitor.store.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// I14: what Serin writes to the user's Deployment leaves the fields of others byte-identical. It may change the label
/// `serin.dev/rollout`, annotations under `serin.dev/`, `spec.paused`, and the template to one that is kept for the
/// Rollout.
///
/// What [Change#bySerin()] does not see is not checked.
final class ForeignFields implements Invariant {

  private static final List<String> BOOKKEEPING = List.of("generation", "managedFields", "resourceVersion");

  @Override
  public String id() {
    return "I14";
  }

  @Override
  public List<String> broken(Change change, World world) {
    Optional<DeploymentView> old = DeploymentView.of(change.old()).filter(deployment -> !deployment.canary());
    Optional<DeploymentView> now = DeploymentView.of(change.now());
    if (old.isEmpty() || now.isEmpty() || !change.bySerin()) {
      return List.of();
    }
    return Stream.concat(fields(old.get(), now.get()), template(old.get(), now.get(), world)).toList();
  }

  private static Stream<String> fields(DeploymentView old, DeploymentView now) {
    List<String> differences = Difference.between(others(old), others(now));
    return differences.isEmpty()
        ? Stream.empty()
        : Stream.of("Serin changed fields of others in the user's Deployment: " + String.join("; ", differences) + ".");
  }

  private static Stream<String> template(DeploymentView old, DeploymentView now, World world) {
    boolean kept = old.template().equals(now.template())
        || world.rolloutsFor(now).stream().anyMatch(rollout -> world.keptFor(rollout).contains(now.revision()));
    return kept
        ? Stream.empty()
        : Stream.of("Serin changed the template of the user's Deployment from revision " + old.revision() + " to "
            + now.revision() + ", which is not kept for a Rollout that names it.");
  }

  /// All that Serin must not change but the template.
  private static JsonNode others(DeploymentView deployment) {
    ObjectNode copy = deployment.object().json().deepCopy();
    copy.remove("status");
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(BOOKKEEPING);
      if (metadata.path("labels") instanceof ObjectNode labels) {
        labels.remove(DeploymentView.ROLLOUT_LABEL);
      }
      if (metadata.path("annotations") instanceof ObjectNode annotations) {
        annotations.properties().removeIf(annotation -> annotation.getKey().startsWith("serin.dev/"));
      }
    }
    if (copy.path("spec") instanceof ObjectNode spec) {
      spec.remove(List.of("paused", "template"));
    }
    return copy;
  }
}
