package dev.serin.bench.scenario;

import static dev.serin.bench.scenario.Causes.every;
import static dev.serin.bench.scenario.Causes.more;
import static dev.serin.bench.scenario.Causes.one;
import static dev.serin.bench.scenario.Causes.since;
import static dev.serin.bench.scenario.Causes.usual;
import static dev.serin.bench.scenario.WindowCounts.NOVEL;

import dev.serin.bench.draw.ClusterLaw;
import dev.serin.bench.draw.Draws;
import dev.serin.bench.scenario.Reach.Arms;
import dev.serin.bench.scenario.Scenario.Setup;
import dev.serin.bench.scenario.Scenario.World;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Canaries that are exactly as good as stable, on difficult days.
final class GoodVersions {

  private static final double NOISY_TENANT_PER_MINUTE = 12;

  private GoodVersions() {}

  static List<Scenario> all() {
    return Stream.of(counts(), pods(), novelties(), acrossWindows(), shared(), measured()).flatMap(List::stream)
        .toList();
  }

  private static List<Scenario> counts() {
    return List.of(steady("A1", "Poisson counts, both arms equal", _ -> new World(usual(ClusterLaw.SINGLE))),
        steady("A2", "negative binomial counts, φ = 9",
            _ -> new World(usual(ClusterLaw.negativeBinomial(9)))),
        steady("A2b", "geometric clusters, φ = 9", _ -> new World(usual(ClusterLaw.compoundPoisson(9)))),
        steady("A2c", "negative binomial counts, φ = 40", _ -> new World(usual(ClusterLaw.negativeBinomial(40)))),
        Causes.good("A3", "errors fall to a quarter, traffic swings by 80 %, weight 1, 5, 25, 50 %",
            Fleet.ONE_OF_TWENTY,
            new Traffic(minute -> 12_000 * (1 + 0.8 * Math.sin(minute / 60)), GoodVersions::risingWeight),
            _ -> new World(new ClusterSource(Arms.EVERYWHERE, SignatureMix.USUAL, ClusterLaw.SINGLE,
                minute -> SignatureMix.USUAL_RATE * Math.max(0.1, 1 + 3 * (1 - minute / 180)), false))),
        steady("A4", "a noisy tenant, each request to any pod: 1 % errors for 10 minutes of each hour",
            _ -> new World(usual(ClusterLaw.SINGLE),
                one(Arms.EVERYWHERE, 0, ClusterLaw.SINGLE, every(60, 10, 0.01)))),
        fleet("A1t", "as A1, and each error shows its tenant", Fleet.NAMING_TENANTS,
            _ -> new World(usual(ClusterLaw.SINGLE))),
        fleet("A2t", "as A2b, and each error shows its tenant", Fleet.NAMING_TENANTS,
            _ -> new World(usual(ClusterLaw.compoundPoisson(9)))));
  }

  private static double risingWeight(double minute) {
    return minute < 30 ? 0.01 : minute < 60 ? 0.05 : minute < 120 ? 0.25 : 0.5;
  }

  private static List<Scenario> pods() {
    return List.of(
        steady("A5",
            "the tenant sticks to one pod: in 5 % of the runs to the canary, else its errors are spread over stable",
            draws -> new World(usual(ClusterLaw.SINGLE), draws.uniform() < 0.05
                ? tenant(Arms.CANARY, 600)
                : tenant(Arms.STABLE, 11_400))),
        fleet("A5k2", "the tenant sticks to any one of 40 pods, 2 are the canary", 2, stuckTenant(2)),
        fleet("A5k4", "the tenant sticks to any one of 80 pods, 4 are the canary", 4, stuckTenant(4)),
        steady("A6", "a bad pod with 5 times the errors: in 5 % of the runs the canary, else spread over stable",
            spreadBadPod(5)),
        steady("A6x", "as A6 with 50 times the errors", spreadBadPod(50)),
        steady("A6o", "a bad pod with 5 times the errors, any one of 20", badPod(1, 5)),
        fleet("A6k2", "a bad pod with 5 times the errors, any one of 40; 2 are the canary", 2, badPod(2, 5)),
        fleet("A6k2x", "as A6k2 with 50 times the errors", 2, badPod(2, 50)),
        fleet("A6k4", "a bad pod with 5 times the errors, any one of 80; 4 are the canary", 4, badPod(4, 5)),
        fleet("A6k4x", "as A6k4 with 50 times the errors", 4, badPod(4, 50)));
  }

  private static Source tenant(Reach reach, double requestsPerMinute) {
    return one(reach, 0, ClusterLaw.SINGLE, every(60, 10, NOISY_TENANT_PER_MINUTE / requestsPerMinute));
  }

  private static Setup stuckTenant(int canary) {
    int pods = Fleet.of(canary).pods();
    return draws -> new World(usual(ClusterLaw.SINGLE), tenant(new Reach.Pod(draws.below(pods)), 12_000.0 / pods));
  }

  private static Setup spreadBadPod(double factor) {
    return draws -> new World(usual(ClusterLaw.SINGLE), draws.uniform() < 0.05
        ? more(Arms.CANARY, factor)
        : more(Arms.STABLE, 1 + (factor - 1) / 19));
  }

  private static Setup badPod(int canary, double factor) {
    return draws -> new World(usual(ClusterLaw.SINGLE),
        more(new Reach.Pod(draws.below(Fleet.of(canary).pods())), factor));
  }

  private static List<Scenario> novelties() {
    return List.of(
        steady("A7", "a new signature on both arms from minute 60, in 0.05 % of the requests",
            _ -> new World(usual(ClusterLaw.SINGLE),
                one(Arms.EVERYWHERE, NOVEL, ClusterLaw.SINGLE, since(60, 5e-4)))),
        steady("A8", "Poisson counts, from minute 90 geometric clusters, φ = 19",
            _ -> new World(
                new ClusterSource(Arms.EVERYWHERE, SignatureMix.USUAL, ClusterLaw.SINGLE,
                    minute -> minute < 90 ? SignatureMix.USUAL_RATE : 0, false),
                new ClusterSource(Arms.EVERYWHERE, SignatureMix.USUAL, ClusterLaw.compoundPoisson(19),
                    since(90, SignatureMix.USUAL_RATE), false))),
        steady("A9", "as A7, everything in geometric clusters, φ = 9",
            _ -> new World(usual(ClusterLaw.compoundPoisson(9)),
                one(Arms.EVERYWHERE, NOVEL, ClusterLaw.compoundPoisson(9), since(60, 5e-4)))));
  }

  private static List<Scenario> acrossWindows() {
    var quick = new Later.Retries(0.6, 5);
    var slow = new Later.Retries(0.85, 15);
    return List.of(
        steady("A10", "retries on the same pod over several windows: 0.6 per event, 5 s later", echo(quick)),
        fleet("A10k4", "as A10, 4 of 80 pods are the canary", 4, echo(quick)),
        steady("A10s", "retries on the same pod over several windows: 0.85 per event, 15 s later", echo(slow)),
        fleet("A10sk4", "as A10s, 4 of 80 pods are the canary", 4, echo(slow)));
  }

  private static Setup echo(Later.Echo echo) {
    return _ -> new World(new EchoSource(echo));
  }

  private static List<Scenario> shared() {
    return List.of(
        steady("A11", "outages of a dependency, one per 30 min, 30 to 120 s, 30 % of the requests; "
            + "each reaches each pod 0 to 20 s late",
            draws -> new World(usual(ClusterLaw.SINGLE), new OutageSource(Fleet.ONE_OF_TWENTY,
                Episodes.draw(30, one -> one.uniform(0.5, 2), draws), 0.3, 20, draws))),
        steady("A12", "bursts shared by both arms, one per 15 min, 30 s to 5 min, all errors 5 to 50 times as often",
            draws -> new World(usual(ClusterLaw.SINGLE), bursts(draws))),
        steady("A13", "30 % of all requests fail on both arms", _ -> new World(usual(ClusterLaw.SINGLE),
            new FrequentSource(0.3, 0.3))));
  }

  private static Source bursts(Draws draws) {
    var bursts = Episodes.draw(15, one -> one.uniform(0.5, 5), draws).all();
    var factors = bursts.stream().mapToDouble(_ -> 5 * Math.pow(10, draws.uniform())).toArray();
    return new ClusterSource(Arms.EVERYWHERE, SignatureMix.USUAL, ClusterLaw.SINGLE, minute -> {
      double extra = 0;
      for (int i = 0; i < factors.length; i++) {
        extra += (factors[i] - 1) * bursts.get(i).share(minute, 0);
      }
      return extra * SignatureMix.USUAL_RATE;
    }, false);
  }

  private static List<Scenario> measured() {
    return List.of(
        steady("A14", "the canary's requests are counted 10 % too high or too low",
            draws -> new World(List.of(usual(ClusterLaw.SINGLE)),
                new Measurement.Biased(draws.uniform() < 0.5 ? 0.9 : 1.1))),
        steady("A15", "the metrics of one arm or both are lost for 3 min in the mean, every 20 min", draws -> {
          var lost = Episodes.draw(20, one -> one.exponential(3), draws);
          var arms = lost.all().stream().map(_ -> draws.below(3)).toList();
          return new World(List.of(usual(ClusterLaw.SINGLE)), new Measurement.Lost(lost, arms));
        }), steady("A16", "storms that span windows: 10 errors in the mean on one pod within 60 s",
            echo(new Later.Storm(10, 60))));
  }

  private static Scenario steady(String id, String text, Function<Draws, World> setup) {
    return Causes.good(id, text, Fleet.ONE_OF_TWENTY, Traffic.STEADY, setup::apply);
  }

  private static Scenario fleet(String id, String text, int canary, Setup setup) {
    return fleet(id, text, Fleet.of(canary), setup);
  }

  private static Scenario fleet(String id, String text, Fleet fleet, Setup setup) {
    return Causes.good(id, text, fleet, Traffic.STEADY, setup);
  }
}
