package dev.serin.operator.source;

import dev.serin.judge.Arm;
import dev.serin.operator.source.BoundedRules.Occurrence;
import dev.serin.signature.Signature;
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

  /// Signatures per arm: many more than the judge tells apart.
  private static final int MOST = 1000;
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

  void saw(PodTarget pod, LogRecord entry, Occurrence occurrence) {
    String text = sampled(entry, occurrence.signature());
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    long hash = lines.hash(line, 0, line.length);
    synchronized (this) {
      seen(pod.arm(), occurrence.signature(), entry.time()).ifPresent(found -> {
        found.add(pod, entry.time(), occurrence.tenant());
        found.sample(text, hash);
      });
    }
  }

  /// An exit has no tenant, and no text but its signature's.
  synchronized void sawExit(PodTarget pod, PodTarget.Exit exit, Signature signature) {
    seen(pod.arm(), signature, exit.at()).ifPresent(found -> found.add(pod, exit.at(), Optional.empty()));
  }

  private Optional<Seen> seen(Arm arm, Signature signature, Instant first) {
    Map<SignatureId, Seen> ofArm = ofArm(arm);
    return ofArm.size() < MOST || ofArm.containsKey(signature.id())
        ? Optional.of(ofArm.computeIfAbsent(signature.id(), _ -> new Seen(first)))
        : Optional.empty();
  }

  /// What named the signature. Of a signature that the user named nothing: what the `*` stands for may be any words.
  private static String sampled(LogRecord entry, Signature signature) {
    return switch (signature.family()) {
      case NAMED -> "";
      case EXC -> entry.exception().map(trace -> trace.rootCause().message()).orElse("");
      case HTTP, LOG, K8S -> entry.message();
    };
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

    void add(PodTarget pod, Instant time, Optional<Tenant> tenant) {
      events++;
      first = time.isBefore(first) ? time : first;
      last = time.isAfter(last) ? time : last;
      if (pods.size() < MOST_PODS) {
        pods.add(pod.name());
      }
      long window = grid.sequenceAt(time);
      windows += window > lastWindow ? 1 : 0;
      lastWindow = Math.max(lastWindow, window);
      tenant.ifPresent(hit -> {
        tenants = tenants.with(hit.hash());
        mostHit.add(hit.hash());
      });
    }

    void sample(String text, long hash) {
      // Writing a sample costs more than counting, and few are kept.
      if (!text.isBlank() && Sample.isKept(hash, samples) && samples.stream().noneMatch(kept -> kept.hash() == hash)) {
        samples = Sample.merge(samples, List.of(new Sample(hash, writer.write(text))));
      }
    }

    Sighting sighting() {
      return new Sighting(events, first, last, List.copyOf(pods), windows, tenants.estimate(),
          mostHit.top().stream().limit(MOST_HIT).map(entry -> new Tenant(entry.value()).toString()).toList(),
          samples.stream().map(Sample::text).distinct().toList());
    }
  }
}
