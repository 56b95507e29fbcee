package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The first act of a deletion: grace for running pods, finalizers for dependents.
final class Deletion {

  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  private Deletion() {}

  /// @return a copy of the object, marked as being deleted
  static ObjectNode begin(ResourceType type, ObjectNode live, DeleteOptions options, Instant now) {
    var next = live.deepCopy();
    if (!Metadata.isDeleting(live)) {
      switch (options.propagation()) {
        case BACKGROUND -> {
          // The garbage collector needs no mark.
        }
        case FOREGROUND -> Metadata.addFinalizer(next, FOREGROUND);
        case ORPHAN -> Metadata.addFinalizer(next, ORPHAN);
      }
    }
    if (type.is("namespaces")) {
      next.withObject("/status").put("phase", "Terminating");
    }
    Metadata.markDeleted(next, now, grace(type, live, options.gracePeriodSeconds()));
    return next;
  }

  /// Only a pod that a node runs is given time: its kubelet ends the deletion with grace 0.
  private static long grace(ResourceType type, ObjectNode live, @Nullable Long asked) {
    if (!type.is("pods") || live.at("/spec/nodeName").asText().isEmpty()) {
      return 0;
    }
    var phase = live.at("/status/phase").asText();
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return 0;
    }
    var wanted = asked == null ? live.at("/spec/terminationGracePeriodSeconds").asLong(30) : asked;
    if (!Metadata.isDeleting(live)) {
      return wanted;
    }
    // A second deletion may only shorten the first one's grace.
    return Math.min(asked == null ? Long.MAX_VALUE : wanted, live.at("/metadata/deletionGracePeriodSeconds").asLong());
  }
}
