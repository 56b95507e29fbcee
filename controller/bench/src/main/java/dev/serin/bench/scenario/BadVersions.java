package dev.serin.bench.scenario;

import static dev.serin.bench.scenario.Causes.every;
import static dev.serin.bench.scenario.Causes.fault;
import static dev.serin.bench.scenario.Causes.since;
import static dev.serin.bench.scenario.Causes.usual;
import static dev.serin.bench.scenario.Causes.worse;
import static dev.serin.bench.scenario.WindowCounts.NOVEL;

import dev.serin.bench.draw.ClusterLaw;
import dev.serin.bench.scenario.Scenario.World;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/// Canaries that are worse than stable.
final class BadVersions {

  private static final ClusterLaw SINGLE = ClusterLaw.SINGLE;

  private BadVersions() {}

  static List<Scenario> all() {
    return Stream.of(overall(), single(), late()).flatMap(List::stream).toList();
  }

  private static List<Scenario> overall() {
    var geometric = ClusterLaw.compoundPoisson(9);
    var negativeBinomial = ClusterLaw.negativeBinomial(9);
    return List.of(
        of("B1", "all errors twice as often", 0, usual(SINGLE), worse(SINGLE, _ -> 2)),
        of("B2", "all errors 5 times as often", 0, usual(SINGLE), worse(SINGLE, _ -> 5)),
        Causes.bad("B2k2", "as B2, 2 of 40 pods are the canary", Fleet.of(2), 0,
            _ -> new World(usual(SINGLE), worse(SINGLE, _ -> 5))),
        Causes.bad("B2k4", "as B2, 4 of 80 pods are the canary", Fleet.of(4), 0,
            _ -> new World(usual(SINGLE), worse(SINGLE, _ -> 5))),
        of("B5", "all errors grow to 5 times as often in 180 min", 0, usual(SINGLE),
            worse(SINGLE, minute -> 1 + 4 * minute / 180)),
        of("B8", "as B2, everything in geometric clusters, φ = 9", 0, usual(geometric), worse(geometric, _ -> 5)),
        of("B8n", "as B2 with negative binomial counts, φ = 9", 0, usual(negativeBinomial),
            worse(negativeBinomial, _ -> 5)),
        Causes.bad("B10", "40 % of the canary's requests fail, 30 % of the others", Fleet.ONE_OF_TWENTY, 0,
            _ -> new World(usual(SINGLE), new FrequentSource(0.3, 0.4))));
  }

  private static List<Scenario> single() {
    double fifth = SignatureMix.USUAL_RATE * SignatureMix.USUAL.share(4);
    return List.of(
        of("B2s", "signature 5 alone 5 times as often", 0, usual(SINGLE), fault(4, _ -> 4 * fifth)),
        of("B3", "a new signature in 1 of 2,000 canary requests", 0, usual(SINGLE), fault(NOVEL, _ -> 5e-4)),
        of("B3b", "a new signature in 1 of 10,000 canary requests", 0, usual(SINGLE), fault(NOVEL, _ -> 1e-4)),
        of("B4", "one tenant of 1,000 always fails on the canary, with signature 3", 0, usual(SINGLE),
            fault(2, _ -> 1e-3)),
        Causes.bad("B4t", "as B4, and each error shows its tenant", Fleet.NAMING_TENANTS, 0,
            _ -> new World(usual(SINGLE), fault(2, _ -> 1e-3))));
  }

  private static List<Scenario> late() {
    return List.of(
        of("B6", "from minute 60 all errors 20 times as often for 2 of each 30 min", 60, usual(SINGLE),
            worse(SINGLE, factor(60, every(30, 2, 19)))),
        of("B7", "all errors 5 times as often from minute 120", 120, usual(SINGLE),
            worse(SINGLE, factor(120, _ -> 4))),
        of("B9", "B3 from minute 120", 120, usual(SINGLE), fault(NOVEL, since(120, 5e-4))),
        of("B11", "all errors 20 times as often for 20 of each 120 s", 0, usual(SINGLE),
            worse(SINGLE, factor(0, every(2, 1.0 / 3 - 1e-9, 19)))));
  }

  /// A factor of 1 before the onset, and 1 plus an excess from then on.
  private static DoubleUnaryOperator factor(double onset, DoubleUnaryOperator excess) {
    return minute -> minute >= onset ? 1 + excess.applyAsDouble(minute) : 1;
  }

  /// Only for causes that keep no state: they are shared by all runs.
  private static Scenario of(String id, String text, double onset, Source... sources) {
    return Causes.bad(id, text, Fleet.ONE_OF_TWENTY, onset, _ -> new World(sources));
  }
}
