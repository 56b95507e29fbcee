package dev.serin.e2e.sweep;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.VerdictType;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The steps that a recorded verdict allowed to leave, of each Analysis of a namespace: a verdict of the past is overwritten
/// by later ones.
final class Advances implements Watcher<Analysis>, AutoCloseable {

  private final Map<String, Set<Integer>> passed = new HashMap<>();
  private final Watch watch;
  private @Nullable WatcherException ended;

  /// Sees what is recorded from now on.
  Advances(KubernetesClient client, String namespace) {
    watch = client.resources(Analysis.class).inNamespace(namespace).watch(this);
  }

  /// The steps of an Analysis, the first is 1.
  synchronized Set<Integer> of(String analysis) {
    if (ended != null) {
      throw new IllegalStateException("the watch of a run ended before the run", ended);
    }
    return Set.copyOf(passed.getOrDefault(analysis, Set.of()));
  }

  @Override
  public synchronized void eventReceived(Action action, Analysis analysis) {
    var status = analysis.getStatus();
    if (status != null && status.verdict() != null && status.verdict().type() == VerdictType.ADVANCE
        && status.step() != null) {
      passed.computeIfAbsent(analysis.getMetadata().getName(), _ -> new TreeSet<>()).add(status.step().index() + 1);
    }
  }

  @Override
  public synchronized void onClose(WatcherException cause) {
    ended = cause;
  }

  @Override
  public void close() {
    watch.close();
  }
}
