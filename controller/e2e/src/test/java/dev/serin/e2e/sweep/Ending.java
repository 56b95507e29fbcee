package dev.serin.e2e.sweep;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.api.v1alpha1.RolloutStatus;
import dev.serin.api.v1alpha1.VerdictType;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What is left of a rollout, without names, uids and times: two runs that ended alike are equal.
///
/// @param reason
///          of the condition that is true
/// @param vetoes
///          reasons, newest first
/// @param history
///          number of earlier stable revisions
/// @param image
///          tag that the Deployment asks for
/// @param paused
///          whether it is held
/// @param pods
///          how many ready pods run which tag
/// @param deployments
///          in the namespace
/// @param kept
///          kept templates
/// @param judged
///          what came of each Analysis, and the steps that verdicts let it pass
/// @param finalizers
///          on the Rollout
record Ending(String reason, List<String> vetoes, int history, String image, boolean paused,
    Map<String, Long> pods, List<String> deployments, int kept, List<String> judged, List<String> finalizers) {

  static Ending of(KubernetesClient client, String namespace, Advances advances) {
    Rollout rollout = rollout(client, namespace);
    RolloutStatus status = rollout.getStatus();
    Deployment deployment = client.apps().deployments().inNamespace(namespace).withName("shop").get();
    return new Ending(Shop.reason(status),
        status.vetoes().stream().map(veto -> String.valueOf(veto.reason())).toList(), status.history().size(),
        tag(deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage()),
        Boolean.TRUE.equals(deployment.getSpec().getPaused()),
        pods(client, namespace).stream()
            .collect(Collectors.groupingBy(pod -> tag(pod.getSpec().getContainers().getFirst().getImage()),
                TreeMap::new, Collectors.counting())),
        client.apps().deployments().inNamespace(namespace).list().getItems().stream()
            .map(found -> found.getMetadata().getName()).sorted().toList(),
        client.apps().controllerRevisions().inNamespace(namespace).withLabel(Keys.ROLLOUT).list().getItems().size(),
        client.resources(Analysis.class).inNamespace(namespace).list().getItems().stream()
            .map(analysis -> judged(analysis, status, advances)).sorted().toList(),
        rollout.getMetadata().getFinalizers());
  }

  /// Of a version that another one superseded nothing more can be said.
  private static String judged(Analysis analysis, RolloutStatus rollout, Advances advances) {
    AnalysisStatus status = Objects.requireNonNullElse(analysis.getStatus(), AnalysisStatus.EMPTY);
    AnalysisStatus.Verdict verdict = status.verdict();
    String passed = " after passing " + new TreeSet<>(advances.of(analysis.getMetadata().getName())) + " of "
        + analysis.getSpec().steps().size();
    if (verdict != null && verdict.type() == VerdictType.ROLL_BACK) {
      return "refused: " + verdict.reason() + passed;
    }
    boolean stable = rollout.stable() != null && rollout.stable().revision().equals(analysis.getSpec().revision());
    return stable ? "promoted" + passed : "left";
  }

  /// Whether nothing is on its way: the status speaks of a resting state, and no canary is left.
  static boolean atRest(KubernetesClient client, String namespace) {
    RolloutStatus status = rollout(client, namespace).getStatus();
    boolean settled = status != null && status.conditions().stream().noneMatch(
        condition -> "Reconciling".equals(condition.getType()) && "True".equals(condition.getStatus()));
    return settled && rollout(client, namespace).getMetadata().getFinalizers().isEmpty()
        && client.apps().deployments().inNamespace(namespace).list().getItems().size() == 1
        && pods(client, namespace).size() == 3;
  }

  private static List<Pod> pods(KubernetesClient client, String namespace) {
    return client.pods().inNamespace(namespace).list().getItems();
  }

  private static Rollout rollout(KubernetesClient client, String namespace) {
    return client.resources(Rollout.class).inNamespace(namespace).withName("shop").get();
  }

  private static String tag(String image) {
    return image.substring(image.indexOf(':') + 1);
  }
}
