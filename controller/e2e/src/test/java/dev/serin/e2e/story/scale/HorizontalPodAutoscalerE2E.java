package dev.serin.e2e.story.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Shop;
import dev.serin.e2e.story.Story;
import dev.serin.sandbox.app.AppVersion;
import dev.serin.testkit.Actor;
import dev.serin.testkit.AuditEvent;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Story
class HorizontalPodAutoscalerE2E {

  private static final String ACCOUNT = "system:serviceaccount:kube-system:horizontal-pod-autoscaler";

  private static final String PLAN = """
      steps:
      - {weight: 20%, minDuration: 1s, maxDuration: 3s, pause: UntilApproved}
      analysis: {window: 1s, warmup: 0s, minRequests: 20, onInconclusive: Promote}
      """;

  /// Half of 200m is the target, so each pod is to carry 100m.
  private static final String REQUESTS = """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: requests}
      spec: {limits: [{type: Container, defaultRequest: {cpu: 200m}}]}
      """;

  /// It looks down for three seconds: surplus pods that are still there for a moment seldom count.
  private static final String AUTOSCALER = """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: shop}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
        minReplicas: 1
        maxReplicas: 10
        metrics:
        - type: Resource
          resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}
        behavior: {scaleDown: {stabilizationWindowSeconds: 3}}
      """;

  @Test
  @DisplayName("A HorizontalPodAutoscaler comes to the same sizes idle, beside a canary and without Serin; nobody fights it")
  void sameSizes(Installation serin) {
    String plain = serin.plane().newNamespace("hpa-plain");
    String namespace = serin.plane().newNamespace("hpa");
    serin.plane().applyYaml(plain, REQUESTS);
    serin.plane().applyYaml(namespace, REQUESTS);
    try (var metrics = PodMetricsApi.register(serin.plane());
        var shop = Shop.openIn(serin, namespace, new Shop.Shape(2, 0, 60), PLAN, AppVersion.healthy("shop:hpa-1"))) {
      shop.awaitReason("Stable");
      shop.sell(60);
      deployPlain(serin, plain);
      serin.plane().applyYaml(plain, AUTOSCALER);
      serin.plane().applyYaml(namespace, AUTOSCALER);

      load(metrics, List.of(plain, namespace), 400);
      awaitSizes(serin, List.of(plain, namespace), 4);

      shop.push(AppVersion.healthy("shop:hpa-2"));
      var waiting = shop.awaitReason("PausedUntilApproved");
      load(metrics, List.of(plain, namespace), 600);
      awaitSizes(serin, List.of(plain, namespace), 6);
      load(metrics, List.of(plain, namespace), 300);
      awaitSizes(serin, List.of(plain, namespace), 3);

      // One more on the way down is the autoscaler's own: it looks while the surplus pods still are there.
      for (String each : List.of(namespace, plain)) {
        assertThat(written(serin, each)).as("sizes that the autoscaler wrote in " + each).containsSubsequence(4, 6, 3)
            .hasSizeLessThanOrEqualTo(6);
      }

      var candidate = Objects.requireNonNull(waiting.getStatus().candidate(), "candidate");
      shop.kubectl("annotate", "srn/shop", "serin.dev/approve=" + candidate.revision() + "/1");
      shop.awaitReason("Stable");
      shop.awaitNoCanary();
      assertThat(shop.stableImages()).containsExactly("shop:hpa-2");
      // While any Deployment rolls, an autoscaler counts its surplus pods too.
      awaitSizes(serin, List.of(namespace), 3);
      assertThat(operatorsWrites(serin, namespace)).isNotEmpty().noneMatch(AutoscalerE2E::writesReplicas);
    } finally {
      var admin = serin.plane().client(Actor.ADMIN);
      admin.apps().deployments().inNamespace(plain).withName("shop").delete();
      // An autoscaler without metrics complains every second.
      admin.autoscaling().v2().horizontalPodAutoscalers().inNamespace(plain).delete();
      admin.autoscaling().v2().horizontalPodAutoscalers().inNamespace(namespace).delete();
    }
  }

  /// The same application without a Rollout.
  private static void deployPlain(Installation serin, String namespace) {
    serin.plane().applyYaml(namespace, """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          replicas: 2
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers: [{name: app, image: "shop:hpa-1", ports: [{containerPort: 8080}]}]
        """);
  }

  private static void load(PodMetricsApi metrics, List<String> namespaces, int milliCpu) {
    namespaces.forEach(namespace -> metrics.load(namespace, "shop", milliCpu));
  }

  private static void awaitSizes(Installation serin, List<String> namespaces, int size) {
    for (String namespace : namespaces) {
      await(size + " ready pods in " + namespace).atMost(Shop.PATIENCE).until(() -> {
        var deployment = serin.plane().client(Actor.OBSERVER).apps().deployments().inNamespace(namespace)
            .withName("shop").get();
        return deployment.getSpec().getReplicas() == size
            && Objects.requireNonNullElse(deployment.getStatus().getReadyReplicas(), 0) == size;
      });
    }
  }

  private static List<Integer> written(Installation serin, String namespace) {
    return serin.plane().audit().stream()
        .filter(event -> event.user().equals(ACCOUNT) && event.namespace().equals(namespace) && event.succeeded()
            && event.write() && event.subresource().equals("scale"))
        .map(event -> event.request().at("/spec/replicas").asInt()).toList();
  }

  private static List<AuditEvent> operatorsWrites(Installation serin, String namespace) {
    return serin.plane().audit().stream()
        .filter(event -> event.user().equals(Installation.ACCOUNT) && event.namespace().equals(namespace)
            && event.resource().equals("deployments") && event.name().equals("shop") && event.write())
        .toList();
  }
}
