package dev.serin.plan;

import java.math.BigDecimal;

/// Share of requests for the canary.
///
/// @param partsPerMillion
///          0..1,000,000
public record Weight(int partsPerMillion) implements Comparable<Weight> {

  private static final long WHOLE = 1_000_000;

  public Weight {
    if (partsPerMillion < 0 || partsPerMillion > WHOLE) {
      throw new IllegalArgumentException("weight must be 0..1000000 ppm, was " + partsPerMillion);
    }
  }

  /// The share of `canary` pods beside `stable` pods, rounded up, so that [ReplicaRatio#canaryPods] gives `canary`
  /// back.
  ///
  /// @param canary
  ///          at least 0
  /// @param stable
  ///          at least 1
  public static Weight ofPods(int canary, int stable) {
    if (canary < 0 || stable < 1) {
      throw new IllegalArgumentException("needs canary >= 0 and stable >= 1, was " + canary + " and " + stable);
    }
    long all = (long) canary + stable;
    return new Weight((int) ((canary * WHOLE + all - 1) / all));
  }

  @Override
  public int compareTo(Weight other) {
    return Integer.compare(partsPerMillion, other.partsPerMillion);
  }

  /// Percent with at most four decimals, such as `0.5%`.
  @Override
  public String toString() {
    BigDecimal percent = BigDecimal.valueOf(partsPerMillion, 4).stripTrailingZeros();
    return (percent.scale() < 0 ? percent.setScale(0) : percent).toPlainString() + "%";
  }
}
