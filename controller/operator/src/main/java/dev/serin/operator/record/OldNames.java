package dev.serin.operator.record;

import dev.serin.judge.PodCounts;
import dev.serin.judge.Window;
import dev.serin.signature.SignatureId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The old names of renamed signatures: events count under them. Used by one reconcile at a time.
final class OldNames {

  /// As many as an Analysis can hold. Further ones stay new.
  private static final int MOST = 50;

  private final SortedMap<SignatureId, SignatureId> byNewName = new TreeMap<>();

  /// Learns an old name.
  ///
  /// @return whether there was room
  boolean put(SignatureId newName, SignatureId oldName) {
    return byNewName.size() < MOST && byNewName.put(newName, oldName) == null;
  }

  /// Old names by new ones.
  SortedMap<SignatureId, SignatureId> all() {
    return Collections.unmodifiableSortedMap(byNewName);
  }

  /// The same window with each renamed signature under its old name.
  Window under(Window window) {
    return byNewName.isEmpty()
        ? window
        : new Window(window.sequence(), window.start(), window.length(), under(window.canary()),
            under(window.baseline()), window.complete(), window.burnIn());
  }

  private List<PodCounts> under(List<PodCounts> pods) {
    return pods.stream().map(pod -> {
      var tenants = new TreeMap<String, SortedMap<SignatureId, Long>>();
      pod.tenants().forEach((tenant, own) -> tenants.put(tenant, under(own)));
      return new PodCounts(pod.pod(), pod.exposure(), pod.failures(), under(pod.events()), pod.age(), tenants,
          pod.latency());
    }).toList();
  }

  private SortedMap<SignatureId, Long> under(Map<SignatureId, Long> events) {
    var renamed = new TreeMap<SignatureId, Long>();
    events.forEach((signature, count) -> renamed.merge(byNewName.getOrDefault(signature, signature), count, Long::sum));
    return renamed;
  }
}
