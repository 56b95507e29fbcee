package dev.serin.cli.signatures;

import dev.serin.signature.SignatureId;
import dev.serin.signature.state.Renames;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The signatures of two logs side by side.
///
/// @param exposure
///          what rates are counted by
/// @param rows
///          the most telling first
record Comparison(Exposure exposure, List<Line> rows) {

  static final int CANARY = 0;
  static final int STABLE = 1;

  /// What rates are counted by: requests where both logs show them, since a version may log more for the same traffic.
  enum Exposure {
    REQUESTS, RECORDS;

    long of(Tally.Arm arm) {
      return switch (this) {
        case REQUESTS -> arm.requests();
        case RECORDS -> arm.records();
      };
    }
  }

  /// How a signature differs, in the order of the rows.
  enum Change {
    /// On the canary only.
    NEW,
    /// On the canary only, where another has gone at an unchanged rate of both together.
    RENAMED,
    /// The interval of the ratio lies above 1.
    MORE,
    /// On stable only.
    GONE,
    /// The interval of the ratio lies below 1.
    LESS, SAME
  }

  /// One signature.
  ///
  /// @param before
  ///          the ID that it had on stable, if it is renamed; else its own
  /// @param ratio
  ///          of the canary's rate to stable's
  record Line(Tally.Row row, Change change, SignatureId before, Interval canary, Interval stable, Interval ratio) {}

  /// @param tally
  ///          the canary and stable
  /// @param rows
  ///          of that tally
  static Comparison of(Tally tally, List<Tally.Row> rows) {
    Tally.Arm canary = tally.arm(CANARY);
    Tally.Arm stable = tally.arm(STABLE);
    Exposure exposure = canary.requests() > 0 && stable.requests() > 0 ? Exposure.REQUESTS : Exposure.RECORDS;
    // A log without records has no signatures either: what it is divided by does not matter.
    long canarySize = Math.max(1, exposure.of(canary));
    long stableSize = Math.max(1, exposure.of(stable));
    Map<SignatureId, SignatureId> renamed = renamed(rows, (double) canarySize / (canarySize + stableSize));
    return new Comparison(exposure, rows.stream().map(row -> {
      Interval ratio = Interval.ratio(row.count(CANARY), canarySize, row.count(STABLE), stableSize);
      return new Line(row, change(row, ratio, renamed), renamed.getOrDefault(row.id(), row.id()),
          Interval.rate(row.count(CANARY), canarySize), Interval.rate(row.count(STABLE), stableSize), ratio);
    }).sorted(Comparator.comparing(Line::change)).toList());
  }

  private static Change change(Tally.Row row, Interval ratio, Map<SignatureId, SignatureId> renamed) {
    if (row.count(STABLE) == 0) {
      return renamed.containsKey(row.id()) ? Change.RENAMED : Change.NEW;
    }
    if (row.count(CANARY) == 0) {
      return Change.GONE;
    }
    return ratio.low() > 1 ? Change.MORE : ratio.high() < 1 ? Change.LESS : Change.SAME;
  }

  /// The names on the canary, each with the one that it had on stable.
  private static Map<SignatureId, SignatureId> renamed(List<Tally.Row> rows, double share) {
    Map<SignatureId, SignatureId> renamed = new HashMap<>();
    rows.stream().collect(Collectors.groupingBy(row -> List.of(row.signature().family(), row.signature().levels())))
        .values().forEach(children -> {
          Map<Tally.Row, Renames.Counts> counts = new LinkedHashMap<>();
          children.forEach(row -> counts.put(row, new Renames.Counts(row.count(CANARY), row.count(STABLE))));
          Renames.find(counts, row -> row.signature().template(), share)
              .forEach(pair -> renamed.put(pair.appeared().id(), pair.gone().id()));
        });
    return renamed;
  }
}
