package dev.serin.signature.state;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// An example of a signature, without raw values.
///
/// @param hash
///          keyed hash of the raw line; the smallest are kept, so which examples are shown depends on no order
/// @param text
///          the line with shapes in place of what varies, at most 512 bytes
public record Sample(long hash, String text) implements Comparable<Sample> {

  private static final int KEPT = 3;
  private static final Comparator<Sample> ORDER = Comparator.comparingLong(Sample::hash).thenComparing(Sample::text);

  @Override
  public int compareTo(Sample other) {
    return ORDER.compare(this, other);
  }

  /// Whether a sample with this hash could be among the smallest beside these.
  public static boolean isKept(long hash, List<Sample> smallest) {
    return smallest.size() < KEPT || hash <= smallest.getLast().hash;
  }

  /// The three smallest of both.
  public static List<Sample> merge(List<Sample> one, List<Sample> other) {
    return Stream.concat(one.stream(), other.stream()).distinct().sorted().limit(KEPT).toList();
  }
}
