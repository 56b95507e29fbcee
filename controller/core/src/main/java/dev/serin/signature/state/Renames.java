package dev.serin.signature.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.special.Beta;

/// Finds signatures that a release has only renamed: new on the canary, gone from the baseline, under a parent whose rate
/// is the same on both arms. They are reported, not alarmed.
public final class Renames {

  private static final long FEWEST = 3;
  /// Below it the parent's rates are too different for a mere change of words.
  private static final double UNCHANGED = 0.05;

  private Renames() {}

  /// A signature under its old name and its new one.
  public record Renamed<T>(T gone, T appeared) {}

  /// Counts of one signature.
  ///
  /// @param canary
  ///          records on the canary
  /// @param baseline
  ///          records on the baseline
  public record Counts(long canary, long baseline) {}

  /// The renamed children of one parent, paired in their order.
  ///
  /// @param children
  ///          counts by child, in a stable order
  /// @param share
  ///          the canary's share of all exposure, above 0 and below 1
  public static <T> List<Renamed<T>> find(Map<T, Counts> children, double share) {
    if (share <= 0 || share >= 1) {
      throw new IllegalArgumentException("share must be above 0 and below 1, was " + share);
    }
    var appeared = children.entrySet().stream().filter(child -> child.getValue().baseline() == 0
        && child.getValue().canary() >= FEWEST).toList();
    var gone = children.entrySet().stream().filter(child -> child.getValue().canary() == 0
        && child.getValue().baseline() >= FEWEST).toList();
    List<Renamed<T>> renamed = new ArrayList<>();
    for (int i = 0; i < Math.min(appeared.size(), gone.size()); i++) {
      renamed.add(new Renamed<>(gone.get(i).getKey(), appeared.get(i).getKey()));
    }
    return isUnchanged(children, share) ? List.copyOf(renamed) : List.of();
  }

  /// Exact test of equal rates: given all records of the parent, the canary's part is binomial.
  private static boolean isUnchanged(Map<?, Counts> children, double share) {
    long canary = children.values().stream().mapToLong(Counts::canary).sum();
    long all = canary + children.values().stream().mapToLong(Counts::baseline).sum();
    // P(X <= k) = 1 - I_share(k + 1, all - k), and P(X >= k) = I_share(k, all - k + 1).
    double below = canary == all ? 1 : 1 - Beta.regularizedBeta(share, canary + 1.0, (double) (all - canary));
    double above = canary == 0 ? 1 : Beta.regularizedBeta(share, (double) canary, all - canary + 1.0);
    return 2 * Math.min(below, above) >= UNCHANGED;
  }
}
