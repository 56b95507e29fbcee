package dev.serin.operator.reconcile;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.rollout.Candidate;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/// Finds, opens and writes the Analysis of a candidate.
final class AnalysisStore {

  private final KubernetesClient client;

  AnalysisStore(KubernetesClient client) {
    this.client = client;
  }

  /// The Analysis of this very attempt, read live.
  Optional<AnalysisSight> read(Rollout rollout, Candidate candidate) {
    return of(rollout, candidate).stream()
        .filter(analysis -> analysis.getSpec().candidateSince().equals(candidate.since())).findFirst()
        .map(AnalysisSight::new);
  }

  /// Name for a new attempt: `<rollout>-<revision>`, later ones with `-2`, `-3`, ….
  String freeName(Rollout rollout, Candidate candidate) {
    int earlier = of(rollout, candidate).size();
    String name = rollout.getMetadata().getName() + "-" + candidate.revision();
    return earlier == 0 ? name : name + "-" + (earlier + 1);
  }

  void create(Analysis analysis) {
    client.resource(analysis).create();
  }

  /// Writes what differs by compare-and-swap on the resourceVersion that was read.
  void write(AnalysisSight analysis, AnalysisStatus status) {
    new StatusSwap(client).write(analysis.object(), analysis.status(), status);
  }

  private List<Analysis> of(Rollout rollout, Candidate candidate) {
    return client.resources(Analysis.class).inNamespace(rollout.getMetadata().getNamespace())
        .withLabel(Keys.ROLLOUT, rollout.getMetadata().getName())
        .withLabel(Keys.REVISION, candidate.revision().value()).list().getItems().stream()
        .filter(analysis -> analysis.hasOwnerReferenceFor(rollout.getMetadata().getUid())).toList();
  }
}
