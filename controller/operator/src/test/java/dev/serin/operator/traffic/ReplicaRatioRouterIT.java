package dev.serin.operator.traffic;

import static org.awaitility.Awaitility.await;

import dev.serin.operator.traffic.TrafficRouter.RouteTarget;
import dev.serin.plan.Weight;
import dev.serin.testkit.Actor;
import dev.serin.testkit.AuditEvent;
import dev.serin.testkit.ControlPlane;
import dev.serin.testkit.RealControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;

@RealControlPlane
class ReplicaRatioRouterIT extends TrafficRouterContract {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STABLE_PODS = 9;

  private ControlPlane plane;
  private KubernetesClient person;
  private TrafficRouter router;
  private final AtomicReference<String> namespace = new AtomicReference<>();

  @BeforeEach
  void connect(ControlPlane started) {
    plane = started;
    person = plane.client(Actor.PERSON);
    router = new ReplicaRatioRouter(plane.client(Actor.DELIVERY), "serin-controller");
    namespace.set(plane.newNamespace("router"));
  }

  @Override
  TrafficRouter router() {
    return router;
  }

  @Override
  RouteTarget prepared() {
    var target = new RouteTarget(namespace.get(), "shop-canary", STABLE_PODS);
    renew(target);
    // Until the controller has seen it, its writes compete with the router's.
    await().atMost(PATIENCE).until(() -> {
      var created = deployment(target);
      Long seen = created.getStatus() == null ? null : created.getStatus().getObservedGeneration();
      return created.getMetadata().getGeneration().equals(seen);
    });
    return target;
  }

  @Override
  void renew(RouteTarget target) {
    plane.applyYaml(target.namespace(), """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: %s
          labels: {serin.dev/rollout: shop, serin.dev/revision: %s, serin.dev/arm: canary}
        spec:
          replicas: 0
          selector: {matchLabels: {app: shop, serin.dev/arm: canary}}
          template:
            metadata: {labels: {app: shop, serin.dev/arm: canary}}
            spec: {containers: [{name: app, image: "shop:2"}]}
        """.formatted(target.canary(), CANDIDATE));
  }

  @Override
  TrafficRouter routerLateBy(Runnable meanwhile) {
    return new ReplicaRatioRouter(
        new KubernetesClientBuilder().withConfig(plane.client(Actor.DELIVERY).getConfiguration())
            .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("late", new Interceptor() {
              @Override
              public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                if (request.method().equals("PATCH")) {
                  meanwhile.run();
                }
              }
            })).build(),
        "serin-controller");
  }

  @Override
  int share(RouteTarget target) {
    return deployment(target).getSpec().getReplicas();
  }

  @Override
  long writes() {
    return plane.audit().stream().filter(AuditEvent::write)
        .filter(event -> event.user().equals(Actor.DELIVERY.user()) && namespace.get().equals(event.namespace()))
        .count();
  }

  @Override
  void serve(RouteTarget target) {
    // There is no node here: the test plays the kubelet, the real controllers count what it reports.
    await().atMost(PATIENCE).until(() -> {
      person.pods().inNamespace(target.namespace()).list().getItems().forEach(this::makeReady);
      var deployment = deployment(target);
      Integer ready = deployment.getStatus().getReadyReplicas();
      return ready != null && ready.equals(deployment.getSpec().getReplicas());
    });
  }

  @Override
  void meddle(RouteTarget target, int pods) {
    person.apps().deployments().inNamespace(target.namespace()).withName(target.canary()).scale(pods);
  }

  @Override
  void remove(RouteTarget target) {
    person.apps().deployments().inNamespace(target.namespace()).withName(target.canary()).delete();
  }

  @Override
  Weight smallest(RouteTarget target) {
    return Weight.ofPods(1, STABLE_PODS);
  }

  private Deployment deployment(RouteTarget target) {
    return person.apps().deployments().inNamespace(target.namespace()).withName(target.canary()).get();
  }

  private void makeReady(Pod pod) {
    person.pods().inNamespace(pod.getMetadata().getNamespace()).withName(pod.getMetadata().getName())
        .editStatus(old -> new PodBuilder(old).editOrNewStatus().withPhase("Running").removeMatchingFromConditions(
            condition -> "Ready".equals(condition.getType())).addNewCondition().withType("Ready").withStatus("True")
            .withLastTransitionTime(Instant.EPOCH.toString()).endCondition().endStatus().build());
  }
}
