package dev.serin.signature.state;

import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureFolding;
import dev.serin.signature.SignatureId;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.sketch.HyperLogLog;
import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.sketch.SpaceSaving;
import dev.serin.signature.tenant.Tenant;
import dev.serin.signature.tenant.TenantKey;
import dev.serin.signature.text.SampleWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts records on top of a state. Stopped at any record and begun again from its state, it ends in the same bytes.
///
/// Not thread-safe.
public final class StateRecorder {

  /// Spreads pods over 64 bits; no secret, since pod uids are none.
  private static final SipHash PODS = SipHash.fast(0, 0);

  private final RecordRules rules;
  private final TenantKey tenants;
  private final SipHash lines;
  private final SampleWriter samples = new SampleWriter();
  private final SignatureFolding folding;
  private final SortedMap<Owner, Stream> streams = new TreeMap<>();
  private final SortedMap<SignatureId, Atom> atoms;
  private final String keyId;
  private long windowSeq;

  /// @param tenants
  ///          hides the names of tenants
  /// @param lines
  ///          keyed hash that chooses samples
  public StateRecorder(SignatureState start, RecordRules rules, TenantKey tenants, SipHash lines) {
    this.rules = rules;
    this.tenants = tenants;
    this.lines = lines;
    folding = SignatureState.folding(List.of(start));
    start.owners().forEach((owner, counts) -> streams.put(owner, new Stream(counts)));
    atoms = new TreeMap<>(start.atoms());
    keyId = start.keyId();
    windowSeq = start.windowSeq();
  }

  /// Counts the owner's next record.
  ///
  /// @param cursor
  ///          where its stream goes on behind it
  public void record(Owner owner, LogRecord entry, OwnerCounts.Cursor cursor) {
    var stream = stream(owner);
    stream.position++;
    stream.cursor = cursor;
    rules.signatureOf(entry).map(folding::fold).ifPresent(signature -> {
      var tenant = entry.tenant().map(tenants::tenant);
      stream.counts.merge(signature.id(), 1L, Long::sum);
      tenant.ifPresent(hit -> stream.topTenants.add(hit.hash()));
      atoms.merge(signature.id(), atom(owner, entry, signature, tenant), Atom::merge);
    });
  }

  /// A stretch of the owner's log is lost.
  public void gap(Owner owner, OwnerCounts.Gap gap) {
    var stream = stream(owner);
    stream.position++;
    stream.gaps.add(gap);
  }

  private Stream stream(Owner owner) {
    return streams.computeIfAbsent(owner, _ -> new Stream(OwnerCounts.NONE));
  }

  /// A window has closed.
  public void closed(long sequence) {
    windowSeq = Math.max(windowSeq, sequence);
  }

  /// All that is counted so far, folded.
  public SignatureState state() {
    SortedMap<Owner, OwnerCounts> owners = new TreeMap<>();
    streams.forEach((owner, stream) -> owners.put(owner, stream.counted()));
    return new SignatureState(keyId, windowSeq, owners, atoms).fold();
  }

  private Atom atom(Owner owner, LogRecord entry, Signature signature, Optional<Tenant> tenant) {
    byte[] line = entry.message().getBytes(StandardCharsets.UTF_8);
    byte[] pod = owner.podUid().getBytes(StandardCharsets.UTF_8);
    SortedMap<String, List<Sample>> sample = new TreeMap<>();
    long hash = lines.hash(line, 0, line.length);
    if (isKept(signature, owner.arm(), hash)) {
      sample.put(owner.arm(), List.of(new Sample(hash, samples.write(entry.message()))));
    }
    long time = entry.time().toEpochMilli();
    return new Atom(signature, time, time,
        tenant.map(hit -> HyperLogLog.EMPTY.with(hit.hash())).orElse(HyperLogLog.EMPTY),
        1L << (PODS.hash(pod, 0, pod.length) & 63), sample);
  }

  /// Writing a sample costs more than counting, and few are kept.
  private boolean isKept(Signature signature, String arm, long hash) {
    var known = atoms.get(signature.id());
    return known == null || Sample.isKept(hash, known.samples().getOrDefault(arm, List.of()));
  }

  /// One owner's stream so far.
  private static final class Stream {
    private final List<OwnerCounts.Gap> gaps;
    private final SortedMap<SignatureId, Long> counts;
    private final SpaceSaving topTenants;
    private long position;
    private OwnerCounts.Cursor cursor;

    Stream(OwnerCounts start) {
      gaps = new ArrayList<>(start.gaps());
      counts = new TreeMap<>(start.counts());
      topTenants = SpaceSaving.of(start.topTenants());
      position = start.position();
      cursor = start.cursor();
    }

    OwnerCounts counted() {
      return new OwnerCounts(position, cursor, gaps, counts, topTenants.top());
    }
  }
}
