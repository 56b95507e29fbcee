package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;

/// Outages of something that all pods depend on. Each outage reaches, and leaves, each pod with a lag of the pod's own.
final class OutageSource implements Source {

  private static final int SIGNATURE = 2;

  private final Episodes outages;
  private final double[][] lags;
  private final double rate;

  /// @param rate
  ///          errors per request during an outage
  /// @param longest
  ///          longest lag in seconds; each pod's is uniform from 0 to it
  OutageSource(Fleet fleet, Episodes outages, double rate, double longest, Draws draws) {
    this.outages = outages;
    this.rate = rate;
    lags = new double[outages.all().size()][fleet.pods()];
    for (var ofOutage : lags) {
      for (int pod = 0; pod < ofOutage.length; pod++) {
        ofOutage[pod] = draws.uniform(0, longest) / 60;
      }
    }
  }

  @Override
  public void emit(WindowCounts out, double minute, Draws draws) {
    for (int i = 0; i < lags.length; i++) {
      var outage = outages.all().get(i);
      // No lag is longer than a minute.
      if (outage.begin() > minute + 1 || outage.end() + 1 < minute) {
        continue;
      }
      for (int pod = 0; pod < out.pods(); pod++) {
        out.add(pod, SIGNATURE, draws.poisson(rate * out.requests(pod) * outage.share(minute, lags[i][pod])));
      }
    }
  }
}
