package dev.serin.testkit.monitor.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serin.testkit.monitor.store.TemplateRevision;
import java.util.List;
import java.util.Map;

/// A namespace with a Deployment `web` of three pods under a Rollout of the same name, told to a checker write by
/// write.
final class Shop {

  static final String PLANTED = "planted-4711";
  static final String OLD = revision("web:1");
  static final String NEW = revision("web:2");
  static final String SERIN = "serin-controller";
  static final String NOON = "2026-01-01T12:00:00Z";
  static final String LATER = "2026-01-01T12:00:01Z";

  private static final Stored ROLLOUT = Stored.of("serin.dev/v1alpha1", "Rollout", "web")
      .with("/spec/workloadRef", Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", "web"));

  private final Checker checker = new Checker(List.of(PLANTED));
  private long revision = 100;

  Shop() {
    learn(Stored.of("v1", "Namespace", "shop"));
  }

  /// The user's Deployment, held with the new version.
  static Stored workload() {
    return deployment("web").with("/spec/paused", true).withLabel("serin.dev/rollout", "web");
  }

  /// A Deployment of three pods of the new version that nobody releases.
  static Stored deployment(String name) {
    return Stored.of("apps/v1", "Deployment", name).with("/spec/replicas", 3)
        .with("/spec/selector/matchLabels", Map.of("app", "web")).with("/spec/template", template("web:2"));
  }

  /// The canary of the new version.
  static Stored canary(int replicas) {
    return Stored.of("apps/v1", "Deployment", "web-canary").with("/spec/replicas", replicas)
        .with("/spec/selector/matchLabels", Map.of("app", "web", "serin.dev/arm", "canary"))
        .with("/spec/template", template("web:2")).with("/spec/template/metadata/labels/serin.dev~1arm", "canary")
        .withLabel("serin.dev/rollout", "web").withLabel("serin.dev/arm", "canary").ownedBy(ROLLOUT);
  }

  /// A Rollout whose stable version is the old one and that has no candidate.
  static Stored rollout() {
    return ROLLOUT.with("/status/stable/revision", OLD);
  }

  /// A Rollout that has the new version as its candidate.
  static Stored rollout(String state) {
    return rollout().with("/status/candidate", Map.of("revision", NEW, "state", state));
  }

  /// A Rollout whose canary may have a weight.
  static Stored rollout(String state, String weight) {
    return rollout(state).with("/status/steps/weight", weight);
  }

  /// A ReplicaSet of the user's Deployment, or of the canary if the name says so.
  static Stored replicaSet(String name, String image) {
    return Stored.of("apps/v1", "ReplicaSet", name).with("/spec/template", template(image))
        .with("/spec/template/metadata/labels/pod-template-hash", name)
        .ownedBy(name.contains("canary") ? canary(0) : workload());
  }

  static Stored pod(String name, Stored replicaSet) {
    Stored pod = Stored.of("v1", "Pod", name).withLabel("app", "web").ownedBy(replicaSet)
        .with("/status/phase", "Running");
    return replicaSet.name().contains("canary") ? pod.withLabel("serin.dev/arm", "canary") : pod;
  }

  /// The same pod, ready.
  static Stored ready(Stored pod) {
    return pod.with("/status/conditions", List.of(Map.of("type", "Ready", "status", "True")));
  }

  /// A template that is kept for the Rollout.
  static Stored kept(String image) {
    return Stored.of("apps/v1", "ControllerRevision", "web-" + revision(image)).with("/data/template", template(image))
        .ownedBy(ROLLOUT);
  }

  static JsonNode template(String image) {
    return new ObjectMapper().valueToTree(Map.of("metadata", Map.of("labels", Map.of("app", "web")), "spec",
        Map.of("containers", List.of(Map.of("name", "app", "image", image)))));
  }

  static String revision(String image) {
    return TemplateRevision.of(template(image));
  }

  /// Is there when checking begins.
  Shop learn(Stored... objects) {
    for (Stored object : objects) {
      checker.learn(object.key(), object.json());
    }
    return this;
  }

  /// Is written; what that breaks.
  List<Violation> write(Stored object) {
    return checker.check(++revision, object.key(), object.json());
  }

  /// Is written; what that breaks, as `I1: <message>`.
  List<String> broken(Stored object) {
    return write(object).stream().map(violation -> violation.invariant() + ": " + violation.message()).toList();
  }

  /// Is deleted; what that breaks, as `I1: <message>`.
  List<String> brokenByDeleting(Stored object) {
    return checker.check(++revision, object.key(), null).stream()
        .map(violation -> violation.invariant() + ": " + violation.message()).toList();
  }
}
