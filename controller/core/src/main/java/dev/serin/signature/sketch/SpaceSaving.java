package dev.serin.signature.sketch;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The most frequent values of a stream (Metwally et al., 2005): 16 entries, each count too high by at most its error.
///
/// For display only: what it holds depends on the order of the stream. Not thread-safe.
public final class SpaceSaving {

  private static final int ENTRIES = 16;

  /// A value that is among the most frequent ones, maybe.
  ///
  /// @param count
  ///          at least as high as the true one
  /// @param error
  ///          by how much it may be too high
  public record Entry(long value, long count, long error) {}

  private final Map<Long, Entry> entries = new TreeMap<>();

  /// With the entries of an earlier one, so that counting goes on as if it had never stopped.
  public static SpaceSaving of(List<Entry> entries) {
    var result = new SpaceSaving();
    entries.forEach(entry -> result.entries.put(entry.value(), entry));
    return result;
  }

  public void add(long value) {
    var known = entries.get(value);
    if (known != null) {
      entries.put(value, new Entry(value, known.count() + 1, known.error()));
    } else if (entries.size() < ENTRIES) {
      entries.put(value, new Entry(value, 1, 0));
    } else {
      var least = entries.values().stream().min(Comparator.comparingLong(Entry::count)).orElseThrow();
      entries.remove(least.value());
      entries.put(value, new Entry(value, least.count() + 1, least.count()));
    }
  }

  /// The entries, highest count first.
  public List<Entry> top() {
    return entries.values().stream().sorted(Comparator.comparingLong(Entry::count).reversed()).toList();
  }
}
