package dev.serin.sandbox.pods;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;

/// What a kubelet writes about a pod. Each write is repeated while the API server cannot be reached; that the pod is
/// gone
/// is success.
final class PodApi {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final KubernetesClient client;

  PodApi(KubernetesClient client) {
    this.client = client;
  }

  void bind(ObjectMeta pod, String node) throws InterruptedException {
    Object binding = new BindingBuilder().withNewMetadata().withName(pod.getName()).withNamespace(pod.getNamespace())
        .endMetadata().withNewTarget().withApiVersion("v1").withKind("Node").withName(node).endTarget().build();
    write(() -> client.raw(path(pod) + "/binding", "POST", binding));
  }

  void annotate(ObjectMeta pod, String key, String value) throws InterruptedException {
    String patch = Serialization.asJson(Map.of("metadata",
        Map.of("uid", pod.getUid(), "annotations", Map.of(key, value))));
    write(() -> client.pods().inNamespace(pod.getNamespace()).withName(pod.getName()).patch(MERGE, patch));
  }

  void report(ObjectMeta pod, PodStatus status) throws InterruptedException {
    String patch = Serialization.asJson(Map.of("metadata", Map.of("uid", pod.getUid()), "status", status));
    write(() -> client.pods().inNamespace(pod.getNamespace()).withName(pod.getName()).subresource("status")
        .patch(MERGE, patch));
  }

  /// Removes the object of a pod whose container has ended.
  void finish(ObjectMeta pod) throws InterruptedException {
    Object options = new DeleteOptionsBuilder().withGracePeriodSeconds(0L).withNewPreconditions()
        .withUid(pod.getUid()).endPreconditions().build();
    write(() -> client.raw(path(pod), "DELETE", options));
  }

  private static String path(ObjectMeta pod) {
    return "/api/v1/namespaces/" + pod.getNamespace() + "/pods/" + pod.getName();
  }

  private static void write(Runnable call) throws InterruptedException {
    while (true) {
      try {
        call.run();
        return;
      } catch (KubernetesClientException e) {
        switch (e.getCode()) {
          // Gone, replaced by another pod of that name, or bound by another node.
          case 404, 409 -> {
            return;
          }
          case 400, 403, 405, 422 -> throw e;
          default -> Thread.sleep(AGAIN);
        }
      }
    }
  }
}
