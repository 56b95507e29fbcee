package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Objects and the history of their changes. Stored trees are never changed: who wants to change one copies it.
///
/// Watchers read the shared history from where they stand, so a slow one costs nothing; one that falls behind the kept
/// history is told that it expired, as by Kubernetes.
public final class Store {

  private static final int HISTORY = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeMap<ResourceKey, ObjectNode> objects = new TreeMap<>();
  private final ArrayDeque<Change> history = new ArrayDeque<>();
  private long revision = 1;
  private boolean closed;

  /// Objects at one moment.
  public record Snapshot(long revision, List<ObjectNode> objects) {}

  /// Runs a read-modify-write that nobody else's write can part.
  <T> T atomically(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  Optional<ObjectNode> get(ResourceKey key) {
    return atomically(() -> Optional.ofNullable(objects.get(key)));
  }

  /// @param namespace
  ///          empty for all
  Snapshot list(String storage, String namespace) {
    return atomically(() -> {
      var from = new ResourceKey(storage, namespace, "");
      return new Snapshot(revision,
          objects.tailMap(from).entrySet().stream()
              .takeWhile(entry -> entry.getKey().storage().equals(storage)
                  && (namespace.isEmpty() || entry.getKey().namespace().equals(namespace)))
              .map(Map.Entry::getValue).toList());
    });
  }

  /// Stores the object and sets its resource version.
  ObjectNode put(ResourceKey key, ObjectNode object) {
    return atomically(() -> {
      var stamped = stamp(object);
      record(key, objects.put(key, stamped), stamped, stamped);
      return stamped;
    });
  }

  ObjectNode remove(ResourceKey key, ObjectNode last) {
    return atomically(() -> {
      var stamped = stamp(last.deepCopy());
      record(key, objects.remove(key), null, stamped);
      return stamped;
    });
  }

  public long revision() {
    return atomically(() -> revision);
  }

  public boolean isClosed() {
    return atomically(() -> closed);
  }

  /// Changes after a revision; waits for one if there is none yet.
  ///
  /// @param patience
  ///          the longest wait; then the list is empty
  /// @throws ApiException
  ///           410 when the history does not reach back that far
  public List<Change> changesSince(long seen, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = patience.toNanos();
      while (revision <= seen && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      var oldest = history.isEmpty() ? revision : history.getFirst().revision() - 1;
      if (seen < oldest || seen > revision) {
        throw ApiException.expired(seen, oldest);
      }
      return history.reversed().stream().takeWhile(change -> change.revision() > seen).toList().reversed();
    } finally {
      lock.unlock();
    }
  }

  /// Wakes and ends every watcher.
  public void close() {
    atomically(() -> {
      closed = true;
      changed.signalAll();
      return closed;
    });
  }

  private ObjectNode stamp(ObjectNode object) {
    revision++;
    object.withObject("/metadata").put("resourceVersion", Long.toString(revision));
    return object;
  }

  private void record(ResourceKey key, @Nullable ObjectNode before, @Nullable ObjectNode after, ObjectNode last) {
    history.addLast(new Change(revision, key, before, after, last));
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
    changed.signalAll();
  }
}
