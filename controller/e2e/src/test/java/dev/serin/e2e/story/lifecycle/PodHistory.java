package dev.serin.e2e.story.lifecycle;

import dev.serin.api.v1alpha1.Keys;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every state that the pods of a shop were in, one after the other.
final class PodHistory implements Watcher<Pod>, AutoCloseable {

  private final Map<String, Seen> present = new HashMap<>();
  private final List<Map<String, Seen>> states = new ArrayList<>();
  private @Nullable Watch watch;
  private @Nullable WatcherException ended;

  private record Seen(String image, boolean canary, boolean ready) {}

  private PodHistory() {}

  static PodHistory of(ShopKeeper keeper) {
    var history = new PodHistory();
    history.watch = keeper.eyes().pods().inNamespace(keeper.shop().namespace()).withLabel("app", "shop")
        .watch(history);
    return history;
  }

  /// The images that had canary pods at the same time, ending ones included.
  synchronized Set<Set<String>> canariesAtOnce() {
    return states().stream()
        .map(state -> state.values().stream().filter(Seen::canary).map(Seen::image).collect(Collectors.toSet()))
        .collect(Collectors.toSet());
  }

  /// The fewest ready stable pods of all states since there were `whole` of them.
  synchronized long fewestStable(int whole) {
    return states().stream().mapToLong(PodHistory::readyStable).dropWhile(ready -> ready < whole).min().orElse(0);
  }

  private static long readyStable(Map<String, Seen> state) {
    return state.values().stream().filter(pod -> !pod.canary() && pod.ready()).count();
  }

  @Override
  public synchronized void eventReceived(Action action, Pod pod) {
    String uid = pod.getMetadata().getUid();
    if (action == Action.DELETED) {
      present.remove(uid);
    } else if (action == Action.ADDED || action == Action.MODIFIED) {
      present.put(uid, seen(pod));
    }
    states.add(Map.copyOf(present));
  }

  private static Seen seen(Pod pod) {
    boolean ready = pod.getMetadata().getDeletionTimestamp() == null && pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    return new Seen(pod.getSpec().getContainers().getFirst().getImage(),
        pod.getMetadata().getLabels().containsKey(Keys.ARM), ready);
  }

  @Override
  public synchronized void onClose(WatcherException cause) {
    ended = cause;
  }

  private List<Map<String, Seen>> states() {
    if (ended != null) {
      throw new IllegalStateException("the watch of a test ended before the test", ended);
    }
    return states;
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
