package dev.serin.plan;

import dev.serin.stats.cluster.PodBurst;
import dev.serin.stats.trial.Clusters;

/// How the judge treats events that may belong together, for independent ones: what it then assumes is known beforehand.
final class Clustering {

  private Clustering() {}

  /// Whether a burn-in of an hour shows enough events to count each for itself.
  static boolean isCalibrated(Service service, double rate) {
    return rate * service.requestsPerMinute() * Clusters.ENOUGH_TIME.toMinutes() >= Clusters.ENOUGH_EVENTS;
  }

  /// `κ`, the most events of a window that can belong together because one pod has them and another has not, in a typical
  /// window: see [dev.serin.stats.cluster.PodBurst]. Infinite where a stable pod has much more traffic than a canary pod.
  static double burst(Load load, double usual, double faulty) {
    double stableRequests = load.baseline() / load.stablePods();
    double canaryRequests = load.canary() / load.canaryPods();
    if (stableRequests > PodBurst.COMPARABLE * canaryRequests) {
      return Double.POSITIVE_INFINITY;
    }
    double stable = stableRequests * usual;
    double canary = canaryRequests * faulty;
    double largest = Math.max(stable + spread(stable, load.stablePods()), canary + spread(canary, load.canaryPods()));
    return Math.max(1, largest - Math.max(0, stable - spread(stable, load.stablePods())));
  }

  /// About the expected distance of the largest of so many Poisson counts from their mean.
  private static double spread(double mean, int pods) {
    return StrictMath.sqrt(2 * mean * StrictMath.log(pods));
  }
}
