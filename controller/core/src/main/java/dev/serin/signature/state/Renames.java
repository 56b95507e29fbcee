package dev.serin.signature.state;

import dev.serin.signature.Likeness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.math3.special.Beta;

/// Finds signatures that a release has only renamed: new on the canary, gone from there though stable has it, under a parent whose
/// rate is the same on both arms, with texts that share more than half of their words. They are reported, not alarmed.
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

  /// The renamed children of one parent. In their order, each takes the first of the gone that it is like.
  ///
  /// @param children
  ///          counts by child, in a stable order
  /// @param template
  ///          text of a child
  /// @param share
  ///          the canary's share of all exposure, above 0 and below 1
  public static <T> List<Renamed<T>> find(Map<T, Counts> children, Function<T, String> template, double share) {
    if (share <= 0 || share >= 1) {
      throw new IllegalArgumentException("share must be above 0 and below 1, was " + share);
    }
    if (!isUnchanged(children, share)) {
      return List.of();
    }
    List<T> gone = new ArrayList<>();
    children.forEach((child, counts) -> {
      if (counts.canary() == 0 && counts.baseline() >= FEWEST) {
        gone.add(child);
      }
    });
    List<Renamed<T>> renamed = new ArrayList<>();
    children.forEach((child, counts) -> {
      if (counts.baseline() == 0 && counts.canary() >= FEWEST) {
        gone.stream().filter(old -> Likeness.alike(template.apply(old), template.apply(child))).findFirst()
            .ifPresent(old -> {
              gone.remove(old);
              renamed.add(new Renamed<>(old, child));
            });
      }
    });
    return List.copyOf(renamed);
  }

  private static boolean isUnchanged(Map<?, Counts> children, double share) {
    long canary = children.values().stream().mapToLong(Counts::canary).sum();
    return isUnchanged(canary, children.values().stream().mapToLong(Counts::baseline).sum(), share);
  }

  /// Exact test of equal rates, at 5 %: given all records, the canary's part is binomial.
  ///
  /// @param canary
  ///          records on the canary
  /// @param baseline
  ///          records on the baseline
  /// @param share
  ///          the canary's share of all exposure, above 0 and below 1
  public static boolean isUnchanged(long canary, long baseline, double share) {
    // With n of both: P(X <= k) = 1 - I_share(k + 1, n - k), and P(X >= k) = I_share(k, n - k + 1).
    double below = baseline == 0 ? 1 : 1 - Beta.regularizedBeta(share, canary + 1.0, (double) baseline);
    double above = canary == 0 ? 1 : Beta.regularizedBeta(share, (double) canary, baseline + 1.0);
    return 2 * Math.min(below, above) >= UNCHANGED;
  }
}
