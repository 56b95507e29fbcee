package dev.serin.signature.state;

import dev.serin.signature.Signature;
import dev.serin.signature.sketch.HyperLogLog;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is known of one signature beside its counts. Merging is commutative, associative and idempotent.
///
/// @param signature
///          the signature
/// @param firstSeen
///          milliseconds since the epoch
/// @param lastSeen
///          milliseconds since the epoch, not before `firstSeen`
/// @param tenants
///          sketch of the tenants that it hit
/// @param podBits
///          one of 64 bits for each pod that it came from
/// @param samples
///          by arm, at most three each
public record Atom(Signature signature, long firstSeen, long lastSeen, HyperLogLog tenants, long podBits,
    SortedMap<String, List<Sample>> samples) {

  public Atom {
    samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
  }

  /// What both know together, under the first one's name.
  Atom merge(Atom other) {
    SortedMap<String, List<Sample>> both = new TreeMap<>(samples);
    other.samples.forEach((arm, list) -> both.merge(arm, list, Sample::merge));
    return new Atom(signature, Math.min(firstSeen, other.firstSeen), Math.max(lastSeen, other.lastSeen),
        tenants.merge(other.tenants), podBits | other.podBits, both);
  }

  Atom named(Signature other) {
    return new Atom(other, firstSeen, lastSeen, tenants, podBits, samples);
  }
}
