package dev.serin.e2e.contract;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.testkit.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/// An API server with its controllers, seen by the contracts.
record Cluster(KubernetesClient client, Kubectl kubectl) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String READY = """
      status:
        phase: Running
        conditions:
        - {type: Ready, status: "True"}
        - {type: ContainersReady, status: "True"}
      """;

  Api api() {
    return new Api(client);
  }

  /// Creates an empty namespace and returns its name.
  String newNamespace() {
    return api().create("/api/v1/namespaces", """
        {apiVersion: v1, kind: Namespace, metadata: {generateName: contract-}}
        """).expect(201).name();
  }

  /// Runs kubectl in a namespace and returns its standard output; fails when it fails.
  String kubectl(String namespace, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "--namespace=" + namespace;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Kubectl.Result result = kubectl.run(all);
    if (result.exit() != 0) {
      throw new AssertionError("kubectl " + String.join(" ", all) + " failed: " + result.stderr());
    }
    return result.stdout();
  }

  /// Waits until a Deployment runs its template alone, playing the kubelet meanwhile: every pod is said to be ready.
  Answer awaitComplete(String namespace, String deployment) {
    return await("Deployment " + deployment + " complete").atMost(PATIENCE).pollInterval(Duration.ofMillis(100))
        .until(() -> {
          readyPods(namespace);
          return api().get(Api.apps(namespace, "deployments/" + deployment)).expect(200);
        }, Cluster::complete);
  }

  /// Waits until the Deployment controller has seen the last change of a Deployment.
  Answer awaitObserved(String namespace, String deployment) {
    return await("Deployment " + deployment + " observed").atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(
        () -> api().get(Api.apps(namespace, "deployments/" + deployment)).expect(200),
        answer -> answer.at("/status/observedGeneration").asLong() == answer.generation());
  }

  private static boolean complete(Answer answer) {
    long wanted = answer.at("/spec/replicas").asLong();
    JsonNode status = answer.at("/status");
    return status.path("observedGeneration").asLong() == answer.generation()
        && status.path("replicas").asLong() == wanted
        && status.path("updatedReplicas").asLong() == wanted && status.path("availableReplicas").asLong() == wanted;
  }

  private void readyPods(String namespace) {
    for (JsonNode pod : api().get(Api.core(namespace, "pods")).expect(200).at("/items")) {
      if (pod.at("/status/phase").asText().equals("Pending")) {
        String name = pod.at("/metadata/name").asText();
        // A pod that went away meanwhile needs no status.
        api().patch(Api.core(namespace, "pods/" + name + "/status"), Api.Patch.STRATEGIC, READY);
      }
    }
  }
}
