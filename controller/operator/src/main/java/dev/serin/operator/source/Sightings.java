package dev.serin.operator.source;

import dev.serin.judge.Arm;
import dev.serin.operator.source.BoundedRules.Occurrence;
import dev.serin.signature.SignatureId;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.sketch.HyperLogLog;
import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.sketch.SpaceSaving;
import dev.serin.signature.state.Sample;
import dev.serin.signature.tenant.Tenant;
import dev.serin.signature.text.SampleWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Remembers of each signature what helps people to find its cause. Bounded in memory; thread-safe.
final class Sightings {

  /// Signatures per arm: as many as the judge tells apart, and some that folded later.
  private static final int MOST = 200;
  private static final int MOST_PODS = 64;
  private static final int MOST_HIT = 3;

  private final WindowGrid grid;
  /// Chooses samples: with a key that nobody knows, nobody can choose them.
  private final SipHash lines;
  private final SampleWriter writer = new SampleWriter();
  private final Map<Arm, Map<SignatureId, Seen>> seen = Map.of(Arm.CANARY, new HashMap<>(), Arm.BASELINE,
      new HashMap<>());

  Sightings(WindowGrid grid, SipHash lines) {
    this.grid = grid;
    this.lines = lines;
  }

  synchronized void saw(PodTarget pod, LogRecord entry, Occurrence occurrence) {
    Map<SignatureId, Seen> ofArm = ofArm(pod.arm());
    SignatureId signature = occurrence.signature().id();
    if (ofArm.size() < MOST || ofArm.containsKey(signature)) {
      ofArm.computeIfAbsent(signature, _ -> new Seen(entry.time())).add(pod, entry, occurrence.tenant());
    }
  }

  synchronized Optional<Sighting> of(Arm arm, SignatureId signature) {
    return Optional.ofNullable(ofArm(arm).get(signature)).map(Seen::sighting);
  }

  private Map<SignatureId, Seen> ofArm(Arm arm) {
    return seen.getOrDefault(arm, Map.of());
  }

  /// One signature on one arm.
  private final class Seen {
    private final TreeSet<String> pods = new TreeSet<>();
    private final SpaceSaving mostHit = new SpaceSaving();
    private Instant first;
    private Instant last;
    private long events;
    private long lastWindow = -1;
    private int windows;
    private HyperLogLog tenants = HyperLogLog.EMPTY;
    private List<Sample> samples = List.of();

    Seen(Instant time) {
      first = time;
      last = time;
    }

    void add(PodTarget pod, LogRecord entry, Optional<Tenant> tenant) {
      events++;
      first = entry.time().isBefore(first) ? entry.time() : first;
      last = entry.time().isAfter(last) ? entry.time() : last;
      if (pods.size() < MOST_PODS) {
        pods.add(pod.name());
      }
      long window = grid.sequenceAt(entry.time());
      windows += window > lastWindow ? 1 : 0;
      lastWindow = Math.max(lastWindow, window);
      tenant.ifPresent(hit -> {
        tenants = tenants.with(hit.hash());
        mostHit.add(hit.hash());
      });
      byte[] line = entry.message().getBytes(StandardCharsets.UTF_8);
      long hash = lines.hash(line, 0, line.length);
      // Writing a sample costs more than counting, and few are kept.
      if (Sample.isKept(hash, samples)) {
        samples = Sample.merge(samples, List.of(new Sample(hash, writer.write(entry.message()))));
      }
    }

    Sighting sighting() {
      return new Sighting(events, first, last, List.copyOf(pods), windows, tenants.estimate(),
          mostHit.top().stream().limit(MOST_HIT).map(entry -> new Tenant(entry.value()).toString()).toList(),
          samples.stream().map(Sample::text).distinct().toList());
    }
  }
}
