package dev.serin.signature.state;

import dev.serin.signature.SignatureId;
import dev.serin.signature.sketch.SpaceSaving;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was counted of one owner's stream up to a position. Two of them for one owner are prefixes of the same stream.
///
/// @param position
///          records consumed, at least 0
/// @param cursor
///          where reading goes on
/// @param gaps
///          stretches of the log that are lost, in order
/// @param counts
///          records by signature, each at least 1
/// @param topTenants
///          hashes of the most frequent tenants, for display
public record OwnerCounts(long position, Cursor cursor, List<Gap> gaps, SortedMap<SignatureId, Long> counts,
    List<SpaceSaving.Entry> topTenants) {

  static final OwnerCounts NONE = new OwnerCounts(0, new Cursor(0, 0, 0), List.of(), Collections.emptySortedMap(),
      List.of());

  /// Where reading goes on.
  ///
  /// @param time
  ///          the runtime's time of the last processed line, in nanoseconds since the epoch
  /// @param line
  ///          physical lines processed within that second
  /// @param hash
  ///          hash of the last line
  public record Cursor(long time, int line, long hash) {}

  /// A stretch of time that was not read, in nanoseconds since the epoch.
  public record Gap(long from, long to) {}

  public OwnerCounts {
    gaps = List.copyOf(gaps);
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    topTenants = List.copyOf(topTenants);
  }

  /// The longer prefix, as a whole.
  ///
  /// @throws IllegalArgumentException
  ///           if both have the same length and differ: they are not of one stream
  OwnerCounts merge(OwnerCounts other) {
    if (position == other.position && !equals(other)) {
      throw new IllegalArgumentException("two different counts at position " + position);
    }
    return position >= other.position ? this : other;
  }

  OwnerCounts withCounts(SortedMap<SignatureId, Long> others) {
    return new OwnerCounts(position, cursor, gaps, others, topTenants);
  }
}
