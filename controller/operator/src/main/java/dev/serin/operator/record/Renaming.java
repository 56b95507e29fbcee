package dev.serin.operator.record;

import dev.serin.judge.Arm;
import dev.serin.judge.Evidence;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Policy;
import dev.serin.judge.Window;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.state.Renames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which of the canary's new signatures are old ones in other words. From then on they count under the old name: a release that
/// changes the wording of an error is not a worse one, and one that also makes it more frequent is still found.
///
/// Used by one reconcile at a time.
final class Renaming {

  private static final Renames.Counts NONE = new Renames.Counts(0, 0);

  private final Map<SignatureId, SignatureId> oldNames = new HashMap<>();

  void recorded(SignatureId renamed, SignatureId oldName) {
    oldNames.put(renamed, oldName);
  }

  Map<SignatureId, SignatureId> oldNames() {
    return Collections.unmodifiableMap(oldNames);
  }

  /// Learns from all counts so far, those of the next window included.
  ///
  /// @param seen
  ///          the signatures that occurred
  /// @return what is new
  List<Renames.Renamed<Signature>> learn(Collection<Signature> seen, Evidence evidence, Window next, Policy policy) {
    double canary = evidence.exposure(Arm.CANARY) + next.exposure(Arm.CANARY);
    double stable = evidence.exposure(Arm.BASELINE) + next.exposure(Arm.BASELINE);
    if (canary == 0 || stable == 0) {
      return List.of();
    }
    Map<SignatureId, Renames.Counts> counts = counts(evidence, next);
    List<Renames.Renamed<Signature>> found = new ArrayList<>();
    seen.stream().filter(signature -> !signature.folded() && !signature.levels().isEmpty())
        .sorted((one, other) -> one.id().compareTo(other.id()))
        .collect(Collectors.groupingBy(signature -> List.of(signature.family(), signature.levels()), LinkedHashMap::new,
            Collectors.toList()))
        .values().forEach(children -> {
          Map<Signature, Renames.Counts> ofNode = new LinkedHashMap<>();
          children.stream().filter(child -> counts.containsKey(child.id()))
              .forEach(child -> ofNode.put(child, counts.getOrDefault(child.id(), NONE)));
          Renames.find(ofNode, Signature::template, canary / (canary + stable)).stream()
              // What was known before has a name of its own.
              .filter(pair -> !policy.known().containsKey(pair.appeared().id())).forEach(found::add);
        });
    found.forEach(pair -> oldNames.put(pair.appeared().id(), pair.gone().id()));
    return List.copyOf(found);
  }

  private static Map<SignatureId, Renames.Counts> counts(Evidence evidence, Window next) {
    Map<SignatureId, Renames.Counts> counts = new HashMap<>();
    evidence.signatures().forEach(past -> counts.put(past.observed().signature(),
        new Renames.Counts(past.observed().canaryEvents(), past.observed().baselineEvents())));
    next.events(Arm.CANARY).forEach((signature, events) -> counts.merge(signature, new Renames.Counts(events, 0),
        Renaming::sum));
    next.events(Arm.BASELINE).forEach((signature, events) -> counts.merge(signature, new Renames.Counts(0, events),
        Renaming::sum));
    return counts;
  }

  private static Renames.Counts sum(Renames.Counts one, Renames.Counts other) {
    return new Renames.Counts(one.canary() + other.canary(), one.baseline() + other.baseline());
  }

  /// The window with the events of renamed signatures under their old names.
  Window underOldNames(Window window) {
    return oldNames.isEmpty()
        ? window
        : new Window(window.sequence(), window.start(), window.length(), renamed(window.canary()),
            renamed(window.baseline()), window.complete(), window.burnIn());
  }

  private List<PodCounts> renamed(List<PodCounts> pods) {
    return pods.stream().map(pod -> {
      var tenants = new TreeMap<String, SortedMap<SignatureId, Long>>();
      pod.tenants().forEach((tenant, own) -> tenants.put(tenant, renamed(own)));
      return new PodCounts(pod.pod(), pod.exposure(), pod.failures(), renamed(pod.events()), pod.age(), tenants,
          pod.latency());
    }).toList();
  }

  private SortedMap<SignatureId, Long> renamed(SortedMap<SignatureId, Long> events) {
    var under = new TreeMap<SignatureId, Long>();
    events.forEach((signature, count) -> under.merge(oldNames.getOrDefault(signature, signature), count, Long::sum));
    return under;
  }
}
