package dev.serin.testkit.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serin.testkit.Actor;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import dev.serin.testkit.chart.Chart;
import dev.serin.testkit.monitor.check.Violation;
import dev.serin.testkit.monitor.etcd.BrokenHistoryException;
import dev.serin.testkit.monitor.etcd.Etcd;
import dev.serin.testkit.monitor.etcd.History;
import dev.serin.testkit.process.ChildJvm;
import dev.serin.testkit.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// An impostor does by hand what Serin does, and what it must never do, on a real API server. The monitor is a process
/// of its own that reads etcd.
@RealControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SafetyMonitorIT {

  private static final String PLANTED = "planted-0815";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ControlPlane plane;
  private final SafetyMonitor monitor;

  SafetyMonitorIT(ControlPlane plane) {
    this.plane = plane;
    this.monitor = SafetyMonitor.start(MonitorSettings.of(plane.etcdUrl()).withSecret(PLANTED));
  }

  @BeforeAll
  void applyDefinitions() throws IOException {
    try (Stream<Path> files = Files.list(Chart.folder().resolve("../../crds"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        plane.applyYaml(Files.readString(file));
      }
    }
  }

  @AfterAll
  void close() {
    monitor.close();
  }

  /// What the monitor reported of a namespace, as `I1: <message>`.
  private List<String> broken(Impostor impostor) {
    monitor.awaitCaughtUp();
    return monitor.violationsIn(impostor.namespace()).stream()
        .map(violation -> violation.invariant() + ": " + violation.message()).toList();
  }

  private Impostor stepping(String name) {
    Impostor impostor = Impostor.adopt(plane, name);
    impostor.push("web:2");
    impostor.candidate("Starting", "0%");
    impostor.createCanary("web-canary");
    impostor.candidate("Raising", "50%");
    impostor.scale("web-canary", 2);
    impostor.awaitPods("serin.dev/arm=canary", 2);
    impostor.ready("serin.dev/arm=canary");
    impostor.candidate("Stepping", "50%");
    return impostor;
  }

  @Test
  @DisplayName("A promotion by the rules is read write by write, and breaks nothing")
  void cleanPromotion() {
    Impostor impostor = stepping("clean");
    impostor.candidate("Promoting", "100%");
    impostor.patch("deployment/web", Impostor.SERIN, """
        {"metadata":{"annotations":{"serin.dev/sequence":"9"}},"spec":{"paused":false}}""");
    impostor.awaitPods("app=web,!serin.dev/arm", 4);
    impostor.keep();
    impostor.status("{\"stable\":{\"revision\":\"%s\"},\"candidate\":null,\"steps\":null}".formatted(impostor
        .revision()));
    impostor.scale("web-canary", 0);
    impostor.awaitPods("serin.dev/arm=canary", 0);
    impostor.delete("deployment/web-canary");
    impostor.apply("""
        apiVersion: v1
        kind: Event
        metadata: {name: web.1}
        involvedObject: {kind: Rollout, name: web, namespace: %s}
        message: The version is stable.
        """.formatted(impostor.namespace()));
    long before = monitor.awaitCaughtUp().revision();

    assertThat(broken(impostor)).isEmpty();
    Summary summary = monitor.awaitCaughtUp();
    assertThat(summary.revision()).isGreaterThanOrEqualTo(before);
    assertThat(summary.revisions()).isGreaterThan(30);
    assertThat(summary.objects()).containsKeys("apps/Deployment", "apps/ReplicaSet", "Pod", "serin.dev/Rollout",
        "apps/ControllerRevision", "Event");
  }

  @Test
  @DisplayName("A roll back by the rules breaks nothing, nor does a person who then overrides the veto")
  void cleanRollBack() {
    Impostor impostor = stepping("back");
    String vetoed = impostor.revision();
    impostor.scale("web-canary", 0);
    impostor.status("""
        {"candidate":{"state":"RolledBack"},"steps":null,"vetoes":[{"revision":"%s","reason":"SignatureRegressed"}]}"""
        .formatted(vetoed));
    impostor.awaitPods("serin.dev/arm=canary", 0);
    impostor.delete("deployment/web-canary");
    impostor.kubectl("rollout", "resume", "deployment/web");
    impostor.status("{\"candidate\":{\"state\":\"Overridden\"},\"vetoes\":[]}");
    impostor.keep();
    impostor.status("{\"stable\":{\"revision\":\"%s\"},\"candidate\":null}".formatted(vetoed));

    assertThat(broken(impostor)).isEmpty();
  }

  @Test
  @DisplayName("I1: a canary beyond its weight")
  void beyondTheWeight() {
    Impostor impostor = stepping("weight");
    impostor.scale("web-canary", 4);

    assertThat(broken(impostor)).containsExactly("I1: The canary is raised from 2 to 4 pods, but the approved weight "
        + "50% gives 3 beside 3 stable pods.");
  }

  @Test
  @DisplayName("I3: a resume of a vetoed template")
  void resumesTheVetoed() {
    Impostor impostor = Impostor.adopt(plane, "vetoed");
    impostor.push("web:2");
    impostor.status("{\"vetoes\":[{\"revision\":\"%s\"}]}".formatted(impostor.revision()));
    impostor.patch("deployment/web", Impostor.SERIN, """
        {"metadata":{"annotations":{"serin.dev/sequence":"9"}},"spec":{"paused":false}}""");

    assertThat(broken(impostor)).containsExactly("I3: Serin resumed the Deployment with revision "
        + impostor.revision() + ", which Rollout web has vetoed.");
  }

  @Test
  @DisplayName("I4: a second canary")
  void secondCanary() {
    Impostor impostor = stepping("second");
    impostor.createCanary("web-canary-2");
    impostor.scale("web-canary-2", 1);

    assertThat(broken(impostor)).containsExactly(
        "I4: Rollout web has a second canary: web-canary-2 has 1 pods while web-canary has 2.");
  }

  @Test
  @DisplayName("I5: another template under traffic")
  void anotherTemplate() {
    Impostor impostor = stepping("template");
    String candidate = impostor.revision();
    impostor.patch("deployment/web-canary", Impostor.SERIN, """
        {"spec":{"template":{"spec":{"containers":[{"name":"app","image":"web:3"}]}}}}""");

    assertThat(broken(impostor)).singleElement().asString()
        .startsWith("I5: The canary web-canary has 2 pods of revision ")
        .endsWith(" in state 'Stepping', but the candidate is '" + candidate + "'.");
  }

  @Test
  @DisplayName("I5: a step recorded before its pod is ready")
  void stepWithoutReadyPod() {
    Impostor impostor = Impostor.adopt(plane, "unready");
    impostor.push("web:2");
    impostor.candidate("Starting", "0%");
    impostor.createCanary("web-canary");
    impostor.candidate("Raising", "25%");
    impostor.scale("web-canary", 1);
    impostor.awaitPods("serin.dev/arm=canary", 1);
    impostor.candidate("Stepping", "25%");

    assertThat(broken(impostor)).containsExactly("I5: State 'Stepping' is recorded while the canary web-canary asks "
        + "for 1 pods and at most 0 were ready.");
  }

  @Test
  @DisplayName("I5: a resume with a strategy that takes all stable pods at once")
  void unsafeStrategy() {
    Impostor impostor = Impostor.adopt(plane, "unsafe");
    impostor.kubectl("patch", "deployment/web", "--type=merge", "--patch", """
        {"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}""");
    impostor.ready("app=web");
    impostor.push("web:2");
    impostor.patch("deployment/web", Impostor.SERIN, """
        {"metadata":{"annotations":{"serin.dev/sequence":"9"}},"spec":{"paused":false}}""");

    assertThat(broken(impostor)).containsExactly(
        "I5: Serin lets Deployment web roll although its strategy takes all 3 pods at once.");
  }

  @Test
  @DisplayName("I5: ready stable pods taken away")
  void stablePodsTaken() {
    Impostor impostor = Impostor.adopt(plane, "taken");
    impostor.ready("app=web");
    impostor.kubectl("delete", "pods", "-l", "app=web");

    assertThat(broken(impostor)).contains(
        "I5: Deployment web is left with 1 ready pods of 3, of which 0 may be unavailable.");
  }

  @Test
  @DisplayName("I6: a canary that serves scaled below its share")
  void belowNeed() {
    Impostor impostor = stepping("need");
    impostor.ready("app=web,!serin.dev/arm");
    impostor.awaitReadyReplicas(3);
    impostor.candidate("Stepping", "50%");
    impostor.scale("web-canary", 3);
    // The monitor tells two writes of one manager in one second apart by their sequence.
    impostor.patch("deployment/web-canary", Impostor.SERIN, """
        {"metadata":{"annotations":{"serin.dev/sequence":"9"}},"spec":{"replicas":1}}""");

    assertThat(broken(impostor)).containsExactly("I6: The canary is scaled from 3 to 1 pods in state 'Stepping', but "
        + "the weight 50% needs 3 beside 3 stable pods.");
  }

  @Test
  @DisplayName("I6: a canary deleted with its pods; where the test says that a person does it, it is tolerated")
  void deletedWithPods() {
    Impostor impostor = stepping("deleted");
    impostor.delete("deployment/web-canary");

    assertThat(broken(impostor)).singleElement().asString()
        .startsWith("I6: The canary is deleted while it asks for 2 pods and 2 are left: [web-canary-");

    Impostor tolerated = stepping("tolerated");
    monitor.tolerate("I6", tolerated.namespace());
    tolerated.delete("deployment/web-canary");
    assertThat(broken(tolerated)).isEmpty();
  }

  @Test
  @DisplayName("I6: a namespace takes its canary with it")
  void namespaceDeleted() {
    Impostor impostor = stepping("namespace");
    impostor.kubectl("delete", "namespace", impostor.namespace());

    assertThat(broken(impostor)).isEmpty();
  }

  @Test
  @DisplayName("I7: stable moved without a promotion")
  void stableMoves() {
    Impostor impostor = Impostor.adopt(plane, "stable");
    String stable = impostor.revision();
    impostor.push("web:2");
    impostor.candidate("Starting", "0%");
    impostor.status("{\"stable\":{\"revision\":\"%s\"}}".formatted(impostor.revision()));

    assertThat(broken(impostor)).containsExactly("I7: Stable moves from '" + stable + "' to '" + impostor.revision()
        + "', but the candidate was '" + impostor.revision() + "' in state 'Starting', and the Deployment's pods run ["
        + stable + "].");
  }

  @Test
  @DisplayName("I11: a write to an object of others")
  void foreignObject() {
    Impostor impostor = Impostor.adopt(plane, "foreign");
    impostor.kubectl("create", "service", "clusterip", "web", "--tcp=80");
    impostor.patch("service/web", Impostor.SERIN, "{\"metadata\":{\"labels\":{\"canary\":\"yes\"}}}");

    assertThat(broken(impostor)).containsExactly(
        "I11: Serin wrote Service web, which is neither its own nor named by a Rollout.");
  }

  @Test
  @DisplayName("I11: a deletion of an object of others; a canary is its own to delete")
  void foreignDeletion() {
    Impostor impostor = stepping("deletes");
    impostor.kubectl("create", "service", "clusterip", "web", "--tcp=80");
    impostor.scale("web-canary", 0);
    impostor.awaitPods("serin.dev/arm=canary", 0);
    impostor.delete("deployment/web-canary");
    impostor.delete("service/web");

    await("both deletions in the audit log").until(() -> plane.audit().stream()
        .filter(event -> event.namespace().equals(impostor.namespace()) && event.verb().equals("delete")
            && event.user().equals(Actor.PERSON.user()))
        .count() == 2);
    assertThat(OwnDeletions.broken(plane.audit(), Actor.PERSON.user()))
        .filteredOn(violation -> violation.namespace().equals(impostor.namespace())).extracting(Violation::message)
        .containsExactly("Serin deleted services web, which was not created as its own.");
  }

  @Test
  @DisplayName("I14: the user's replicas changed by Serin's field manager, and by somebody else's")
  void usersReplicas() {
    Impostor impostor = Impostor.adopt(plane, "replicas");
    impostor.patch("deployment/web", "autoscaler", "{\"spec\":{\"replicas\":4}}");
    impostor.scale("web", 5);

    assertThat(broken(impostor)).containsExactly(
        "I14: Serin changed fields of others in the user's Deployment: spec.replicas: 4 -> 5.");
  }

  @Test
  @DisplayName("I16: a planted text in an event and in a status")
  void plantedText() {
    Impostor impostor = Impostor.adopt(plane, "planted");
    impostor.apply("""
        apiVersion: v1
        kind: Event
        metadata: {name: web.1}
        involvedObject: {kind: Rollout, name: web, namespace: %s}
        message: "Rolled back: token %s was refused."
        """.formatted(impostor.namespace(), PLANTED));
    impostor.status("{\"message\":\"%s\"}".formatted(PLANTED));

    assertThat(broken(impostor)).containsExactly("I16: The planted text '" + PLANTED + "' is stored.",
        "I16: The planted text '" + PLANTED + "' is stored.");
    assertThat(monitor.violationsIn(impostor.namespace())).extracting(Violation::key).containsExactly(
        "/registry/events/" + impostor.namespace() + "/web.1",
        "/registry/serin.dev/rollouts/" + impostor.namespace() + "/web");
  }

  @Test
  @DisplayName("A revision that etcd has compacted is not read over")
  void compacted() throws Exception {
    // The second revision is older than anybody's watch.
    HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(plane.etcdUrl()
        + "/v3/kv/compaction")).POST(HttpRequest.BodyPublishers.ofString("{\"revision\":\"2\"}")).build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).containsAnyOf("header", "compacted");

    assertThatThrownBy(() -> new History(new Etcd(plane.etcdUrl()), 0, PATIENCE).follow(_ -> {
      throw new AssertionError("reads what cannot be complete");
    })).isInstanceOf(BrokenHistoryException.class)
        .hasMessageMatching("etcd cancelled the watch after revision 0 .*, it has compacted up to revision [0-9]+");
  }

  @Test
  @DisplayName("On SIGTERM the process gives a last summary, also one that nobody talks to")
  void lastSummary(@TempDir Path folder) {
    try (ChildProcess process = ChildJvm.of(Monitor.class.getName(), folder).withArgument("--etcd=" + plane.etcdUrl())
        .start()) {
      process.awaitLine("^\\{\"ready\":\\{\"revision\":[0-9]+\\}\\}$", PATIENCE);

      assertThat(process.terminate(PATIENCE)).isEqualTo(128 + 15);
      assertThat(process.stdout()).last().asString().startsWith("{\"summary\":{\"revision\":").contains(
          "\"violations\":", "\"objects\":{", "\"Namespace\":");
    }
  }

  @Test
  @DisplayName("A monitor that cannot read says so and is no monitor any more")
  void cannotRead() {
    assertThatThrownBy(() -> SafetyMonitor.start(MonitorSettings.of("http://127.0.0.1:1")))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("{\"broken\":")
        .hasMessageContaining("ConnectException");

    SafetyMonitor closed = SafetyMonitor.start(plane);
    closed.close();
    assertThatThrownBy(closed::violations).isInstanceOf(IllegalStateException.class)
        .hasMessage("the safety monitor is closed");
  }
}
