package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;
import dev.serin.bench.scenario.Scenario.World;
import java.util.Set;
import java.util.TreeSet;

/// What the best possible test could know of a bad canary.
public final class Information {

  private static final int LONGEST = 24 * 60 * Course.PER_MINUTE;

  private Information() {}

  static Set<Integer> guilty(Scenario scenario) {
    var world = world(scenario);
    var guilty = new TreeSet<Integer>();
    for (int window = 0; window < LONGEST; window++) {
      for (int signature = 0; signature < WindowCounts.SIGNATURES; signature++) {
        double minute = (double) window / Course.PER_MINUTE;
        if (rate(world, signature, true, minute) > rate(world, signature, false, minute)) {
          guilty.add(signature);
        }
      }
    }
    return guilty;
  }

  /// Canary requests from the onset that any test of level α with power one needs in the mean, when it knows both rates
  /// of every signature and sees clusters as one event each: `Σ (n_c/w)·I(w) ≥ ln(1/α)` with
  /// `I(w) = w·KL(p1‖q) + (1−w)·KL(p0‖q)`, `q = w·p1 + (1−w)·p0`, summed over signatures and windows.
  ///
  /// @param alpha
  ///          above 0, below 1
  /// @return infinite if a day is not enough
  public static double canaryRequests(Scenario scenario, double alpha) {
    var world = world(scenario);
    double wanted = -StrictMath.log(alpha);
    double nats = 0;
    double canary = 0;
    for (int window = (int) Math.round(scenario.onset() * Course.PER_MINUTE); window < LONGEST; window++) {
      double minute = (double) window / Course.PER_MINUTE;
      double weight = scenario.traffic().weightAt(minute);
      double requests = scenario.traffic().perMinute().applyAsDouble(minute) / Course.PER_MINUTE;
      double gain = 0;
      for (int signature = 0; signature < WindowCounts.SIGNATURES; signature++) {
        gain += requests * perRequest(rate(world, signature, false, minute), rate(world, signature, true, minute),
            weight);
      }
      if (nats + gain >= wanted) {
        return canary + requests * weight * (wanted - nats) / gain;
      }
      nats += gain;
      canary += requests * weight;
    }
    return Double.POSITIVE_INFINITY;
  }

  /// `I(w)` in nats per request of either arm.
  static double perRequest(double p0, double p1, double weight) {
    double q = weight * p1 + (1 - weight) * p0;
    return p0 == p1 ? 0 : weight * divergence(p1, q) + (1 - weight) * divergence(p0, q);
  }

  private static double divergence(double p, double q) {
    double yes = p == 0 ? 0 : p * StrictMath.log(p / q);
    return yes + (1 - p) * (StrictMath.log1p(-p) - StrictMath.log1p(-q));
  }

  private static World world(Scenario scenario) {
    return scenario.setup().apply(Draws.of(0, scenario.id(), 0));
  }

  private static double rate(World world, int signature, boolean onCanary, double minute) {
    double sum = 0;
    for (var source : world.sources()) {
      sum += source.clustersPerRequest(signature, onCanary, minute);
    }
    return sum;
  }
}
