package dev.serin.e2e.sweep;

import static org.awaitility.Awaitility.await;

import dev.serin.api.v1alpha1.CandidateState;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.e2e.planted.PlantedCustomer;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.load.Load;
import dev.serin.sandbox.load.LoadPlan;
import dev.serin.testkit.Actor;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A small application in a namespace of its own, with users; what people do to it, and what came of it.
final class Shop implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int REQUESTS_PER_SECOND = 60;

  private final SweepCluster cluster;
  private final KubernetesClient person;
  private final String namespace;
  private @Nullable Load load;
  private @Nullable PlantedCustomer planted;

  /// @param app
  ///          image without its tag, of this run only
  Shop(SweepCluster cluster, Story story, String app) {
    this.cluster = cluster;
    this.person = cluster.plane().client(Actor.PERSON);
    this.namespace = cluster.plane().newNamespace("sweep");
    AppVersion first = AppVersion.healthy(app + ":v1");
    cluster.nodes().define(first);
    cluster.plane().applyYaml(namespace, """
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          selector: {app: shop}
          ports: [{port: 80, targetPort: 8080}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 3
          minReadySeconds: %d
          strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
              - {name: app, image: "%s", ports: [{containerPort: 8080}]}
        """.formatted(story.minReadySeconds(), first.image()));
    cluster.plane().applyYaml(namespace, """
        apiVersion: serin.dev/v1alpha1
        kind: Rollout
        metadata: {name: shop}
        spec:
          workloadRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
          steps:
          - {weight: 25%%, minDuration: 1s, maxDuration: %1$s}
          - {weight: 50%%, minDuration: 1s, maxDuration: %1$s}
          analysis: {window: 1s, warmup: 0s, minRequests: 20, onInconclusive: Promote}
        """.formatted(story.longestStep()));
  }

  String namespace() {
    return namespace;
  }

  void sell() {
    try {
      var gateway = cluster.nodes().gateway(namespace, "shop");
      gateway.awaitEndpoints(PATIENCE);
      var started = Load.start(gateway.address(), new LoadPlan(REQUESTS_PER_SECOND, 50, 0.8, 5, 8, 1),
          InstantSource.system());
      load = started;
      planted = PlantedCustomer.start(gateway.address());
      await().atMost(PATIENCE).pollInterval(POLL).until(() -> started.report().requests() > REQUESTS_PER_SECOND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException e) {
      throw new AssertionError("the Service never had an endpoint", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void push(AppVersion version) {
    cluster.nodes().define(version);
    person.apps().deployments().inNamespace(namespace).withName("shop").edit(deployment -> {
      deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage(version.image());
      return deployment;
    });
  }

  /// The pods of an image behave differently from now on.
  void change(AppVersion version) {
    cluster.nodes().define(version);
  }

  void awaitState(CandidateState state) {
    awaitStatus("the state " + state, status -> status.candidate() != null && status.candidate().state() == state);
  }

  void awaitReason(String reason) {
    awaitStatus("the reason " + reason, status -> reason(status).equals(reason));
  }

  void awaitStatus(String what, Predicate<RolloutStatus> wanted) {
    await(namespace + " shows " + what).atMost(PATIENCE).pollInterval(POLL)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .until(() -> rollout().getStatus() != null && wanted.test(rollout().getStatus()));
  }

  Rollout rollout() {
    return person.resources(Rollout.class).inNamespace(namespace).withName("shop").get();
  }

  /// Where the rollout ended, once nothing is on its way any more.
  Ending ending(Advances advances) {
    await(namespace + " is at rest").atMost(PATIENCE).pollInterval(POLL)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class).until(() -> Ending.atRest(person, namespace));
    return Ending.of(person, namespace, advances);
  }

  /// Uids of the pods of this image that are there and not ending.
  Set<String> pods(String image) {
    return person.pods().inNamespace(namespace).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> pod.getSpec().getContainers().getFirst().getImage().equals(image))
        .map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
  }

  static String reason(RolloutStatus status) {
    return status.conditions().stream()
        .filter(condition -> "True".equals(condition.getStatus()) && !"Held".equals(condition.getType()))
        .map(Condition::getReason).findFirst().orElse("");
  }

  @Override
  public void close() {
    if (load != null) {
      load.close();
    }
    if (planted != null) {
      planted.close();
    }
    person.resources(Rollout.class).inNamespace(namespace).delete();
    person.apps().deployments().inNamespace(namespace).withName("shop").delete();
  }
}
