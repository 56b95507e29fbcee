package dev.serin.operator.record;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.Keys;
import dev.serin.api.v1alpha1.Rollout;
import dev.serin.rollout.Candidate;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds, opens and writes the Analysis of a candidate.
public final class AnalysisStore {

  /// The audit records that are kept of one Rollout.
  private static final int KEPT = 10;
  private static final int NAMES = 50;

  private final KubernetesClient client;

  public AnalysisStore(KubernetesClient client) {
    this.client = client;
  }

  /// The Analysis of this very attempt, read live.
  public Optional<AnalysisSight> read(Rollout rollout, Candidate candidate) {
    return ours(rollout).withLabel(Keys.REVISION, candidate.revision().value()).list().getItems().stream()
        .filter(analysis -> analysis.hasOwnerReferenceFor(rollout.getMetadata().getUid()))
        .filter(analysis -> analysis.getSpec().candidateSince().equals(candidate.since())).findFirst()
        .map(AnalysisSight::new);
  }

  /// Creates the Analysis of a new attempt as `<rollout>-<revision>`, later ones with `-2`, `-3`, …. Nothing happens if a
  /// create whose reply was lost has made it.
  public void open(Rollout rollout, Candidate candidate, Analysis analysis) {
    String name = rollout.getMetadata().getName() + "-" + candidate.revision();
    for (int attempt = 1; attempt <= NAMES; attempt++) {
      analysis.getMetadata().setName(attempt == 1 ? name : name + "-" + attempt);
      if (created(analysis) || isAttempt(client.resource(analysis).get(), rollout, candidate)) {
        return;
      }
    }
    throw new IllegalStateException(NAMES + " Analyses are named " + name + "-…: delete old ones");
  }

  /// Name of the oldest Analysis beyond the newest ten.
  public Optional<String> surplus(Rollout rollout) {
    return ours(rollout).list().getItems().stream()
        .filter(analysis -> analysis.hasOwnerReferenceFor(rollout.getMetadata().getUid()))
        .sorted(Comparator.<Analysis, String>comparing(analysis -> analysis.getMetadata().getCreationTimestamp())
            .reversed())
        .skip(KEPT).reduce((_, older) -> older).map(analysis -> analysis.getMetadata().getName());
  }

  /// Drops an Analysis. Nothing happens if it is gone, or is not ours.
  public void drop(Rollout rollout, String name) {
    Analysis there = client.resources(Analysis.class).inNamespace(rollout.getMetadata().getNamespace()).withName(name)
        .get();
    if (there != null && there.hasOwnerReferenceFor(rollout.getMetadata().getUid())) {
      client.resource(there).lockResourceVersion(there.getMetadata().getResourceVersion()).delete();
    }
  }

  /// Writes what differs by compare-and-swap on the resourceVersion that was read.
  public void write(AnalysisSight analysis, AnalysisStatus status) {
    new StatusSwap(client).write(analysis.object(), analysis.status(), status);
  }

  private boolean created(Analysis analysis) {
    try {
      client.resource(analysis).create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return false;
    }
  }

  private static boolean isAttempt(@Nullable Analysis there, Rollout rollout, Candidate candidate) {
    // One that lost its labels is not found by them again: the attempt gets another.
    return there != null && there.hasOwnerReferenceFor(rollout.getMetadata().getUid())
        && there.getSpec().candidateSince().equals(candidate.since())
        && candidate.revision().value().equals(there.getMetadata().getLabels().get(Keys.REVISION))
        && rollout.getMetadata().getName().equals(there.getMetadata().getLabels().get(Keys.ROLLOUT));
  }

  private FilterWatchListDeletable<Analysis, KubernetesResourceList<Analysis>, Resource<Analysis>> ours(
      Rollout rollout) {
    return client.resources(Analysis.class).inNamespace(rollout.getMetadata().getNamespace())
        .withLabel(Keys.ROLLOUT, rollout.getMetadata().getName());
  }
}
