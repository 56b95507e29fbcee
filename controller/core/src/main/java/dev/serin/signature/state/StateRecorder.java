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
import dev.serin.signature.tenant.TenantRules;
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
  private final TenantRules tenants;
  private final SipHash lines;
  private final SampleWriter samples = new SampleWriter();
  private final SignatureFolding folding;
  private final SortedMap<Owner, OwnerCounts> owners;
  private final SortedMap<SignatureId, Atom> atoms;
  private final String keyId;
  private long windowSeq;

  /// @param lines
  ///          keyed hash that chooses samples
  public StateRecorder(SignatureState start, RecordRules rules, TenantRules tenants, SipHash lines) {
    this.rules = rules;
    this.tenants = tenants;
    this.lines = lines;
    folding = SignatureState.folding(List.of(start));
    owners = new TreeMap<>(start.owners());
    atoms = new TreeMap<>(start.atoms());
    keyId = start.keyId();
    windowSeq = start.windowSeq();
  }

  /// Counts the owner's next record.
  ///
  /// @param cursor
  ///          where its stream goes on behind it
  public void record(Owner owner, LogRecord entry, OwnerCounts.Cursor cursor) {
    var before = owners.getOrDefault(owner, OwnerCounts.NONE);
    SortedMap<SignatureId, Long> counts = new TreeMap<>(before.counts());
    var tenant = tenants.tenantOf(entry);
    var signature = rules.signatureOf(entry).map(folding::fold);
    signature.ifPresent(named -> {
      counts.merge(named.id(), 1L, Long::sum);
      atoms.merge(named.id(), atom(owner, entry, named, tenant), Atom::merge);
    });
    var top = SpaceSaving.of(before.topTenants());
    if (signature.isPresent()) {
      tenant.ifPresent(hit -> top.add(hit.hash()));
    }
    owners.put(owner, new OwnerCounts(before.position() + 1, cursor, before.gaps(), counts, top.top()));
  }

  /// A stretch of the owner's log is lost.
  public void gap(Owner owner, OwnerCounts.Gap gap) {
    var before = owners.getOrDefault(owner, OwnerCounts.NONE);
    List<OwnerCounts.Gap> gaps = new ArrayList<>(before.gaps());
    gaps.add(gap);
    owners.put(owner,
        new OwnerCounts(before.position() + 1, before.cursor(), gaps, before.counts(), before.topTenants()));
  }

  /// A window has closed.
  public void closed(long sequence) {
    windowSeq = Math.max(windowSeq, sequence);
  }

  /// All that is counted so far, folded.
  public SignatureState state() {
    return new SignatureState(keyId, windowSeq, owners, atoms).fold();
  }

  private Atom atom(Owner owner, LogRecord entry, Signature signature, Optional<Tenant> tenant) {
    byte[] line = entry.message().getBytes(StandardCharsets.UTF_8);
    byte[] pod = owner.podUid().getBytes(StandardCharsets.UTF_8);
    SortedMap<String, List<Sample>> sample = new TreeMap<>();
    sample.put(owner.arm(), List.of(new Sample(lines.hash(line, 0, line.length), samples.write(entry.message()))));
    long time = entry.time().toEpochMilli();
    return new Atom(signature, time, time,
        tenant.map(hit -> HyperLogLog.EMPTY.with(hit.hash())).orElse(HyperLogLog.EMPTY),
        1L << (PODS.hash(pod, 0, pod.length) & 63), sample);
  }
}
